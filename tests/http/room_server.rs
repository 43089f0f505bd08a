//! `owl rooms`: the room server alone.

use axum::http::StatusCode;
use owl_hospital::{
    rooms::{RemoteRooms, RemoteRoomsConfig, RoomRequest, RoomService},
    server::{
        RoomHost,
        config::{Storage, Task},
        own_credentials,
    },
    tokens::{self, Credentials},
};
use serde_json::json;
use std::{ffi::OsString, time::Duration};
use tempfile::TempDir;
use tokio::{net::TcpStream, sync::oneshot, task::JoinHandle, time::timeout};

use super::client::Client;

const PROMPT: Duration = Duration::from_secs(10);

/// A running `owl rooms`; it ends when this is dropped.
pub struct Rooms {
    pub port: u16,
    pub welcome: String,
    pub directory: TempDir,
    pub server: JoinHandle<std::io::Result<()>>,
    pub stop: oneshot::Sender<()>,
}

/// Starts one as `owl rooms` with these settings does, on a free port unless LISTEN is among them.
pub async fn rooms(settings: &[(&str, &str)]) -> Rooms {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().as_os_str().to_owned();
    let task = Task::read(["owl", "rooms"].map(OsString::from), |name| {
        let given = settings.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        given.or_else(|| match name {
            "DATA_DIR" => Some(data.clone()),
            "LISTEN" => Some("127.0.0.1:0".into()),
            _ => None,
        })
    });
    let Ok(Task::Rooms(config)) = task else { panic!("no room server") };
    let host = RoomHost::build(*config).await.unwrap();
    let (port, welcome) = (host.local_addr().port(), host.welcome());
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(host.run_until(async { stopped.await.unwrap_or(()) }));
    Rooms { port, welcome, directory, server, stop }
}

pub fn unix_seconds() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

pub fn token(credentials: &Credentials, identity: &str) -> String {
    tokens::mint(credentials, identity, "r", Duration::from_mins(1), unix_seconds()).unwrap()
}

/// What somebody reads who copies the printed lines into the `.env` of an application.
fn printed(storage: &Storage) -> Credentials {
    let text = own_credentials(storage).unwrap();
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    Credentials {
        account_sid: value("TWILIO_ACCOUNT_SID="),
        key_sid: value("TWILIO_API_KEY="),
        key_secret: value("TWILIO_API_SECRET=").into(),
    }
}

#[tokio::test]
async fn tokens_made_with_its_printed_credentials_open_rooms_and_others_do_not() {
    let rooms = rooms(&[]).await;
    assert!(rooms.welcome.contains(&format!("ws://localhost:{}/signaling", rooms.port)));
    assert!(rooms.welcome.contains("owl rooms credentials"));
    let own = printed(&Storage { data_dir: rooms.directory.path().to_owned() });
    assert!(!rooms.welcome.contains(&own.account_sid));
    let mut client = Client::open(rooms.port, &[("origin", "https://anybody.example")]).await.unwrap();
    client.connect(&token(&own, "a"), "r", json!({})).await;

    let foreign = Credentials { key_secret: "another".into(), ..own };
    let mut client = Client::open(rooms.port, &[]).await.unwrap();
    client.hello(json!({"type": "connect", "token": token(&foreign, "a"), "name": "r"})).await;
    assert_eq!(client.message().await["code"], 20107);
}

#[tokio::test]
async fn given_credentials_are_the_ones_that_it_accepts() {
    let rooms = rooms(&super::app::TWILIO).await;
    assert!(!rooms.welcome.contains("credentials"));
    let [account, key, secret] = super::app::TWILIO.map(|(_, value)| value);
    let theirs = Credentials { account_sid: account.into(), key_sid: key.into(), key_secret: secret.into() };
    let mut client = Client::open(rooms.port, &[]).await.unwrap();
    client.connect(&token(&theirs, "a"), "r", json!({})).await;
}

#[tokio::test]
async fn where_clients_may_not_open_rooms_a_room_is_there_only_when_it_was_made_over_rest() {
    let closed = [&super::app::TWILIO[..], &[("CLIENT_SIDE_ROOM_CREATION", "off")]].concat();
    let rooms = rooms(&closed).await;
    let [account, key, secret] = super::app::TWILIO.map(|(_, value)| value);
    let theirs = Credentials { account_sid: account.into(), key_sid: key.into(), key_secret: secret.into() };
    let mut client = Client::open(rooms.port, &[]).await.unwrap();
    client.hello(json!({"type": "connect", "token": token(&theirs, "a"), "name": "r"})).await;
    assert_eq!(client.message().await["code"], 53106);

    let elsewhere = RemoteRoomsConfig::new(format!("http://127.0.0.1:{}", rooms.port), theirs.clone());
    let service = RemoteRooms::new(elsewhere).unwrap();
    service.create(&RoomRequest::named("r")).await.unwrap();
    let mut client = Client::open(rooms.port, &[]).await.unwrap();
    client.connect(&token(&theirs, "a"), "r", json!({})).await;
}

#[tokio::test]
async fn only_listed_origins_are_let_in_where_there_is_a_list() {
    let rooms = rooms(&[("SIGNALING_ORIGINS", "https://clinic.example")]).await;
    for (origin, allowed) in [
        ("https://clinic.example", true),
        ("https://evil.example", false),
        ("http://clinic.example", false),
        ("null", false),
        ("", false),
    ] {
        let outcome = Client::open(rooms.port, &[("origin", origin)]).await.map(drop);
        assert_eq!(outcome, if allowed { Ok(()) } else { Err(StatusCode::FORBIDDEN) }, "{origin}");
    }
}

#[tokio::test]
async fn it_has_probes_and_no_pages() {
    let rooms = rooms(&[]).await;
    for (path, status) in
        [("/healthz", "200"), ("/readyz", "200"), ("/", "404"), ("/patient", "404"), ("/token", "404")]
    {
        let mut stream = TcpStream::connect(("127.0.0.1", rooms.port)).await.unwrap();
        let answer = super::shutdown::ask(&mut stream, path).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
    }
}

#[tokio::test]
async fn it_stops_as_the_product_does() {
    let rooms = rooms(&[]).await;
    let mut client = Client::open(rooms.port, &[]).await.unwrap();
    // Only once it is answered has the server surely taken the socket up.
    client.send(&json!({"type": "hello", "id": "1", "version": 2})).await;
    client.frame().await;
    rooms.stop.send(()).unwrap();
    assert_eq!(client.close_code().await, Some(1012));
    timeout(PROMPT, rooms.server).await.expect("it stops").unwrap().unwrap();
    assert!(TcpStream::connect(("127.0.0.1", rooms.port)).await.is_err());
}
