//! A node whose room server is elsewhere: what the two ends of a socket say arrives as it left.

use super::{
    app::{TWILIO, TestApp, app, config},
    client::Client,
    fixtures::demo_data,
    room_server::{Rooms, rooms},
    shutdown::ask,
    signaling::run,
};
use axum::http::StatusCode;
use futures_util::{SinkExt, StreamExt};
use owl_hospital::server::Application;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, accept_async,
    tungstenite::{
        Message,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

const PROMPT: Duration = Duration::from_secs(10);

/// A node in front of whatever listens on that port.
async fn node(port: u16, more: &[(&str, &str)]) -> TestApp {
    let url = format!("http://127.0.0.1:{port}");
    let settings: Vec<(&str, &str)> =
        TWILIO.iter().chain([&("ROOMS_URL", url.as_str())]).chain(more).copied().collect();
    app(&settings).await
}

async fn come(port: u16) -> Client {
    Client::of_own_page(port).await.expect("let in")
}

/// As our own page does on a machine with this address, behind a reverse proxy.
async fn come_from(port: u16, address: &str) -> Result<Client, StatusCode> {
    Client::open(port, &[("origin", &format!("http://localhost:{port}")), ("x-forwarded-for", address)]).await
}

async fn join(port: u16, token: &str) -> (Client, Value) {
    let mut client = come(port).await;
    let state = client.connect(token, "telemedicineAppointment", json!({})).await;
    (client, state)
}

/// The token that the node's own demo visit gives.
async fn token(node: &TestApp, identity: &str) -> String {
    let answer = node.get(&format!("/token?identity={identity}")).await;
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    json["token"].as_str().unwrap().to_owned()
}

/// A room server's socket that the test itself holds, and the client's at a node in front of it.
async fn pair() -> (WebSocketStream<TcpStream>, Client, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let node = node(listener.local_addr().unwrap().port(), &[]).await;
    let (port, stop, _server) = run(node);
    let far = async { accept_async(listener.accept().await.unwrap().0).await.unwrap() };
    let (far, near) = tokio::join!(far, come(port));
    (far, near, stop)
}

#[tokio::test]
async fn two_meet_who_came_by_different_nodes() {
    let rooms = rooms(&TWILIO).await;
    let (one, two) = (node(rooms.port, &[]).await, node(rooms.port, &[]).await);
    let (a, b) = (token(&one, "patient-1").await, token(&two, "provider-1").await);
    let ((one, _stop_one, _), (two, _stop_two, _)) = (run(one), run(two));
    let (mut patient, _) = join(one, &a).await;
    let (_provider, state) = join(two, &b).await;
    assert_eq!(state["participants"][0]["identity"], "patient-1");
    assert_eq!(patient.message().await["participants"][0]["identity"], "provider-1");
}

#[tokio::test]
async fn a_room_server_that_restarts_closes_the_sockets_of_all_nodes_with_1012() {
    let Rooms { port, stop, server, directory: _directory, .. } = rooms(&TWILIO).await;
    let node = node(port, &[]).await;
    let token = token(&node, "patient-1").await;
    let (node, _stop, _) = run(node);
    let (mut socket, _) = join(node, &token).await;
    stop.send(()).unwrap();
    assert_eq!(socket.close_code().await, Some(1012));
    timeout(PROMPT, server).await.expect("it stops").unwrap().unwrap();
    assert_eq!(Client::of_own_page(node).await.err(), Some(StatusCode::BAD_GATEWAY));
}

#[tokio::test]
async fn a_room_server_that_dies_is_a_socket_lost_without_a_word() {
    let (far, mut near, _stop) = pair().await;
    drop(far);
    assert_eq!(near.close_code().await, None);
}

#[tokio::test]
async fn a_client_that_dies_is_lost_without_a_word_too_and_one_that_leaves_says_so() {
    let (mut far, near, _stop) = pair().await;
    drop(near);
    let end = timeout(PROMPT, far.next()).await.expect("an end in time");
    assert!(!matches!(end, Some(Ok(_))), "{end:?}");

    let (mut far, mut near, _stop) = pair().await;
    let going_away = CloseFrame { code: CloseCode::Away, reason: "".into() };
    near.socket.send(Message::Close(Some(going_away.clone()))).await.unwrap();
    let said = timeout(PROMPT, far.next()).await.expect("in time").unwrap().unwrap();
    assert_eq!(said, Message::Close(Some(going_away)));
}

#[tokio::test]
async fn pings_are_answered_by_the_client_and_by_nobody_else() {
    let (mut far, mut near, _stop) = pair().await;
    far.send(Message::Ping("are you there".into())).await.unwrap();
    // This client answers only when it reads: a node that answered for it would be heard now.
    far.send(Message::text("hello")).await.unwrap();
    assert!(
        timeout(Duration::from_millis(500), far.next()).await.is_err(),
        "somebody answered for the client"
    );
    assert_eq!(near.socket.next().await.unwrap().unwrap(), Message::Ping("are you there".into()));
    assert_eq!(near.socket.next().await.unwrap().unwrap(), Message::text("hello"));
    near.socket.flush().await.unwrap();
    let answer = timeout(PROMPT, far.next()).await.expect("an answer").unwrap().unwrap();
    assert_eq!(answer, Message::Pong("are you there".into()));
}

#[tokio::test]
async fn texts_of_any_length_pass_both_ways() {
    let (mut far, mut near, _stop) = pair().await;
    for length in [0, 1, 125, 126, 65_535, 65_536, 400_000] {
        let text = Message::text("ü".repeat(length / 2));
        let (sent, received) = tokio::join!(near.socket.send(text.clone()), far.next());
        sent.unwrap();
        assert_eq!(received.unwrap().unwrap(), text);
        let (sent, received) = tokio::join!(far.send(text.clone()), near.socket.next());
        sent.unwrap();
        assert_eq!(received.unwrap().unwrap(), text);
    }
}

#[tokio::test]
async fn who_does_not_read_holds_up_who_speaks() {
    let (mut far, near, _stop) = pair().await;
    let text = Message::text("x".repeat(100_000));
    let mut sent = 0_usize;
    // Until nothing more goes in: kernel buffers are some megabytes, a node that read on would take everything.
    while timeout(Duration::from_secs(2), far.send(text.clone())).await.is_ok_and(|sent| sent.is_ok()) {
        sent += 100_000;
        assert!(sent < 100_000_000, "the node takes whatever comes");
    }
    drop(near);
}

#[tokio::test]
async fn a_node_that_stops_tells_both_ends_to_come_back() {
    let (mut far, mut near, stop) = pair().await;
    // In the middle of a message: its beginning has to have its end.
    let long = Message::text("x".repeat(300_000));
    let (sent, received) = tokio::join!(far.send(long.clone()), near.socket.next());
    sent.unwrap();
    assert_eq!(received.unwrap().unwrap(), long);
    stop.send(()).unwrap();
    let (near, far) = tokio::join!(near.close_code(), async {
        match timeout(PROMPT, far.next()).await.expect("in time") {
            Some(Ok(Message::Close(frame))) => frame.map(|frame| u16::from(frame.code)),
            other => panic!("{other:?}"),
        }
    });
    assert_eq!((near, far), (Some(1012), Some(1012)));
}

#[tokio::test]
async fn only_sockets_of_our_own_pages_are_passed_on() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let node = node(listener.local_addr().unwrap().port(), &[]).await;
    let (port, _stop, _server) = run(node);
    assert_eq!(
        Client::open(port, &[("origin", "https://evil.example")]).await.err(),
        Some(StatusCode::FORBIDDEN)
    );
    let mut plain = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    assert!(ask(&mut plain, "/signaling").await.starts_with("HTTP/1.1 403"));
    let request = format!(
        "GET /signaling HTTP/1.1\r\nhost: localhost:{port}\r\norigin: http://localhost:{port}\r\ncookie: a=b\r\n\r\n"
    );
    let mut plain = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    plain.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    plain.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 426");
    assert!(timeout(Duration::from_millis(200), listener.accept()).await.is_err(), "something was passed on");
}

