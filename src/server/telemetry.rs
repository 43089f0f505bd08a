//! The log.
//!
//! # Never log
//!
//! The log is read by people who are not part of the visit, kept for long, and copied to other systems. So no event,
//! span or error text may hold:
//!
//! - a token, a secret, a password, a link's secret part, a cookie;
//! - an identity, a name, a birth date, a reason for a visit, a message, a note, a device's name;
//! - an address of a person: IP, e-mail, telephone;
//! - a query string, a request or response body, a `Referer`;
//! - a session description or ICE candidate (they hold addresses and keys);
//! - a `Debug` of a request, a configuration, a ticket, or a foreign error whose text repeats its input.
//!
//! What may be logged: method, matched route (never the path), status, request id, durations, counts, room and
//! participant SIDs that the server made itself. `tests/log_privacy.rs` drives a visit and searches everything logged.

use super::config::{Log, LogFormat};
use std::io::{self, IsTerminal};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    layer::{Filter, SubscriberExt},
    registry::LookupSpan,
    util::SubscriberInitExt,
};

/// Starts logging to standard error. Called once, by `main`; tests install their own.
pub fn start(log: &Log) {
    let registry = tracing_subscriber::registry();
    let layer =
        tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    let filter = filter(&log.filter);
    // Fails only when a log is there already, which then goes on.
    let _ = match log.format {
        LogFormat::Text => registry.with(layer.with_filter(filter)).try_init(),
        LogFormat::Json => registry.with(layer.json().with_filter(filter)).try_init(),
    };
}

/// What is logged: what `LOG` asks for, except what shows frames.
pub fn filter<S: Subscriber + for<'a> LookupSpan<'a>>(log: &str) -> impl Filter<S> + use<S> {
    // Without its hint nobody could know that a `trace!` is not wanted, and each would be asked about: several for every frame.
    EnvFilter::new(log).and(filter_fn(shows_no_frames).with_max_level_hint(Level::TRACE))
}

/// False for events that hold frames of web sockets, and with them tokens: tungstenite writes messages at `trace`, and
/// what closes say at `debug`. Not a directive of the filter, since a more special one in `LOG` would outdo it.
fn shows_no_frames(event: &Metadata<'_>) -> bool {
    let library = event.target().split("::").next();
    *event.level() <= Level::INFO || !matches!(library, Some("tungstenite" | "tokio_tungstenite"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};
    use tracing::{Subscriber, debug, level_filters::LevelFilter, subscriber::with_default, trace, warn};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn frames_are_never_logged_whatever_is_asked_for() {
        for log in ["trace", "tungstenite=trace", "tungstenite::protocol=trace,tokio_tungstenite=debug"] {
            let lines = Lines::default();
            let written = lines.clone();
            let layer = tracing_subscriber::fmt::layer().with_writer(move || lines.clone());
            with_default(tracing_subscriber::registry().with(layer.with_filter(filter(log))), || {
                trace!(target: "tungstenite::protocol", "a token");
                debug!(target: "tokio_tungstenite", "a token");
                warn!(target: "tungstenite::protocol", "a warning");
            });
            let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
            assert!(!written.contains("token"), "{log}: {written}");
            assert!(written.contains("warning"), "{log}: what is harmless is");
        }
    }

    #[test]
    fn what_is_not_asked_for_costs_a_comparison_and_no_more() {
        for (log, most) in [("warn", LevelFilter::WARN), ("info,owl_hospital=debug", LevelFilter::DEBUG)] {
            let layer = tracing_subscriber::fmt::layer().with_writer(io::sink);
            let log = tracing_subscriber::registry().with(layer.with_filter(filter(log)));
            assert_eq!(log.max_level_hint(), Some(most));
        }
    }
}
