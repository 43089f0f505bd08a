//! A PostgreSQL of our own, where its programs are on the machine: a temporary cluster on a socket in a folder, as it is after
//! `initdb`, so also with `fsync`.

use owl_hospital::server::config::Database;
use std::{
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// Stopped and removed when dropped.
pub struct Cluster {
    folder: TempDir,
    port: u16,
}

impl Cluster {
    /// Starts one, or says why it cannot.
    pub async fn start() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        drop(listener);
        let cluster = Self { folder, port };
        tokio::task::spawn_blocking(move || {
            own(cluster.folder.path())?;
            cluster.run("initdb", &["-D", "data", "-U", "owl", "--auth=trust", "-E", "UTF8"])?;
            let options = format!("-h 127.0.0.1 -p {port} -k {}", cluster.folder.path().display());
            cluster.run("pg_ctl", &["-D", "data", "-w", "-l", "log", "-o", &options, "start"])?;
            Ok(cluster)
        })
        .await
        .map_err(|error| error.to_string())?
    }

    pub fn database(&self) -> Database {
        Database::Postgres(format!("postgres://owl@127.0.0.1:{}/postgres", self.port).into())
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let output = as_anybody_but_root(program, arguments, self.folder.path())
            .map_err(|error| format!("{program} cannot be started ({})", error.kind()))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("{program} failed: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(why) = self.run("pg_ctl", &["-D", "data", "-m", "immediate", "stop"]) {
            println!("{why}");
        }
    }
}

/// PostgreSQL refuses root, as in a container: there the user that its package makes runs it.
fn as_anybody_but_root(program: &str, arguments: &[&str], folder: &Path) -> std::io::Result<Output> {
    let mut command = match postgres_user() {
        Some(_) => {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", program]);
            command
        }
        None => Command::new(program),
    };
    // Not piped: the server that `pg_ctl` leaves behind would hold the pipe open.
    let errors = folder.join("errors");
    let file = std::fs::File::create(&errors)?;
    let status = command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(file)
        .status()?;
    Ok(Output { status, stdout: Vec::new(), stderr: std::fs::read(errors)? })
}

/// The folder is for whoever runs the cluster.
fn own(folder: &Path) -> Result<(), String> {
    let Some((user, group)) = postgres_user() else { return Ok(()) };
    let owned = chown(folder, Some(user), Some(group))
        .and_then(|()| std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)));
    owned.map_err(|error| error.to_string())
}

/// The user that PostgreSQL's package makes, if we are root.
fn postgres_user() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    let is_root = std::fs::metadata(PathBuf::from("/proc/self")).ok()?.uid() == 0;
    let users = std::fs::read_to_string("/etc/passwd").ok().filter(|_| is_root)?;
    let line = users.lines().find(|line| line.starts_with("postgres:"))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