#[tokio::test]
async fn the_room_server_learns_where_a_client_is_and_nothing_else_of_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let node = node(listener.local_addr().unwrap().port(), &[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let (port, _stop, _server) = run(node);
    let request = format!(
        "GET /signaling HTTP/1.1\r\nhost: localhost:{port}\r\norigin: http://localhost:{port}\r\ncookie: a=b\r\n\
         connection: keep-alive, Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nx-forwarded-for: 6.6.6.6, 198.51.100.9\r\n\r\n"
    );
    let mut client = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    client.write_all(request.as_bytes()).await.unwrap();
    let (mut far, _) = listener.accept().await.unwrap();
    let mut heard = String::new();
    while !heard.ends_with("\r\n\r\n") {
        let mut bytes = [0; 1024];
        let length = timeout(PROMPT, far.read(&mut bytes)).await.expect("in time").unwrap();
        heard.push_str(std::str::from_utf8(&bytes[..length]).unwrap());
    }
    let heard = heard.to_ascii_lowercase();
    assert!(heard.starts_with("get /signaling http/1.1\r\n"), "{heard}");
    assert!(
        heard.contains("x-forwarded-for: 198.51.100.9\r\n") && heard.contains("origin: http://localhost")
    );
    assert!(!heard.contains("cookie") && !heard.contains("6.6.6.6"), "{heard}");
}

#[tokio::test]
async fn one_address_gets_only_so_many_sockets() {
    let settings =
        [&TWILIO[..], &[("MAX_CONNECTIONS_PER_ADDRESS", "10"), ("TRUSTED_PROXIES", "127.0.0.1")]].concat();
    let rooms = rooms(&settings).await;
    let node = node(rooms.port, &[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let (port, _stop, _server) = run(node);
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(come_from(port, "198.51.100.9").await.expect("a socket"));
    }
    let refused = come_from(port, "198.51.100.9").await.err();
    assert_eq!(refused, Some(StatusCode::TOO_MANY_REQUESTS));
    assert!(come_from(port, "198.51.100.10").await.is_ok());
    // A place is free again once its socket is closed.
    open.pop().unwrap().socket.close(None).await.unwrap();
    let again = timeout(PROMPT, async {
        while come_from(port, "198.51.100.9").await.is_err() {
            tokio::task::yield_now().await;
        }
    });
    again.await.expect("the place is free again");
}

#[tokio::test]
async fn a_room_server_that_speaks_https_is_reached_if_its_certificate_is_trusted() {
    let directory = tempfile::tempdir().unwrap();
    super::tls::certificate(directory.path());
    let file = |name| directory.path().join(name).to_str().unwrap().to_owned();
    let (certificate, key) = (file("cert.pem"), file("key.pem"));
    let tls = [("TLS_CERT_FILE", certificate.as_str()), ("TLS_KEY_FILE", key.as_str())];
    let rooms = rooms(&[&TWILIO[..], &tls].concat()).await;
    let url = format!("https://localhost:{}", rooms.port);
    let settings =
        [&TWILIO[..], &[("ROOMS_URL", url.as_str()), ("ROOMS_CA_FILE", certificate.as_str())]].concat();
    let trusting = app(&settings).await;
    let token = token(&trusting, "patient-1").await;
    let (port, _stop, _server) = run(trusting);
    join(port, &token).await;

    // Another one's certificate, for the same name.
    super::tls::certificate(directory.path());
    let (port, _stop, _server) = run(app(&settings).await);
    let outcome = Client::of_own_page(port).await.err();
    assert_eq!(outcome, Some(StatusCode::BAD_GATEWAY));
}

#[tokio::test]
async fn a_file_that_is_no_certificate_is_named_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ca.pem");
    for content in ["", "nonsense"] {
        std::fs::write(&path, content).unwrap();
        let settings =
            [&TWILIO[..], &[("ROOMS_URL", "https://localhost:9"), ("ROOMS_CA_FILE", path.to_str().unwrap())]]
                .concat();
        let config = config(directory.path(), &settings);
        let Err(error) = Application::build(config).await else { panic!("it starts") };
        assert!(error.to_string().contains("ca.pem holds no certificate. ROOMS_CA_FILE"), "{error}");
    }
}

#[tokio::test]
async fn the_start_page_says_what_is_in_use() {
    let node = node(9, &[]).await;
    let page = node.get("/").await.body;
    assert!(page.contains("data-engine=\"remote\"") && page.contains("on another machine"), "{page}");
}

/// What the node says when it does not start.
async fn refused(settings: &[(&str, &str)], directory: &std::path::Path) -> Option<String> {
    let built = Application::build(config(directory, settings)).await;
    built.err().map(|error| error.to_string())
}

#[tokio::test]
async fn no_clinic_starts_in_front_of_rooms_that_a_token_alone_opens() {
    let closed = [&TWILIO[..], &[("CLIENT_SIDE_ROOM_CREATION", "off")]].concat();
    let (open, closed) = (rooms(&TWILIO).await, rooms(&closed).await);
    let url = |port: u16| format!("http://127.0.0.1:{port}");
    let (at_open, at_closed, nowhere) = (url(open.port), url(closed.port), url(1));
    let settings = |url| [&TWILIO[..], &[("ROOMS_URL", url)]].concat();

    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("site")).unwrap();
    assert_eq!(refused(&settings(&at_open), directory.path()).await, None, "the demo is open to everybody");
    demo_data(directory.path(), &[]).await;
    let told = refused(&settings(&at_open), directory.path()).await.unwrap();
    assert!(told.contains("CLIENT_SIDE_ROOM_CREATION=off"), "{told}");
    assert_eq!(refused(&settings(&at_closed), directory.path()).await, None);
    assert_eq!(refused(&settings(&nowhere), directory.path()).await, None, "it may start later");
}
