//! Status callbacks on their way: in order whatever fails, tried again, bounded, and never in the way of a call.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so")]

use super::signalling::{Host, credentials};
use axum::{
    Form, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use owl_hospital::rooms::{CallbacksConfig, Limits, RoomService};
use secrecy::ExposeSecret;
use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpListener, sync::mpsc};

type Told = BTreeMap<String, String>;

/// An application that is told.
struct Receiver {
    address: SocketAddr,
    told: mpsc::UnboundedReceiver<Told>,
}

#[derive(Clone)]
struct Script {
    /// What to answer first; after that everything is fine.
    answers: Arc<Mutex<VecDeque<StatusCode>>>,
    told: mpsc::UnboundedSender<Told>,
}

async fn hear(State(script): State<Script>, headers: HeaderMap, Form(form): Form<Told>) -> StatusCode {
    assert_eq!(headers["x-twilio-signature"].len(), 28);
    let answer = script.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::NO_CONTENT);
    let kind = if answer.is_success() { "told" } else { "failed" };
    let event = format!("{kind} {}", form["StatusCallbackEvent"]);
    script.told.send(form.into_iter().chain([("heard".to_owned(), event)]).collect()).ok();
    answer
}

impl Receiver {
    async fn start(answers: &[u16]) -> Self {
        let answers = answers.iter().map(|code| StatusCode::from_u16(*code).unwrap()).collect();
        let (sender, told) = mpsc::unbounded_channel();
        let script = Script { answers: Arc::new(Mutex::new(answers)), told: sender };
        let router = Router::new().route("/hook", post(hear)).with_state(script);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, told }
    }

    async fn next(&mut self) -> Told {
        tokio::time::timeout(Duration::from_secs(20), self.told.recv()).await.expect("in time").expect("told")
    }

    async fn heard(&mut self) -> String {
        self.next().await["heard"].clone()
    }
}

fn quick() -> CallbacksConfig {
    let usual = CallbacksConfig::new("signing key".into());
    CallbacksConfig { first_wait: Duration::from_millis(20), timeout: Duration::from_secs(2), ..usual }
}

async fn host(config: CallbacksConfig) -> Host {
    let host = Host::start(Limits::default()).await;
    host.server.deliver_callbacks(config).unwrap();
    host
}

async fn create(host: &Host, name: &str, callback: &str) {
    let credentials = credentials();
    let form = [("UniqueName", name), ("StatusCallback", callback)];
    let request = reqwest::Client::new()
        .post(format!("http://{}/v1/Rooms", host.address))
        .basic_auth(credentials.key_sid, Some(credentials.key_secret.expose_secret()))
        .form(&form);
    assert_eq!(request.send().await.unwrap().status(), StatusCode::CREATED);
}

#[tokio::test]
async fn events_arrive_in_order_though_deliveries_fail() {
    // The first try of the first, two of the second, and none of the third fail.
    let mut receiver = Receiver::start(&[500, 204, 503, 429, 200]).await;
    let host = host(quick()).await;
    create(&host, "r", &format!("http://{}/hook", receiver.address)).await;
    let (_a, state) = host.join("a", "r").await;
    host.server.complete("r").await.unwrap();
    let mut heard = Vec::new();
    for _ in 0..7 {
        heard.push(receiver.heard().await);
    }
    let expected = [
        "failed room-created",
        "told room-created",
        "failed participant-connected",
        "failed participant-connected",
        "told participant-connected",
        "told participant-disconnected",
        "told room-ended",
    ];
    assert_eq!(heard, expected);
    drop(state);
}

#[tokio::test]
async fn an_event_says_what_twilios_says() {
    let mut receiver = Receiver::start(&[]).await;
    let host = host(quick()).await;
    create(&host, "r", &format!("http://{}/hook", receiver.address)).await;
    let (_a, state) = host.join("a", "r").await;
    let created = receiver.next().await;
    let names: Vec<&str> = created.keys().map(String::as_str).filter(|name| *name != "heard").collect();
    let all = [
        "AccountSid",
        "RoomName",
        "RoomSid",
        "RoomStatus",
        "RoomType",
        "SequenceNumber",
        "StatusCallbackEvent",
        "Timestamp",
    ];
    assert_eq!(names, all);
    let connected = receiver.next().await;
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    assert_eq!(connected["ParticipantSid"], text(&state["participant"]["sid"]));
    assert_eq!(connected["RoomSid"], text(&state["sid"]));
    assert_eq!(connected["ParticipantIdentity"], "a");
    assert_eq!(
        (connected["ParticipantStatus"].as_str(), connected["RoomStatus"].as_str()),
        ("connected", "in-progress")
    );
    assert_eq!((connected["SequenceNumber"].as_str(), connected["AccountSid"].as_str()), ("1", "AC1"));
    assert!(connected["Timestamp"] >= created["Timestamp"] && connected["Timestamp"].ends_with('Z'));
    host.server.complete("r").await.unwrap();
    let left = receiver.next().await;
    assert_eq!((left["ParticipantStatus"].as_str(), left["ParticipantDuration"].len()), ("disconnected", 1));
    let ended = receiver.next().await;
    assert_eq!((ended["RoomStatus"].as_str(), ended["RoomDuration"].len()), ("completed", 1));
}

