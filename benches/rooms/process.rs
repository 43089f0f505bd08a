//! The servers under load: each a process of its own.

use crate::common::Process;
use owl_hospital::tokens::Credentials;
use secrecy::ExposeSecret;
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tokio::net::TcpStream;

/// Both start within a fraction of it.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A server under load.
pub struct Server {
    pub name: &'static str,
    pub address: SocketAddr,
    pub credentials: Credentials,
    pub process: Process,
    /// Holds what the server stores; removed with it.
    _data: tempfile::TempDir,
}

fn credentials() -> Credentials {
    Credentials {
        account_sid: format!("AC{}", "a".repeat(32)),
        key_sid: format!("SK{}", "b".repeat(32)),
        key_secret: "a secret of the benchmark, and of nothing else".into(),
    }
}

impl Server {
    /// `owl rooms`, as it was built for release.
    pub async fn owl() -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let address = free_address();
        let credentials = credentials();
        let mut command = Command::new(root().join("target/release/owl"));
        command
            .arg("rooms")
            .env_clear()
            .current_dir(data.path())
            .env("LISTEN", address.to_string())
            .env("DATA_DIR", data.path())
            .env("LOG", "warn")
            .env("TWILIO_ACCOUNT_SID", &credentials.account_sid)
            .env("TWILIO_API_KEY", &credentials.key_sid)
            .env("TWILIO_API_SECRET", credentials.key_secret.expose_secret());
        Self::start("Owl", command, address, credentials, data).await
    }

    /// The minimal relay on Node's `ws`.
    pub async fn relay() -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let address = free_address();
        let credentials = credentials();
        let mut command = Command::new("node");
        command
            .arg(root().join("benches/rooms/relay.mjs"))
            .env("PORT", address.port().to_string())
            .env("SECRET", credentials.key_secret.expose_secret());
        Self::start("Node ws", command, address, credentials, data).await
    }

    async fn start(
        name: &'static str,
        mut command: Command,
        address: SocketAddr,
        credentials: Credentials,
        data: tempfile::TempDir,
    ) -> Self {
        let child =
            command.stdout(Stdio::null()).spawn().expect("started; `make build` and `npm ci` come first");
        let is_up = async {
            while TcpStream::connect(address).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(START_TIMEOUT, is_up).await.expect("it listens");
        Self { name, address, credentials, process: Process(child), _data: data }
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
