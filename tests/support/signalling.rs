//! A room server on a port of its own, and clients that speak to it frame by frame.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

use futures_util::{SinkExt, StreamExt};
use owl_hospital::{
    rooms::{AdHocRooms, Limits, RoomServer, RoomsConfig},
    tokens::{self, Credentials, IceServers},
};
use serde_json::{Value, json};
use std::{net::SocketAddr, path::Path, time::Duration};
use tokio::{
    net::{TcpSocket, TcpStream},
    runtime::{Builder, Runtime},
};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

/// Nothing in these tests takes that long unless it is broken.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Host {
    pub server: RoomServer,
    pub address: SocketAddr,
    /// Of a server that can be killed.
    runtime: Option<Runtime>,
}

pub struct Client {
    pub socket: WebSocketStream<TcpStream>,
    pub session: String,
}

pub fn credentials() -> Credentials {
    Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "a secret".into() }
}

fn token(identity: &str, room: &str) -> String {
    let unix = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    tokens::mint(&credentials(), identity, room, Duration::from_mins(1), unix).expect("minted")
}

fn config() -> RoomsConfig {
    RoomsConfig {
        session_timeout: Duration::from_secs(3),
        gone_timeout: Duration::from_millis(300),
        max_participants: 10,
        ice_servers: IceServers::default(),
        ad_hoc: AdHocRooms::Any,
    }
}

fn serve(server: &RoomServer) -> SocketAddr {
    let socket = TcpSocket::new_v4().expect("a socket");
    // Its connections inherit it: a client that does not read is soon noticed.
    socket.set_send_buffer_size(16 * 1024).expect("a small buffer");
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
    let listener = socket.listen(1024).expect("a listener");
    let address = listener.local_addr().expect("an address");
    let router = server.router().merge(server.rest(None));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

impl Host {
    #[expect(clippy::unused_async, reason = "as `restore`, which waits for a directory")]
    pub async fn start(limits: Limits) -> Self {
        let server = RoomServer::with_limits(config(), limits, credentials());
        let address = serve(&server);
        Self { server, address, runtime: None }
    }

    /// One whose rooms are kept in a directory, on a runtime of its own so that it can be [killed](Self::kill).
    pub async fn restore(directory: &Path) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let directory = directory.to_owned();
        let started = runtime.spawn(async move {
            let server = RoomServer::restore(config(), Limits::default(), credentials(), &directory).await;
            let server = server.expect("the directory is free in time");
            let address = serve(&server);
            (server, address)
        });
        let (server, address) = started.await.expect("it starts");
        Self { server, address, runtime: Some(runtime) }
    }

    /// Ends it in the middle of whatever it does: nothing is said, closed or written any more.
    pub fn kill(self) {
        assert!(self.runtime.is_some(), "it has a runtime of its own");
    }

    pub async fn open(&self) -> Client {
        let tcp = TcpSocket::new_v4().expect("a socket");
        // So that a client that does not read is soon noticed.
        tcp.set_recv_buffer_size(16 * 1024).expect("a small buffer");
        let tcp = tcp.connect(self.address).await.expect("connected");
        let url = format!("ws://{}/signaling", self.address);
        let (socket, _) = client_async(url, tcp).await.expect("upgraded");
        Client { socket, session: String::new() }
    }

    /// Comes back with a lost client's session. Returns the whole state of the room.
    pub async fn sync(&self, lost: &Client, identity: &str) -> (Client, Value) {
        let mut client = self.open().await;
        client.session.clone_from(&lost.session);
        client
            .send(&json!({"type": "hello", "id": "1", "timeout": 5000, "version": 2, "body": {
                "type": "sync", "version": 2, "token": token(identity, ""), "session": lost.session,
                "participant": {"revision": 1, "tracks": []}, "peer_connections": []}}))
            .await;
        assert_eq!(client.frame().await["type"], "welcome");
        let state = client.message().await;
        (client, state)
    }

    /// Somebody in a room, with one offer on connection `pc-<identity>`.
    pub async fn join(&self, identity: &str, room: &str) -> (Client, Value) {
        self.join_with_heartbeat(identity, room, Duration::from_secs(5)).await
    }

    /// The same, with a heartbeat of its own wish.
    pub async fn join_with_heartbeat(
        &self,
        identity: &str,
        room: &str,
        heartbeat: Duration,
    ) -> (Client, Value) {
        let mut client = self.open().await;
        let token = token(identity, room);
        let offer = json!({"id": format!("pc-{identity}"), "description": {"type": "offer", "revision": 1, "sdp": ""}});
        client
            .send(
                &json!({"type": "hello", "id": "1", "timeout": heartbeat.as_millis(), "version": 2, "body": {
                "type": "connect", "version": 2, "token": token, "name": room,
                "participant": {"revision": 1, "tracks": []}, "peer_connections": [offer]}}),
            )
            .await;
        assert_eq!(client.frame().await["type"], "welcome");
        let state = client.message().await;
        assert_eq!(state["type"], "connected", "{state}");
        state["session"].as_str().expect("a session").clone_into(&mut client.session);
        (client, state)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    pub async fn send(&mut self, frame: &Value) {
        self.socket.send(Message::text(frame.to_string())).await.expect("sent");
    }

    pub async fn update(&mut self, peer: &Value) {
        let body = json!({"type": "update", "session": self.session, "peer_connections": [peer]});
        self.send(&json!({"type": "msg", "body": body})).await;
    }

    /// Publishes these tracks and no others.
    pub async fn publish(&mut self, revision: u64, tracks: &Value) {
        let participant = json!({"revision": revision, "tracks": tracks});
        let body = json!({"type": "update", "session": self.session, "participant": participant});
        self.send(&json!({"type": "msg", "body": body})).await;
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
