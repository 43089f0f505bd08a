//! The servers under load: each a process of its own, watched through `/proc`.

use owl_hospital::tokens::Credentials;
use secrecy::ExposeSecret;
use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio::net::TcpStream;

/// Both start within a fraction of it.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A server under load. Killed when dropped.
pub struct Server {
    pub name: &'static str,
    pub address: SocketAddr,
    pub credentials: Credentials,
    child: Child,
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
        Self { name, address, credentials, child, _data: data }
    }

    /// The processor time that it has used so far, of all its threads.
    pub fn cpu(&self) -> Duration {
        // proc_pid_stat(5): fields 14 and 15, in ticks of 10 ms. The second field may hold spaces, and ends with ")".
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("it runs");
        let (_, fields) = stat.rsplit_once(") ").expect("a name in parentheses");
        let ticks: u64 =
            fields.split(' ').skip(11).take(2).map(|field| field.parse::<u64>().expect("ticks")).sum();
        Duration::from_millis(ticks * 10)
    }

    /// Its resident memory, in bytes.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("kB") * 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