#[tokio::test]
async fn what_is_refused_is_not_tried_again_and_what_fails_for_good_is_given_up() {
    let mut receiver = Receiver::start(&[404, 500, 500, 302]).await;
    let host = host(CallbacksConfig { attempts: 2, ..quick() }).await;
    create(&host, "r", &format!("http://{}/hook", receiver.address)).await;
    let (_a, _) = host.join("a", "r").await;
    host.server.complete("r").await.unwrap();
    let mut heard = Vec::new();
    for _ in 0..5 {
        heard.push(receiver.heard().await);
    }
    let expected = [
        "failed room-created",
        "failed participant-connected",
        "failed participant-connected",
        "failed participant-disconnected",
        "told room-ended",
    ];
    assert_eq!(heard, expected);
}

#[tokio::test]
async fn a_receiver_that_hangs_holds_up_neither_calls_nor_other_rooms() {
    let hanging = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut receiver = Receiver::start(&[]).await;
    let host = host(CallbacksConfig { timeout: Duration::from_mins(5), ..quick() }).await;
    create(&host, "stuck", &format!("http://{}/hook", hanging.local_addr().unwrap())).await;
    create(&host, "r", &format!("http://{}/hook", receiver.address)).await;
    assert_eq!(receiver.heard().await, "told room-created");
    let (_a, _) = host.join("a", "stuck").await;
    let (_b, _) = host.join("b", "r").await;
    assert_eq!(receiver.heard().await, "told participant-connected");
    let shutdown = host.server.shutdown();
    tokio::time::timeout(Duration::from_secs(10), shutdown).await.expect("nor the end of the process");
}

#[tokio::test]
async fn of_too_many_the_oldest_are_dropped() {
    let gate = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = gate.local_addr().unwrap();
    let host =
        host(CallbacksConfig { max_waiting_per_room: 2, timeout: Duration::from_mins(1), ..quick() }).await;
    create(&host, "r", &format!("http://{address}/hook")).await;
    // Until the gate takes connections, the first is under way and the others wait.
    let (first, _) = gate.accept().await.unwrap();
    let (_a, _) = host.join("a", "r").await;
    let (_b, _) = host.join("b", "r").await;
    host.server.complete("r").await.unwrap();
    let (sender, mut told) = mpsc::unbounded_channel();
    let script = Script { answers: Arc::default(), told: sender };
    let router = Router::new().route("/hook", post(hear)).with_state(script);
    tokio::spawn(async move { axum::serve(gate, router).await });
    // The one under way fails, is tried again, and arrives; of the others only the last two are left.
    drop(first);
    let mut heard = Vec::new();
    for _ in 0..3 {
        let next = tokio::time::timeout(Duration::from_secs(20), told.recv()).await.expect("in time");
        heard.push(next.expect("told")["heard"].clone());
    }
    assert_eq!(heard, ["told room-created", "told participant-disconnected", "told room-ended"]);
}

#[tokio::test]
async fn what_a_restart_ends_is_told_as_well() {
    let mut receiver = Receiver::start(&[]).await;
    let directory = tempfile::tempdir().unwrap();
    let host = Host::restore(directory.path()).await;
    host.server.deliver_callbacks(quick()).unwrap();
    create(&host, "r", &format!("http://{}/hook", receiver.address)).await;
    let (_a, _) = host.join("a", "r").await;
    assert_eq!(receiver.heard().await, "told room-created");
    assert_eq!(receiver.heard().await, "told participant-connected");
    host.kill();
    let host = Host::restore(directory.path()).await;
    host.server.deliver_callbacks(quick()).unwrap();
    // Nobody comes back within the session timeout.
    let left = receiver.next().await;
    assert_eq!(
        (left["heard"].as_str(), left["SequenceNumber"].as_str()),
        ("told participant-disconnected", "2")
    );
    host.server.complete("r").await.unwrap();
    assert_eq!(receiver.heard().await, "told room-ended");
}
