//! The socket that takes the SDK's telemetry and drops it.
#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

use axum::Extension;
use futures_util::{SinkExt, StreamExt};
use owl_hospital::{
    rooms::{AdHocRooms, Limits, PeerAddress, RoomServer, RoomsConfig},
    tokens::{Credentials, IceServers},
};
use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, protocol::frame::coding::CloseCode},
};

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

const CONNECT: &str = r#"{"type":"connect","version":1,"token":"t","publisher":{"roomSid":"RM1"}}"#;

async fn serve(limits: Limits) -> SocketAddr {
    start(limits).await.0
}

/// One to which everybody comes from this machine, and knows it.
async fn start(limits: Limits) -> (SocketAddr, RoomServer) {
    let config = RoomsConfig {
        session_timeout: Duration::from_secs(3),
        gone_timeout: Duration::from_secs(1),
        max_participants: 10,
        ice_servers: IceServers::default(),
        ad_hoc: AdHocRooms::Any,
    };
    let credentials =
        Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "s".into() };
    let server = RoomServer::with_limits(config, limits, credentials);
    let router = server.router().layer(Extension(PeerAddress(IpAddr::from([127, 0, 0, 1]))));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, server)
}

async fn open(address: SocketAddr) -> Result<Client, Error> {
    open_at(address, "/v1/VideoEvents").await
}

async fn open_at(address: SocketAddr, path: &str) -> Result<Client, Error> {
    connect_async(format!("ws://{address}{path}")).await.map(|(socket, _)| socket)
}

fn is_too_many(outcome: Result<Client, Error>) -> bool {
    matches!(outcome, Err(Error::Http(answer)) if answer.status() == 429)
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
    let address = serve(Limits { max_telemetry: 1, ..Limits::default() }).await;
    let mut first = open(address).await.expect("open");
    say(&mut first, CONNECT).await;
    hear(&mut first).await.expect("an answer");
    assert!(is_too_many(open(address).await));
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

#[tokio::test]
async fn one_address_has_places_for_telemetry_beside_those_for_signalling() {
    let limits = Limits { max_connections: 1, max_connections_per_address: 1, ..Limits::default() };
    let address = serve(limits).await;
    let _telemetry = open(address).await.expect("open");
    assert!(is_too_many(open(address).await));
    let _signalling = open_at(address, "/signaling").await.expect("its place was not taken");
    assert!(is_too_many(open_at(address, "/signaling").await));
}

#[tokio::test]
async fn who_says_too_much_is_closed() {
    let mut client = open(serve(Limits::default()).await).await.expect("open");
    say(&mut client, CONNECT).await;
    hear(&mut client).await.expect("an answer");
    // So many that what is allowed again meanwhile is used up too, however slow this machine is.
    for _ in 0..2_000 {
        // It may close before it has taken everything.
        if client.send(Message::text("{}")).await.is_err() {
            break;
        }
    }
    assert_eq!(close_code(&mut client).await, Some(CloseCode::Policy));
}

#[tokio::test]
async fn when_the_server_ends_it_says_so() {
    let (address, server) = start(Limits::default()).await;
    let (mut silent, mut talker) = (open(address).await.expect("open"), open(address).await.expect("open"));
    say(&mut talker, CONNECT).await;
    hear(&mut talker).await.expect("an answer");
    let shutdown = tokio::spawn(async move { server.shutdown().await });
    for client in [&mut silent, &mut talker] {
        assert_eq!(close_code(client).await, Some(CloseCode::Restart));
    }
    for mut client in [silent, talker] {
        assert_eq!(hear(&mut client).await, None, "the handshake is finished");
    }
    tokio::time::timeout(Duration::from_secs(20), shutdown).await.expect("done").expect("no panic");
}
