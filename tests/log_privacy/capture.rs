//! Everything that is logged in this process, at the most that LOG can ask for, of every library too.

use std::{
    io,
    sync::{Mutex, OnceLock},
};
use tracing_subscriber::{
    Layer,
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static BEGUN: OnceLock<()> = OnceLock::new();

struct Capture;

impl io::Write for &Capture {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Capture {
    type Writer = &'a Self;
    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

/// Listens from now on.
pub fn begin() {
    BEGUN.get_or_init(|| {
        tracing_subscriber::registry()
            .with(
                fmt::layer()
                    .with_writer(Capture)
                    .with_ansi(false)
                    .with_filter(owl_hospital::server::telemetry::filter("trace")),
            )
            .init();
    });
}

/// Fails if any of it was logged, or if so little was that nothing can be said.
pub fn expect_none_of<'a>(secrets: impl IntoIterator<Item = &'a String>, signs_of_life: &[&str]) {
    let log = String::from_utf8(LOGGED.lock().unwrap().clone()).unwrap();
    for sign in signs_of_life {
        assert!(log.contains(sign), "nothing of “{sign}” in:\n{log}");
    }
    for secret in secrets {
        assert!(secret.len() >= 5, "“{secret}” is in every log");
        if let Some(line) = log.lines().find(|line| line.contains(secret.as_str())) {
            panic!("“{secret}” was logged: {line}");
        }
    }
}
