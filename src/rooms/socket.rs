//! One WebSocket: reads into the core, and writes what the core has queued, independently of each other.

use super::{
    close,
    core::{ConnectionId, Input, Loss},
    outbox::{Item, Pending},
    server::Shared,
};
use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use std::{sync::Arc, time::Duration};

/// How long to wait for the client's half of the closing handshake.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// How the client's side of a socket ended.
enum Read {
    /// It is closed.
    Lost(Loss),
    /// The client broke a rule of the socket: close with this code.
    Violated(u16),
}

/// Serves a socket until it is closed.
pub(super) async fn run(socket: WebSocket, server: Arc<Shared>) {
    let (id, mut pending) = server.open();
    let (mut sink, mut stream) = socket.split();
    let cut = pending.cut.clone();
    let is_closing = tokio::select! {
        biased;
        () = cut.cancelled() => {
            // The client reads nothing, so neither would it read a close frame.
            server.handle(Input::Closed(id, Loss::Slow));
            return;
        }
        read = read(&mut stream, id, &server) => match read {
            Read::Lost(loss) => {
                server.handle(Input::Closed(id, loss));
                // A close frame wants its answer, which goes out with the next reading.
                matches!(loss, Loss::Code(_))
            }
            Read::Violated(code) => {
                server.handle(Input::Closed(id, Loss::Code(code)));
                close(&mut sink, code).await;
                true
            }
        },
        is_closing = write(&mut sink, &mut pending, server.limits.send_timeout) => {
            if !is_closing {
                server.handle(Input::Closed(id, Loss::Vanished));
            }
            is_closing
        }
    };
    if is_closing {
        let rest = async { while let Some(Ok(_)) = stream.next().await {} };
        // Whether it answers or not: after this it is over.
        tokio::time::timeout(CLOSE_TIMEOUT, rest).await.ok();
    }
}

async fn read(stream: &mut SplitStream<WebSocket>, id: ConnectionId, server: &Shared) -> Read {
    loop {
        match stream.next().await {
            Some(Ok(Message::Text(text))) if text.len() > server.limits.max_message_bytes => {
                return Read::Violated(close::TOO_BIG);
            }
            Some(Ok(Message::Text(text))) => {
                server.handle(Input::Text(id, &text));
            }
            Some(Ok(Message::Binary(_))) => return Read::Violated(close::UNSUPPORTED),
            Some(Ok(Message::Pong(_))) => {
                server.handle(Input::Pong(id));
            }
            Some(Ok(Message::Ping(_))) => {
                server.handle(Input::Ping(id));
            }
            Some(Ok(Message::Close(frame))) => {
                // 1005: a close frame without a code.
                return Read::Lost(Loss::Code(frame.map_or(1005, |frame| frame.code)));
            }
            Some(Err(_)) | None => return Read::Lost(Loss::Vanished),
        }
    }
}

/// Writes until there is nothing more to write. True if a close frame was the last; false if the socket failed or was not read from.
async fn write(
    sink: &mut SplitSink<WebSocket, Message>,
    pending: &mut Pending,
    send_timeout: Duration,
) -> bool {
    while let Some(item) = pending.next().await {
        let message = match item {
            Item::Text(text) => Message::Text(text.into()),
            Item::Ping => Message::Ping(Bytes::new()),
            Item::Close(code) => {
                close(sink, code).await;
                return true;
            }
        };
        // Also one that is closing: it has left the queue's books, and nothing else would end it.
        if !matches!(tokio::time::timeout(send_timeout, sink.send(message)).await, Ok(Ok(()))) {
            return false;
        }
    }
    true
}

async fn close(sink: &mut SplitSink<WebSocket, Message>, code: u16) {
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static("") };
    // A client that does not even take this is not worth waiting for.
    tokio::time::timeout(CLOSE_TIMEOUT, sink.send(Message::Close(Some(frame))))
        .await
        .ok()
        .and_then(Result::ok);
}
