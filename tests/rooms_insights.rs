//! The socket that takes the SDK's telemetry and drops it.
#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

use futures_util::{SinkExt, StreamExt};
use owl_hospital::{
    rooms::{AdHocRooms, Limits, RoomServer, RoomsConfig},
    tokens::{Credentials, IceServers},
};
use std::{net::SocketAddr, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, protocol::frame::coding::CloseCode},
};

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

const CONNECT: &str = r#"{"type":"connect","version":1,"token":"t","publisher":{"roomSid":"RM1"}}"#;

async fn serve(limits: Limits) -> SocketAddr {
    let config = RoomsConfig {
        session_timeout: Duration::from_secs(3),
        gone_timeout: Duration::from_secs(1),
        max_participants: 10,
        ice_servers: IceServers::default(),
        ad_hoc: AdHocRooms::Any,
    };
    let credentials =
        Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "s".into() };
    let router = RoomServer::with_limits(config, limits, credentials).router();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn open(address: SocketAddr) -> Result<Client, Error> {
    connect_async(format!("ws://{address}/v1/VideoEvents")).await.map(|(socket, _)| socket)
}

async fn say(client: &mut Client, message: impl Into<Message>) {
    client.send(message.into()).await.expect("sent");
}

/// The next message but pings; None once it is over.
async fn hear(client: &mut Client) -> Option<Message> {
    loop {
        match client.next().await?.ok()? {
            Message::Ping(_) => {}
            message => return Some(message),
        }
    }
}

async fn close_code(client: &mut Client) -> Option<CloseCode> {
    match hear(client).await {
        Some(Message::Close(Some(frame))) => Some(frame.code),
        _ => None,
    }
}

#[tokio::test]
async fn it_answers_connect_and_nothing_after() {
    let mut client = open(serve(Limits::default()).await).await.expect("open");
    say(&mut client, CONNECT).await;
    let answer = hear(&mut client).await.expect("an answer").into_text().expect("a text");
    assert_eq!(answer.as_str(), r#"{"type":"connected","session":"none"}"#);
    for _ in 0..100 {
        say(&mut client, r#"{"type":"event","group":"quality","name":"stats-report","payload":{}}"#).await;
    }
    say(&mut client, Message::Ping("mark".into())).await;
    assert_eq!(
        hear(&mut client).await,
        Some(Message::Pong("mark".into())),
        "the first thing after `connected`"
    );
}

#[tokio::test]
async fn what_is_not_its_protocol_is_closed() {
    let address = serve(Limits::default()).await;
    for wrong in ["", "{", r#"{"type":"event"}"#, r#"{"type":7}"#] {
        let mut client = open(address).await.expect("open");
        say(&mut client, wrong).await;
        assert_eq!(close_code(&mut client).await, Some(CloseCode::Protocol), "{wrong}");
    }
    let mut client = open(address).await.expect("open");
    say(&mut client, CONNECT).await;
    hear(&mut client).await.expect("an answer");
    say(&mut client, Message::binary(vec![0])).await;
    assert_eq!(close_code(&mut client).await, Some(CloseCode::Unsupported));
}

#[tokio::test]
async fn who_says_nothing_is_closed() {
    let limits = Limits { hello_timeout: Duration::from_millis(50), ..Limits::default() };
    let mut client = open(serve(limits).await).await.expect("open");
    assert_eq!(close_code(&mut client).await, Some(CloseCode::Policy));
}

#[tokio::test]
async fn too_long_a_message_ends_it() {
    let mut client = open(serve(Limits::default()).await).await.expect("open");
    say(&mut client, CONNECT).await;
    hear(&mut client).await.expect("an answer");
    client.send(Message::text(" ".repeat(300 * 1024))).await.ok(); // it may close before it has taken everything
    assert!(!matches!(hear(&mut client).await, Some(Message::Text(_) | Message::Pong(_))));
}

#[tokio::test]
async fn there_are_only_so_many_places_and_each_is_free_again() {
    let address = serve(Limits { max_connections: 1, ..Limits::default() }).await;
    let mut first = open(address).await.expect("open");
    say(&mut first, CONNECT).await;
    hear(&mut first).await.expect("an answer");
    let refused = open(address).await.expect_err("full");
    assert!(matches!(refused, Error::Http(answer) if answer.status() == 503));
    first.close(None).await.expect("closed");
    while hear(&mut first).await.is_some() {}
    // The place is given back when the server has read the close as well.
    let again = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            if let Ok(client) = open(address).await {
                break client;
            }
        }
    });
    say(&mut again.await.expect("a place"), CONNECT).await;
}
