//! A client that speaks to a room server frame by frame, wherever that runs.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::StatusCode},
};

/// Nothing in these tests takes that long unless it is broken.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub struct Client {
    pub socket: WebSocketStream<TcpStream>,
    /// Its membership of a room, once it has one.
    pub session: String,
    /// How often it wants to hear from the server, at least.
    pub heartbeat: Duration,
}

impl Client {
    /// Opens a socket with these headers; empty ones are left out.
    ///
    /// # Errors
    /// The status with which the server refused it.
    pub async fn open(port: u16, headers: &[(&'static str, &str)]) -> Result<Self, StatusCode> {
        let mut request =
            format!("ws://localhost:{port}/signaling").into_client_request().expect("a request");
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        let tcp = TcpSocket::new_v4().expect("a socket");
        // So that a client that does not read is soon noticed.
        tcp.set_recv_buffer_size(16 * 1024).expect("a small buffer");
        let tcp = tcp.connect(([127, 0, 0, 1], port).into()).await.expect("connected");
        match client_async(request, tcp).await {
            Ok((socket, _)) => Ok(Self { socket, session: String::new(), heartbeat: Duration::from_secs(5) }),
            Err(Error::Http(response)) => Err(response.status()),
            Err(error) => panic!("{error}"),
        }
    }

    /// As a page does that this very server has sent.
    ///
    /// # Errors
    /// The status with which the server refused it.
    pub async fn of_own_page(port: u16) -> Result<Self, StatusCode> {
        Self::open(port, &[("origin", &format!("http://localhost:{port}"))]).await
    }

    /// Asks for something with the first frame, as the SDK does. What is not said is as little as may be.
    pub async fn hello(&mut self, body: Value) {
        let mut asked =
            json!({"version": 2, "participant": {"revision": 1, "tracks": []}, "peer_connections": []});
        let fields = asked.as_object_mut().expect("an object");
        fields.extend(body.as_object().expect("an object").clone());
        let heartbeat = u64::try_from(self.heartbeat.as_millis()).expect("not so long");
        self.send(&json!({"type": "hello", "id": "1", "timeout": heartbeat, "version": 2, "body": asked}))
            .await;
    }

    /// Enters a room. Returns its whole state.
    pub async fn connect(&mut self, token: &str, room: &str, more: Value) -> Value {
        let mut body = json!({"type": "connect", "token": token, "name": room});
        body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        self.hello(body).await;
        assert_eq!(self.frame().await["type"], "welcome");
        let state = self.message().await;
        assert_eq!(state["type"], "connected", "{state}");
        state["session"].as_str().expect("a session").clone_into(&mut self.session);
        state
    }

    /// Comes back with a lost client's session. Returns what is said to that.
    pub async fn sync(&mut self, token: &str, lost: &str) -> Value {
        lost.clone_into(&mut self.session);
        self.hello(json!({"type": "sync", "token": token, "session": lost})).await;
        assert_eq!(self.frame().await["type"], "welcome");
        self.message().await
    }

    /// Says something to the room.
    pub async fn say(&mut self, body: &Value) {
        self.send(&json!({"type": "msg", "body": body})).await;
    }

    pub async fn leave(mut self) {
        let body = json!({"type": "disconnect", "session": self.session});
        self.say(&body).await;
    }

    pub async fn send(&mut self, frame: &Value) {
        self.socket.send(Message::text(frame.to_string())).await.expect("sent");
    }

    pub async fn update(&mut self, peer: &Value) {
        let body = json!({"type": "update", "session": self.session, "peer_connections": [peer]});
        self.say(&body).await;
    }

    /// Publishes these tracks and no others.
    pub async fn publish(&mut self, revision: u64, tracks: &Value) {
        let participant = json!({"revision": revision, "tracks": tracks});
        let body = json!({"type": "update", "session": self.session, "participant": participant});
        self.say(&body).await;
    }

    async fn next(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("something in time");
        next.and_then(Result::ok)
    }

    pub async fn frame(&mut self) -> Value {
        loop {
            match self.next().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).expect("JSON"),
                Some(Message::Ping(_)) => {}
                other => panic!("no frame but {other:?}"),
            }
        }
    }

    /// The next message of layer 2.
    pub async fn message(&mut self) -> Value {
        loop {
            let mut frame = self.frame().await;
            if frame["type"] == "msg" {
                return frame["body"].take();
            }
        }
    }

    /// The next message of this type.
    pub async fn message_of(&mut self, kind: &str) -> Value {
        loop {
            let message = self.message().await;
            if message["type"] == kind {
                return message;
            }
        }
    }

    /// Waits until the other participant is in this state.
    pub async fn until_other_is(&mut self, state: &str) {
        while self.message().await["participants"][0]["state"] != state {}
    }

    /// Waits until any other participant is in this state.
    pub async fn until_somebody_is(&mut self, state: &str) {
        let is_so = |others: &Vec<Value>| others.iter().any(|other| other["state"] == state);
        while !self.message().await["participants"].as_array().is_some_and(is_so) {}
    }

    /// Waits for a ping, which is answered with the next reading.
    pub async fn until_pinged(&mut self) {
        loop {
            match self.next().await {
                Some(Message::Ping(_)) => return,
                Some(Message::Text(_)) => {}
                other => panic!("no ping but {other:?}"),
            }
        }
    }

    /// The code with which the server closes. None if it just cuts.
    pub async fn close_code(&mut self) -> Option<u16> {
        loop {
            match self.next().await {
                Some(Message::Close(frame)) => return frame.map(|frame| frame.code.into()),
                Some(_) => {}
                None => return None,
            }
        }
    }
}
