//! A client that says on the wire what the SDK says, without any media.

use crate::process::Server;
use futures_util::{SinkExt, StreamExt};
use owl_hospital::tokens;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{net::TcpStream, time::Instant};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

/// Somebody in a room.
pub struct Client {
    pub socket: WebSocketStream<TcpStream>,
    pub session: String,
    /// From `connect` to `connected`.
    pub joined_in: Duration,
}

impl Client {
    /// Opens a socket and enters `room`. The token is made before the clock runs.
    pub async fn join(server: &Server, identity: &str, room: &str) -> Self {
        let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
        let token =
            tokens::mint(&server.credentials, identity, room, Duration::from_hours(1), now).expect("minted");
        let tcp = TcpStream::connect(server.address).await.expect("a connection");
        tcp.set_nodelay(true).expect("no delay");
        // Small buffers: there are thousands of us.
        let config = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(0);
        let url = format!("ws://{}/signaling", server.address);
        let (socket, _) = client_async_with_config(url, tcp, Some(config)).await.expect("a socket");
        let mut client = Self { socket, session: String::new(), joined_in: Duration::ZERO };
        let offer = json!({"id": identity, "description": {"type": "offer", "revision": 1, "sdp": sdp()}});
        let hello = json!({"type": "hello", "id": identity, "timeout": 5000, "version": 2, "body": {
            "type": "connect", "version": 2, "token": token, "name": room, "format": "unified",
            "participant": {"revision": 1, "tracks": [
                {"id": "audio", "kind": "audio", "name": "audio", "enabled": true, "priority": "standard"},
                {"id": "video", "kind": "video", "name": "video", "enabled": true, "priority": "standard"}]},
            "peer_connections": [offer], "ice_servers": []}});
        let text = hello.to_string();
        let start = Instant::now();
        client.socket.send(Message::text(text)).await.expect("sent");
        let state = client.message().await;
        client.joined_in = start.elapsed();
        assert_eq!(state["type"], "connected", "{state}");
        state["session"].as_str().expect("a session").clone_into(&mut client.session);
        client
    }

    /// Answers the other's offer, as the first in a room does.
    pub async fn answer(&mut self) {
        let id = loop {
            let message = self.message().await;
            let peer = &message["peer_connections"][0];
            if peer["description"]["type"] == "offer" {
                break peer["id"].clone();
            }
        };
        self.update(&json!({"id": id, "description": {"type": "answer", "revision": 1, "sdp": sdp()}})).await;
    }

    /// Sends a message about a peer connection.
    pub async fn update(&mut self, peer: &Value) {
        let body = json!({"type": "update", "session": self.session, "peer_connections": [peer]});
        self.send(json!({"type": "msg", "body": body}).to_string()).await;
    }

    pub async fn send(&mut self, text: String) {
        self.socket.send(Message::text(text)).await.expect("sent");
    }

    /// The next message of layer 2.
    pub async fn message(&mut self) -> Value {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    let mut frame: Value = serde_json::from_str(&text).expect("JSON");
                    if frame["type"] == "msg" {
                        return frame["body"].take();
                    }
                }
                Some(Ok(Message::Ping(_))) => {}
                other => panic!("no message but {other:?}"),
            }
        }
    }

    /// Stays in the room and says only that it is there, until it is dropped.
    pub async fn idle(mut self) {
        let mut beat = tokio::time::interval(Duration::from_millis(1800));
        loop {
            tokio::select! {
                _ = beat.tick() => self.send(r#"{"type":"heartbeat"}"#.to_owned()).await,
                next = self.socket.next() => match next {
                    Some(Ok(Message::Text(_) | Message::Ping(_))) => {}
                    other => panic!("an idle participant lost its socket: {other:?}"),
                },
            }
        }
    }
}

/// As long as a real one of Chrome with sound and picture.
fn sdp() -> String {
    const LINES: usize = 150;
    "a=rtpmap:96 VP8/90000 goog-remb ccm fir\r\n".repeat(LINES)
}
