//! The real program is killed, or told to stop, in the middle of a call; another takes its place.

use super::{program::Owl, signaling::open};
use futures_util::{SinkExt, Stream, StreamExt};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    time::Duration,
};
use tempfile::TempDir;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::{Error, Message};

const PROMPT: Duration = Duration::from_secs(20);

fn token(port: u16) -> String {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let request = "GET /token?identity=patient-1 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    body["token"].as_str().unwrap().to_owned()
}

/// The next message of layer 2.
async fn message(socket: &mut (impl Stream<Item = Result<Message, Error>> + Unpin)) -> Value {
    loop {
        let next = tokio::time::timeout(PROMPT, socket.next()).await.expect("in time");
        let Message::Text(text) = next.expect("open").expect("sound") else { continue };
        let mut frame: Value = serde_json::from_str(&text).unwrap();
        if frame["type"] == "msg" {
            return frame["body"].take();
        }
    }
}

async fn say_hello(port: u16, body: Value) -> (impl Stream<Item = Result<Message, Error>> + Unpin, Value) {
    let mut socket = open(port, &format!("http://localhost:{port}")).await.unwrap();
    let hello = json!({"type": "hello", "id": "1", "version": 2, "body": body});
    socket.send(Message::text(hello.to_string())).await.unwrap();
    let answer = message(&mut socket).await;
    (socket, answer)
}

/// Somebody in the demo's room.
async fn join(port: u16) -> (impl Stream<Item = Result<Message, Error>> + Unpin, Value, Value) {
    let token = token(port);
    let body = json!({"type": "connect", "token": token, "participant": {"revision": 1, "tracks": []}});
    let (socket, state) = say_hello(port, body).await;
    assert_eq!(state["type"], "connected", "{state}");
    let sync = json!({"type": "sync", "token": token, "session": state["session"],
                      "participant": {"revision": 1, "tracks": []}, "peer_connections": []});
    (socket, state, sync)
}

/// An address that is free now, and data of its own.
fn place() -> (TempDir, String) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    (tempfile::tempdir().unwrap(), address.to_string())
}

#[tokio::test]
async fn after_kill_9_the_next_one_takes_everybody_back() {
    let (directory, address) = place();
    let mut owl = Owl::start(directory.path(), &address);
    let port = owl.port().unwrap();
    let (_socket, state, sync) = join(port).await;
    for _ in 0..3 {
        owl.signal("KILL");
        owl.0.wait().unwrap();
        owl = Owl::start(directory.path(), &address);
        assert_eq!(owl.port(), Some(port));
        let (_socket, synced) = say_hello(port, sync.clone()).await;
        assert_eq!(synced["type"], "synced", "{synced}");
        assert_eq!(synced["participant"]["sid"], state["participant"]["sid"]);
    }
}

#[tokio::test]
async fn a_successor_that_is_started_too_early_waits_and_takes_over() {
    let (directory, address) = place();
    let mut owl = Owl::start(directory.path(), &address);
    let port = owl.port().unwrap();
    let (mut socket, _, sync) = join(port).await;
    let mut next = Owl::start(directory.path(), &address);
    owl.signal("TERM");
    let told = Instant::now();
    let closed = tokio::time::timeout(PROMPT, async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(frame))) => break frame.map(|frame| u16::from(frame.code)),
                Some(Ok(_)) => {}
                _ => break None,
            }
        }
    });
    assert_eq!(closed.await.expect("in time"), Some(1012));
    assert!(socket.next().await.is_none_or(|rest| rest.is_err()), "the handshake is finished");
    assert!(owl.0.wait().unwrap().success());
    let took = told.elapsed();
    assert!(took < Duration::from_secs(2), "it ends when its clients have answered: {took:?}");
    assert_eq!(next.port(), Some(port));
    let (_socket, synced) = say_hello(port, sync).await;
    assert_eq!(synced["type"], "synced", "{synced}");
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
