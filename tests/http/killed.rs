//! Invariant 8: the real program is killed while it answers, and what it answered is on the disk.

use super::{app::config, fixtures::demo_data, program::Owl};
use owl_hospital::server::{clinic::Clinic, store::Store};
use serde_json::Value;
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

/// How many are acknowledged before it is killed; more are under way then.
const ENOUGH: usize = 60;

/// Comes in by a link, and says what the cookie carries. None when no answer came.
fn enter(port: u16, secret: &str) -> Option<String> {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let body = format!("secret={secret}");
    let request = format!(
        "POST /v/enter HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    // The rest may be cut off; the header is the answer.
    drop(socket.read_to_string(&mut answer));
    Some(answer.split_once("__Host-seat=")?.1.split_once(';')?.0.to_owned())
}

#[tokio::test]
async fn every_answer_outlives_kill_9() {
    let directory = tempfile::tempdir().unwrap();
    let made = demo_data(directory.path(), &[]).await;
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut owl = Owl::start(&directory.path().join("data"), &address);
    let port = owl.port().unwrap();
    let (acknowledge, acknowledged) = mpsc::channel();
    let visits = made["visits"].as_array().unwrap();
    let patients: Vec<_> = visits.iter().map(|visit| come_in(port, visit, acknowledge.clone())).collect();
    drop(acknowledge);
    let mut sessions: Vec<String> = acknowledged.iter().take(ENOUGH).collect();
    owl.signal("KILL");
    owl.0.wait().unwrap();
    for patient in patients {
        patient.join().unwrap();
    }
    sessions.extend(acknowledged);
    assert!(sessions.len() >= ENOUGH);

    let config = config(directory.path(), &[]);
    let store = Store::open(&config.clinic.database, &config.storage.data_dir).await.unwrap();
    let clinic = Clinic::open(store, config.clinic).await.unwrap();
    for session in sessions {
        assert!(clinic.seat_session(&session).await.unwrap().is_some());
    }
}

fn come_in(port: u16, visit: &Value, acknowledge: mpsc::Sender<String>) -> std::thread::JoinHandle<()> {
    let secret = visit["link"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned();
    std::thread::spawn(move || {
        while let Some(session) = enter(port, &secret) {
            acknowledge.send(session).unwrap();
        }
    })
}
