//! A room server on a port of its own, and people in its rooms.
#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

use super::client::Client;
use owl_hospital::{
    rooms::{AdHocRooms, Limits, RoomServer, RoomsConfig},
    tokens::{self, Credentials, IceServers},
};
use serde_json::{Value, json};
use std::{net::SocketAddr, path::Path, time::Duration};
use tokio::{
    net::TcpSocket,
    runtime::{Builder, Runtime},
};

pub struct Host {
    pub server: RoomServer,
    pub address: SocketAddr,
    /// Of a server that can be killed.
    runtime: Option<Runtime>,
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
        Client::open(self.address.port(), &[]).await.expect("a socket")
    }

    /// Comes back with a lost client's session. Returns the whole state of the room.
    pub async fn sync(&self, lost: &Client, identity: &str) -> (Client, Value) {
        let mut client = self.open().await;
        let state = client.sync(&token(identity, ""), &lost.session).await;
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
        let offer = json!({"id": format!("pc-{identity}"), "description": {"type": "offer", "revision": 1, "sdp": ""}});
        client.heartbeat = heartbeat;
        let state = client.connect(&token(identity, room), room, json!({"peer_connections": [offer]})).await;
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
