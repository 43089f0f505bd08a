//! The real program is killed, or told to stop, in the middle of a call; another takes its place.

use super::{client::Client, program::Owl};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    time::Duration,
};
use tempfile::TempDir;
use tokio::time::Instant;

fn token(port: u16) -> String {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let request = "GET /token?identity=patient-1 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    body["token"].as_str().unwrap().to_owned()
}

/// Somebody in the demo's room, and what lets them back in.
pub async fn join(port: u16) -> (Client, Value, String) {
    let token = token(port);
    let mut client = Client::of_own_page(port).await.unwrap();
    let state = client.connect(&token, "", json!({"name": null})).await;
    (client, state, token)
}

async fn come_back(port: u16, token: &str, lost: &Client) -> Value {
    Client::of_own_page(port).await.unwrap().sync(token, &lost.session).await
}

/// An address that is free now, and data of its own.
pub fn place() -> (TempDir, String) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    (tempfile::tempdir().unwrap(), address.to_string())
}

#[tokio::test]
async fn after_kill_9_the_next_one_takes_everybody_back() {
    let (directory, address) = place();
    let mut owl = Owl::start(directory.path(), &address);
    let port = owl.port().unwrap();
    let (lost, state, token) = join(port).await;
    for _ in 0..3 {
        owl.signal("KILL");
        owl.0.wait().unwrap();
        owl = Owl::start(directory.path(), &address);
        assert_eq!(owl.port(), Some(port));
        let synced = come_back(port, &token, &lost).await;
        assert_eq!(synced["type"], "synced", "{synced}");
        assert_eq!(synced["participant"]["sid"], state["participant"]["sid"]);
    }
}

#[tokio::test]
async fn a_successor_that_is_started_too_early_waits_and_takes_over() {
    let (directory, address) = place();
    let mut owl = Owl::start(directory.path(), &address);
    let port = owl.port().unwrap();
    let (mut lost, _, token) = join(port).await;
    let mut next = Owl::start(directory.path(), &address);
    owl.signal("TERM");
    let told = Instant::now();
    assert_eq!(lost.close_code().await, Some(1012));
    assert!(lost.socket.next().await.is_none_or(|rest| rest.is_err()), "the handshake is finished");
    assert!(owl.0.wait().unwrap().success());
    let took = told.elapsed();
    assert!(took < Duration::from_secs(2), "it ends when its clients have answered: {took:?}");
    assert_eq!(next.port(), Some(port));
    let synced = come_back(port, &token, &lost).await;
    assert_eq!(synced["type"], "synced", "{synced}");
}

#[tokio::test]
async fn where_the_supervisor_holds_the_socket_who_comes_while_nobody_serves_is_answered_by_the_next_one() {
    let directory = tempfile::tempdir().unwrap();
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut owl = Owl::start_held(directory.path(), &held);
    let port = owl.port().unwrap();
    assert_eq!(port, held.local_addr().unwrap().port(), "and not LISTEN's");
    let (lost, _, token) = join(port).await;
    for signal in ["KILL", "TERM"] {
        owl.signal(signal);
        owl.0.wait().unwrap();
        // The connection is there before the server is.
        let mut early = TcpStream::connect(("127.0.0.1", port)).unwrap();
        early.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
        owl = Owl::start_held(directory.path(), &held);
        let mut answer = String::new();
        early.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert_eq!(owl.port(), Some(port));
        let synced = come_back(port, &token, &lost).await;
        assert_eq!(synced["type"], "synced", "{synced}");
    }
}

#[test]
fn what_is_handed_over_and_is_no_one_socket_is_told_in_words() {
    let directory = tempfile::tempdir().unwrap();
    let mut owl = Owl::start_with(
        directory.path(),
        "127.0.0.1:0",
        &[("LISTEN_FDS", "2"), ("LISTEN_FDS_FIRST_FD", "0")],
    );
    assert_eq!(owl.port(), None);
    let mut told = String::new();
    owl.0.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(told.contains("Hand over one TCP socket, as deploy/owl.socket does."), "{told}");
    assert!(!owl.0.wait().unwrap().success());
}

#[test]
fn an_address_that_a_stranger_holds_is_reported_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let stranger = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut owl = Owl::start(directory.path(), &stranger.local_addr().unwrap().to_string());
    assert_eq!(owl.port(), None);
    let mut told = String::new();
    owl.0.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(told.contains("Stop the other program there, or set LISTEN to another address."), "{told}");
    assert!(!owl.0.wait().unwrap().success());
}
