//! `GET /v1/VideoEvents`: where the SDK sends what it measures, if an application points `wsServerInsights` here. Accepts
//! and drops: nothing is kept, counted or logged, so nothing needs a token either; only the sockets are bounded, in a share of
//! their own, and what each may say.
//!
//! Source: SDK module `util/insightspublisher/index.js`. It sends `connect`, waits for `connected` with a session, and
//! then sends an `event` now and then, to which it expects no answer. It comes back after every close but 1000.

use super::{
    allowance::Allowance,
    close,
    config::Rate,
    crowd::PeerAddress,
    server::{Shared, too_many},
};
use axum::{
    Extension, Router,
    body::Bytes,
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    response::Response,
    routing::get,
};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// The longest message, in bytes. Ten participants' statistics are about 30 kB.
const MAX_MESSAGE: usize = 256 * 1024;
/// How much a client may say. The SDK says some dozens of events when somebody joins, and then one every few seconds.
const RATE: Rate = Rate {
    messages_at_once: 500,
    messages_per_second: 10,
    bytes_at_once: 1024 * 1024,
    bytes_per_second: 64 * 1024,
};
/// How long a client may be silent until it is pinged. The SDK sends statistics every 10 s.
const QUIET: Duration = Duration::from_secs(30);
/// How many pings in a row may stay without an answer.
const MAX_MISSED: u32 = 2;
/// How long a message to a client may take.
const SEND_TIMEOUT: Duration = Duration::from_secs(5);
/// The SDK says it with every event. It names nothing here.
const CONNECTED: &str = r#"{"type":"connected","session":"none"}"#;

/// How long to wait for the client's half of the closing handshake.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// The route. The origin is checked by whoever mounts it.
pub(super) fn router(server: &Arc<Shared>) -> Router {
    Router::new().route("/v1/VideoEvents", get(open)).with_state(Arc::clone(server))
}

async fn open(
    State(server): State<Arc<Shared>>,
    address: Option<Extension<PeerAddress>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let address = address.map(|Extension(PeerAddress(address))| address);
    let Some(place) = server.telemetry_place(address) else { return too_many() };
    let guard = server.track();
    let upgrade = upgrade
        .max_message_size(MAX_MESSAGE)
        .max_frame_size(MAX_MESSAGE)
        .read_buffer_size(4 * 1024)
        .write_buffer_size(0);
    upgrade.on_upgrade(async move |mut socket| {
        let listening = run(&mut socket, &server);
        let code = server.stopping.run_until_cancelled(listening).await.unwrap_or(Some(close::RESTART));
        if let Some(code) = code {
            let frame = CloseFrame { code, reason: Utf8Bytes::from_static("") };
            send(&mut socket, Message::Close(Some(frame))).await;
        }
        // Also the answer to a client's close goes out with the next reading.
        let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
        timeout(CLOSE_TIMEOUT, rest).await.ok();
        drop((guard, place));
    })
}

/// Listens until the end. Returns the close code, if the client is to be told one.
async fn run(socket: &mut WebSocket, server: &Shared) -> Option<u16> {
    let Ok(first) = timeout(server.limits.hello_timeout, socket.recv()).await else {
        return Some(close::POLICY);
    };
    let Ok(Message::Text(hello)) = first? else { return Some(close::UNSUPPORTED) };
    if !serde_json::from_str(&hello).is_ok_and(|Hello { kind }| kind == "connect") {
        return Some(close::PROTOCOL);
    }
    if !send(socket, Message::text(CONNECTED)).await {
        return None;
    }
    let (mut missed, mut allowance) = (0, Allowance::default());
    loop {
        match timeout(QUIET, socket.recv()).await {
            Ok(Some(Ok(message @ (Message::Text(_) | Message::Ping(_) | Message::Pong(_))))) => {
                missed = 0;
                let length = if let Message::Text(text) = &message { text.len() } else { 0 };
                if !allowance.spend(length, &RATE, server.clock.now().monotonic) {
                    return Some(close::POLICY);
                }
            }
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
