//! The demo's visit, the room server, and a fault of ours whose text repeats what somebody typed.

use super::{
    app::{self, TWILIO, app, get, post, with},
    capture,
    client::Client,
};
use axum::http::Request;
use futures_util::SinkExt;
use leptos::{prelude::ServerFnError, server};
use owl_hospital::{domain::Role, server::panics};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{sync::oneshot, time::timeout};
use tokio_tungstenite::tungstenite::Message;

const SDP: &str = "v=0 o=- 4611731400430051336";
const CANDIDATE: &str = "203.0.113.77";
const AGENT: &str = "unmistakable-user-agent";
const TURN_SECRET: &str = "turn-hush-hush";

/// Panics with somebody's words.
#[server(endpoint = "probe_fault")]
pub async fn probe_fault() -> Result<(), ServerFnError> {
    tokio::task::yield_now().await;
    panic!("called for somebody at {CANDIDATE}")
}

/// What the SDK says when it connects.
fn asked(token: &str, pair: &str) -> Value {
    let offer = json!({ "type": "offer", "revision": 1, "sdp": SDP });
    json!({
        "type": "connect", "token": token, "name": "telemedicineAppointment", "version": 2, "format": "unified",
        "participant": { "revision": 1, "tracks": [
            { "id": "track-id", "kind": "audio", "name": "microphone of a person", "enabled": true, "priority": "standard" }
        ] },
        "peer_connections": [{ "id": pair, "description": offer }],
        "publisher": { "name": "twilio-video.js", "sdk_version": "2.35.0", "user_agent": AGENT },
        "media_signaling": {}, "subscribe": { "rules": [{ "type": "include", "all": true }], "revision": 1 },
    })
}

async fn join(port: u16, token: &str, pair: &str) -> Client {
    let mut client = Client::of_own_page(port).await.unwrap();
    client.connect(token, "telemedicineAppointment", asked(token, pair)).await;
    client
}

#[tokio::test]
async fn invariant_7_nothing_that_is_logged_of_a_call_tells_who_was_here_or_lets_anybody_in() {
    capture::begin();
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
    let mut patient = join(port, &tokens[0], "pair-a").await;
    let mut provider = join(port, &tokens[1], "pair-b").await;
    let ice = json!({ "candidates": [{ "candidate": format!("candidate:1 1 udp 1 {CANDIDATE} 5000 typ host") }],
                      "ufrag": "u", "revision": 1, "complete": true });
    let answer = json!({ "type": "answer", "revision": 1, "sdp": SDP });
    provider.update(&json!({ "id": "pair-b", "description": answer, "ice": ice })).await;
    patient.say(&json!({ "type": "ice", "token": tokens[0], "edge": "roaming", "version": 1 })).await;
    let mut damaged = tokens[0].clone();
    damaged.replace_range(damaged.len() - 4.., "AAAA");
    let mut stranger = Client::of_own_page(port).await.unwrap();
    stranger.hello(asked(&damaged, "pair-c")).await;
    stranger.message_of("error").await;
    secrets.push(damaged);
    // On a socket that is listened to, which the answer shows.
    provider.socket.send(Message::text(format!("{{ this is no JSON {SDP}"))).await.unwrap();
    provider.message_of("error").await;
    patient.leave().await;
    drop(provider);
    stop.send(()).unwrap();
    timeout(Duration::from_secs(15), server).await.unwrap().unwrap().unwrap();
    drop(directory);

    // The same with Twilio's credentials.
    let twilio = app::app(&TWILIO).await;
    let answer = twilio.get("/token?identity=patient-77aa88bb").await;
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    secrets.extend([json["token"].as_str().unwrap().to_owned(), "patient-77aa88bb".to_owned()]);

    let signs =
        ["request{id=\"", "panicked file=\"tests/log_privacy/call.rs\"", "answered", "joined", "refused"];
    capture::expect_none_of(&secrets, &signs);
}
