//! Invariant 7: no patient data or token in logs. Drives visits of all kinds, captures everything that our crate logs
//! at its most talkative, and searches it.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "http/app.rs"]
#[expect(dead_code, reason = "the http tests use more of it")]
mod app;

use app::{TWILIO, app, get, post, with};
use axum::http::Request;
use futures_util::{SinkExt, StreamExt};
use leptos::{prelude::ServerFnError, server};
use owl_hospital::{domain::Role, server::panics};
use serde_json::{Value, json};
use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpStream, sync::oneshot, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};
use tracing_subscriber::{
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

const SDP: &str = "v=0 o=- 4611731400430051336";
const CANDIDATE: &str = "203.0.113.77";
const AGENT: &str = "unmistakable-user-agent";
const TURN_SECRET: &str = "turn-hush-hush";

#[derive(Clone, Default)]
struct Capture(Arc<Mutex<Vec<u8>>>);

impl io::Write for Capture {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Capture {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

async fn receive(socket: &mut Socket, kind: &str) -> Value {
    let wanted = async {
        while let Some(Ok(message)) = socket.next().await {
            let Message::Text(text) = message else { continue };
            let frame: Value = serde_json::from_str(&text).unwrap();
            if frame["body"]["type"] == kind {
                return frame["body"].clone();
            }
        }
        panic!("the socket ended before {kind}")
    };
    timeout(Duration::from_secs(10), wanted).await.unwrap_or_else(|_| panic!("no {kind}"))
}

async fn send(socket: &mut Socket, frame: Value) {
    socket.send(Message::text(frame.to_string())).await.unwrap();
}

/// Panics with somebody's words.
#[server(endpoint = "probe_fault")]
pub async fn probe_fault() -> Result<(), ServerFnError> {
    tokio::task::yield_now().await;
    panic!("called for somebody at {CANDIDATE}")
}

/// Asks to connect as the SDK does.
async fn connect(port: u16, token: &str, pair: &str) -> Socket {
    let mut request = format!("ws://localhost:{port}/signaling").into_client_request().unwrap();
    request.headers_mut().insert("origin", format!("http://localhost:{port}").parse().unwrap());
    let (mut socket, _) = connect_async(request).await.unwrap();
    let offer = json!({ "type": "offer", "revision": 1, "sdp": SDP });
    let body = json!({
        "type": "connect", "token": token, "name": "telemedicineAppointment", "version": 2, "format": "unified",
        "participant": { "revision": 1, "tracks": [
            { "id": "track-id", "kind": "audio", "name": "microphone of a person", "enabled": true, "priority": "standard" }
        ] },
        "peer_connections": [{ "id": pair, "description": offer }],
        "publisher": { "name": "twilio-video.js", "sdk_version": "2.35.0", "user_agent": AGENT },
        "media_signaling": {}, "subscribe": { "rules": [{ "type": "include", "all": true }], "revision": 1 },
    });
    send(&mut socket, json!({ "type": "hello", "id": "h", "timeout": 5000, "version": 2, "body": body }))
        .await;
    socket
}

/// Joins and returns the socket and the session.
async fn join(port: u16, token: &str, pair: &str) -> (Socket, Value) {
    let mut socket = connect(port, token, pair).await;
    let session = receive(&mut socket, "connected").await["session"].clone();
    (socket, session)
}

#[tokio::test]
async fn invariant_7_nothing_that_is_logged_tells_who_was_here_or_lets_anybody_in() {
    let log = Capture::default();
    // The most that LOG can ask for, of every library too.
    tracing_subscriber::registry()
        .with(owl_hospital::server::telemetry::filter("trace"))
        .with(fmt::layer().with_writer(log.clone()).with_ansi(false))
        .init();
    let mut secrets: Vec<String> = [
        SDP,
        CANDIDATE,
        AGENT,
        TURN_SECRET,
        "hush-hush-hush",
        "microphone of a person",
        "198.51.100.9",
        "somebody",
    ]
    .map(str::to_owned)
    .to_vec();

    let app = app(&[
        ("STUN_URLS", "stun:localhost:3478"),
        ("TURN_URLS", "turn:localhost:3478"),
        ("TURN_USERNAME", "turn-name-of-ours"),
        ("TURN_CREDENTIAL", TURN_SECRET),
    ])
    .await;
    secrets.push("turn-name-of-ours".to_owned());
    let mut tokens = Vec::new();
    for identity in ["patient-4f1c2b3a", "provider-9e8d7c6b"] {
        let answer = app.get(&format!("/token?identity={identity}")).await;
        let json: Value = serde_json::from_str(&answer.body).unwrap();
        tokens.push(json["token"].as_str().unwrap().to_owned());
        secrets.push(identity.to_owned());
    }
    secrets.extend(tokens.iter().cloned());
    let stored =
        std::fs::read_to_string(app.directory.path().join("data/embedded-credentials.json")).unwrap();
    let stored: Value = serde_json::from_str(&stored).unwrap();
    secrets.push(stored["keySecret"].as_str().unwrap().to_owned());

    // Requests that succeed and that fail, with all that people and proxies send along.
    for path in
        ["/", "/patient", "/provider", "/nothing/about/somebody", "/token?identity=somebody%20else", "/token"]
    {
        for request in [get(path), with(get(path), "accept", "text/html"), post(path)] {
            let request = with(with(request, "x-forwarded-for", "198.51.100.9"), "user-agent", AGENT);
            app.send(with(request, "referer", "http://localhost:1337/?name=somebody")).await;
        }
    }
    app.send(with(post("/api/somebody"), "origin", "https://somebody.example")).await;

    let seat = app::join_demo(post("/api/join_demo"), Role::Patient, Some("patient-5c6d7e8f"));
    secrets.push(app.send(seat).await.ticket().unwrap().token);
    let nonsense = with(post("/api/join_demo"), "content-type", "application/x-postcard");
    app.send(Request::from_parts(nonsense.into_parts().0, "patient-5c6d7e8f".into())).await;
    secrets.push("patient-5c6d7e8f".to_owned());

    // A fault of ours, whose text repeats what somebody typed.
    panics::log_where_only();
    app.send(post("/api/probe_fault")).await;
    drop(std::panic::take_hook());

    // A whole visit through the room server, and one that is refused.
    let port = app.application.local_addr().port();
    let (stop, stopped) = oneshot::channel::<()>();
    let app::TestApp { application, directory } = app;
    let server = tokio::spawn(application.run_until(async { stopped.await.unwrap_or(()) }));
    let (mut patient, patient_session) = join(port, &tokens[0], "pair-a").await;
    let (mut provider, provider_session) = join(port, &tokens[1], "pair-b").await;
    let ice = json!({ "candidates": [{ "candidate": format!("candidate:1 1 udp 1 {CANDIDATE} 5000 typ host") }],
                      "ufrag": "u", "revision": 1, "complete": true });
    let answer = json!({ "type": "answer", "revision": 1, "sdp": SDP });
    let update = json!({ "type": "update", "session": provider_session,
                         "peer_connections": [{ "id": "pair-b", "description": answer, "ice": ice }] });
    send(&mut provider, json!({ "type": "msg", "body": update })).await;
    let ask = json!({ "type": "ice", "token": tokens[0], "edge": "roaming", "version": 1 });
    send(&mut patient, json!({ "type": "msg", "body": ask })).await;
    let mut damaged = tokens[0].clone();
    damaged.replace_range(damaged.len() - 4.., "AAAA");
    let mut stranger = connect(port, &damaged, "pair-c").await;
    receive(&mut stranger, "error").await;
    secrets.push(damaged);
    // On a socket that is listened to, which the answer shows.
    provider.send(Message::text(format!("{{ this is no JSON {SDP}"))).await.unwrap();
    receive(&mut provider, "error").await;
    send(
        &mut patient,
        json!({ "type": "msg", "body": { "type": "disconnect", "session": patient_session } }),
    )
    .await;
    drop(provider);
    stop.send(()).unwrap();
    timeout(Duration::from_secs(15), server).await.unwrap().unwrap().unwrap();
    drop(directory);

    // The same with Twilio's credentials.
    let twilio = app::app(&TWILIO).await;
    let answer = twilio.get("/token?identity=patient-77aa88bb").await;
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    secrets.extend([json["token"].as_str().unwrap().to_owned(), "patient-77aa88bb".to_owned()]);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("panicked file=\"tests/log_privacy.rs\"")
            && log.contains("answered")
            && log.contains("joined")
            && log.contains("refused"),
        "too little: {log}"
    );
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} was logged:\n{log}");
    }
}
