//! The real program is told to stop: who comes meanwhile is told to come back, and nobody's closing handshake is broken off.

use super::{
    client::Client,
    program::Owl,
    restart::{join, place},
};
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Message, protocol::CloseFrame};

/// With this the SDK closes when it was told to come back later. It waits for the answer, and gives up without one.
const BUSY_WAIT: u16 = 3005;

#[tokio::test]
async fn a_hello_after_sigterm_is_answered_with_busy_and_its_close_with_a_close() {
    let (directory, address) = place();
    let mut owl = Owl::start(directory.path(), &address);
    let port = owl.port().unwrap();
    let (mut seated, _, _) = join(port).await;
    // It answers no close, so that the server has to wait for it and still listens meanwhile.
    let mut mute = Client::of_own_page(port).await.unwrap();
    mute.send(&json!({"type": "hello", "id": "1", "version": 2})).await;
    assert_eq!(mute.frame().await["type"], "welcome");

    owl.signal("TERM");
    assert_eq!(seated.close_code().await, Some(1012));
    assert!(seated.socket.next().await.is_none_or(|rest| rest.is_err()), "the handshake is finished");
    let mut late = Client::of_own_page(port).await.unwrap();
    late.send(&json!({"type": "hello", "id": "1", "version": 2})).await;
    assert_eq!(late.frame().await, json!({"type": "busy", "keepAlive": false, "retryAfter": 250}));

    // Now nobody is left for whom the rooms would wait, and the address is given free.
    drop(mute);
    while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {}
    let frame = CloseFrame { code: BUSY_WAIT.into(), reason: "".into() };
    late.socket.send(Message::Close(Some(frame.clone()))).await.unwrap();
    assert_eq!(late.socket.next().await.unwrap().unwrap(), Message::Close(Some(frame)));
    assert!(late.socket.next().await.is_none_or(|rest| rest.is_err()), "the handshake is finished");
    assert!(owl.0.wait().unwrap().success());
}
