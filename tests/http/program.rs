//! The real program, as somebody starts it.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    os::fd::OwnedFd,
    path::Path,
    process::{Child, Command, Stdio},
};

/// Ends the program also when the test fails.
pub struct Owl(pub Child);

impl Drop for Owl {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Owl {
    pub fn start(directory: &Path, listen: &str) -> Self {
        Self::start_with(directory, listen, &[])
    }

    /// With a socket that stays open when the program ends: as systemd hands it over, with the number 3.
    pub fn start_held(directory: &Path, held: &TcpListener) -> Self {
        let hand_over = "exec 3<&0 0</dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\"";
        let mut command = Command::new("sh");
        command.args(["-c", hand_over, env!("CARGO_BIN_EXE_owl")]);
        command.stdin(OwnedFd::from(held.try_clone().unwrap()));
        Self::spawn(command, directory, "127.0.0.1:1", &[])
    }

    pub fn start_with(directory: &Path, listen: &str, more: &[(&str, &str)]) -> Self {
        Self::spawn(Command::new(env!("CARGO_BIN_EXE_owl")), directory, listen, more)
    }

    fn spawn(mut command: Command, directory: &Path, listen: &str, more: &[(&str, &str)]) -> Self {
        let settings = [("LISTEN", listen), ("LOG", "info"), ("LOG_FORMAT", "text")];
        command
            .envs(settings)
            .envs(more.iter().copied())
            .env("DATA_DIR", directory)
            .env("LEPTOS_SITE_ROOT", directory);
        Self(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Waits until it serves, and says at which port. None if it ended instead.
    pub fn port(&mut self) -> Option<u16> {
        let mut welcome = String::new();
        BufReader::new(self.0.stdout.take().unwrap()).read_line(&mut welcome).unwrap();
        welcome.split("localhost:").nth(1)?.split_whitespace().next()?.parse().ok()
    }

    pub fn signal(&self, name: &str) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
    }
}
