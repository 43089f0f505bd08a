//! Invariant 8: the real program is killed while it answers, and what it answered is on the disk.

use super::{
    app::config,
    fixtures::{call, demo_data},
    program::Owl,
};
use axum::{body::Body, http::Request};
use http_body_util::BodyExt;
use owl_hospital::{
    api::clinic::{ActOnVisit, StaffWish},
    domain::visit::{Change, VisitId},
    server::{clinic::Clinic, store::Store},
};
use serde_json::Value;
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::mpsc,
    thread::JoinHandle,
};

/// How many deeds are acknowledged before it is killed; more are under way then.
const ENOUGH: usize = 120;

const FORM: &str = "application/x-www-form-urlencoded";

/// All patients can check in at once.
const SETTINGS: [(&str, &str); 2] = [("CHECK_IN_OPENS", "24h"), ("ADMISSION_NOTICE", "0s")];

/// Posts, and returns the answer as far as it came. None when none came.
fn post(port: u16, path: &str, cookie: &str, (kind, body): (&str, &[u8])) -> Option<String> {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\
         cookie: {cookie}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(&[head.as_bytes(), body].concat()).ok()?;
    let mut answer = Vec::new();
    // The rest may be cut off; the header is the answer.
    drop(socket.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.contains("\r\n\r\n").then_some(answer)
}

/// Posts a form, and says what the cookie carries that the answer sets.
fn come_in(port: u16, path: &str, form: &str, cookie: &str) -> Option<String> {
    let answer = post(port, path, "", (FORM, form.as_bytes()))?;
    let (_, value) = answer.split_once(&format!("{cookie}="))?;
    Some(value.split_once(';')?.0.to_owned())
}

/// The place that a patient's page names.
fn place(port: u16, cookie: &str) -> Option<String> {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let head = "GET /visit HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
    socket.write_all(format!("{head}cookie: {cookie}\r\n\r\n").as_bytes()).ok()?;
    let mut page = Vec::new();
    socket.read_to_end(&mut page).ok()?;
    let page = String::from_utf8_lossy(&page).into_owned();
    Some(page.split_once("name=\"seat\" value=\"")?.1.split_once('"')?.0.to_owned())
}

/// What was acknowledged.
enum Acknowledged {
    Session(String),
    Change(VisitId, &'static str),
}

/// What a page of staff sends.
struct Wish {
    named: &'static str,
    kind: String,
    body: Vec<u8>,
}

impl Wish {
    async fn of(visit: VisitId, wish: StaffWish, named: &'static str) -> Self {
        let request: Request<Body> = call("/api/act_on_visit", "", &ActOnVisit { visit, wish });
        let kind = request.headers()["content-type"].to_str().unwrap().to_owned();
        Self { named, kind, body: request.into_body().collect().await.unwrap().to_bytes().to_vec() }
    }
}

/// One patient, and their provider: in by the link, checked in, ready, and then let in and sent back for as long as anybody answers.
fn go_through(
    port: u16,
    visit: &Value,
    wishes: [Wish; 2],
    acknowledge: mpsc::Sender<Acknowledged>,
) -> JoinHandle<()> {
    let id = VisitId::try_from(visit["id"].as_str().unwrap().to_owned()).unwrap();
    let secret = visit["link"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned();
    let email = if visit["provider"] == "Dr. Ada Okafor" { "okafor" } else { "lindqvist" };
    let log_in = format!("email={email}%40owl.example&password=owls+hunt+at+night");
    std::thread::spawn(move || {
        let deeds = || -> Option<()> {
            let session = come_in(port, "/v/enter", &format!("secret={secret}"), "__Host-seat")?;
            let seat = format!("__Host-seat={session}");
            acknowledge.send(Acknowledged::Session(session)).unwrap();
            let place = place(port, &seat)?;
            for (path, form, named) in [
                ("/visit/check-in", "location=Home&call_back=555-0100&consent=yes", "checked in"),
                ("/visit/ready", "", "ready"),
            ] {
                let form = format!("seat={place}&{form}");
                assert!(post(port, path, &seat, (FORM, form.as_bytes()))?.contains("location: /visit"));
                acknowledge.send(Acknowledged::Change(id, named)).unwrap();
            }
            let staff = format!("__Host-staff={}", come_in(port, "/login", &log_in, "__Host-staff")?);
            for Wish { named, kind, body } in wishes.iter().cycle() {
                let answer = post(port, "/api/act_on_visit", &staff, (kind, body))?;
                assert!(answer.starts_with("HTTP/1.1 200"), "{named}: {answer}");
                acknowledge.send(Acknowledged::Change(id, named)).unwrap();
            }
            None
        };
        deeds();
    })
}

#[tokio::test]
async fn every_answer_outlives_kill_9() {
    let directory = tempfile::tempdir().unwrap();
    let made = demo_data(directory.path(), &[]).await;
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut owl = Owl::start_with(&directory.path().join("data"), &address, &SETTINGS);
    let port = owl.port().unwrap();
    let (acknowledge, heard) = mpsc::channel();
    let mut patients = Vec::new();
    for visit in made["visits"].as_array().unwrap().iter().take(6) {
        let id = VisitId::try_from(visit["id"].as_str().unwrap().to_owned()).unwrap();
        let wishes = [
            Wish::of(id, StaffWish::Admit, "admitted").await,
            Wish::of(id, StaffWish::SendBack, "sent back").await,
        ];
        patients.push(go_through(port, visit, wishes, acknowledge.clone()));
    }
    drop(acknowledge);
    let mut acknowledged: Vec<Acknowledged> = heard.iter().take(ENOUGH).collect();
    owl.signal("KILL");
    owl.0.wait().unwrap();
    for patient in patients {
        patient.join().unwrap();
    }
    acknowledged.extend(heard);
    assert!(acknowledged.len() >= ENOUGH);
    is_on_the_disk(directory.path(), &acknowledged).await;
}

async fn is_on_the_disk(directory: &Path, acknowledged: &[Acknowledged]) {
    let config = config(directory, &[]);
    let store = Store::open(&config.clinic.database, &config.storage.data_dir).await.unwrap();
    let clinic = Clinic::open(store, config.clinic).await.unwrap();
    let mut of_visits: std::collections::HashMap<VisitId, Vec<&str>> = std::collections::HashMap::new();
    for acknowledged in acknowledged {
        match acknowledged {
            Acknowledged::Session(secret) => assert!(clinic.seat_session(secret).await.unwrap().is_some()),
            Acknowledged::Change(visit, named) => of_visits.entry(*visit).or_default().push(named),
        }
    }
    let all: Vec<&str> = of_visits.values().flatten().copied().collect();
    for named in ["checked in", "ready", "admitted", "sent back"] {
        assert!(all.contains(&named), "{named} was never answered");
    }
    for (visit, answered) in of_visits {
        let log = clinic.store().read(visit).await.unwrap();
        let stored: Vec<&str> = log.iter().filter_map(|event| named(&event.change)).collect();
        assert!(stored.starts_with(&answered), "{answered:?}, and stored is {stored:?}");
        assert!(stored.len() <= answered.len() + 1, "one was under way at most");
    }
}

fn named(change: &Change) -> Option<&'static str> {
    match change {
        Change::CheckedIn => Some("checked in"),
        Change::ReadyToWait => Some("ready"),
        Change::Admitted { .. } => Some("admitted"),
        Change::SentBack => Some("sent back"),
        _ => None,
    }
}
