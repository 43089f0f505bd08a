//! `GET /v1/VideoEvents`: where the SDK sends what it measures, if an application points `wsServerInsights` here. Accepts
//! and drops: nothing is kept, counted or logged, so nothing needs a token either; only the sockets are bounded.
//!
//! Source: SDK module `util/insightspublisher/index.js`. It sends `connect`, waits for `connected` with a session, and
//! then sends an `event` now and then, to which it expects no answer. It comes back after every close but 1000.

use super::{close, config::Limits};
use axum::{
    Router,
    body::Bytes,
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::timeout};

/// The longest message, in bytes. Ten participants' statistics are about 30 kB.
const MAX_MESSAGE: usize = 256 * 1024;
/// How long a client may be silent until it is pinged. The SDK sends statistics every 10 s.
const QUIET: Duration = Duration::from_secs(30);
/// How many pings in a row may stay without an answer.
const MAX_MISSED: u32 = 2;
/// How long a message to a client may take.
const SEND_TIMEOUT: Duration = Duration::from_secs(5);
/// The SDK says it with every event. It names nothing here.
const CONNECTED: &str = r#"{"type":"connected","session":"none"}"#;

/// How many more clients there may be, and how long each may take to say what it wants.
#[derive(Debug, Clone)]
struct Door {
    places: Arc<Semaphore>,
    patience: Duration,
}

/// The route. The origin is checked by whoever mounts it.
pub(super) fn router(limits: &Limits) -> Router {
    let places = Arc::new(Semaphore::new(limits.max_connections.min(Semaphore::MAX_PERMITS)));
    Router::new()
        .route("/v1/VideoEvents", get(open))
        .with_state(Door { places, patience: limits.hello_timeout })
}

async fn open(State(door): State<Door>, upgrade: WebSocketUpgrade) -> Response {
    let Ok(place) = Arc::clone(&door.places).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let upgrade = upgrade
        .max_message_size(MAX_MESSAGE)
        .max_frame_size(MAX_MESSAGE)
        .read_buffer_size(4 * 1024)
        .write_buffer_size(0);
    upgrade.on_upgrade(async move |mut socket| {
        if let Some(code) = run(&mut socket, door.patience).await {
            let frame = CloseFrame { code, reason: Utf8Bytes::from_static("") };
            send(&mut socket, Message::Close(Some(frame))).await;
        }
        drop(place);
    })
}

/// Listens until the end. Returns the close code, if the client is to be told one.
async fn run(socket: &mut WebSocket, patience: Duration) -> Option<u16> {
    let Ok(first) = timeout(patience, socket.recv()).await else { return Some(close::POLICY) };
    let Ok(Message::Text(hello)) = first? else { return Some(close::UNSUPPORTED) };
    if !serde_json::from_str(&hello).is_ok_and(|Hello { kind }| kind == "connect") {
        return Some(close::PROTOCOL);
    }
    if !send(socket, Message::text(CONNECTED)).await {
        return None;
    }
    let mut missed = 0;
    loop {
        match timeout(QUIET, socket.recv()).await {
            Ok(Some(Ok(Message::Text(_) | Message::Ping(_) | Message::Pong(_)))) => missed = 0,
            Ok(Some(Ok(Message::Binary(_)))) => return Some(close::UNSUPPORTED),
            Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) => return None,
            Err(_) if missed >= MAX_MISSED => return Some(close::SILENT),
            Err(_) => {
                missed += 1;
                if !send(socket, Message::Ping(Bytes::new())).await {
                    return None;
                }
            }
        }
    }
}

async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(SEND_TIMEOUT, socket.send(message)).await, Ok(Ok(())))
}

/// All that is read of what a client says.
#[derive(Deserialize)]
struct Hello {
    #[serde(rename = "type")]
    kind: String,
}
