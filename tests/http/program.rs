//! The real program, as somebody starts it.

use std::{
    io::{BufRead, BufReader},
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

    pub fn start_with(directory: &Path, listen: &str, more: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_owl"));
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
