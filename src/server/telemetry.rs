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
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts logging to standard error. Called once, by `main`; tests install their own.
pub fn start(log: &Log) {
    let registry = tracing_subscriber::registry().with(EnvFilter::new(&log.filter));
    let layer =
        tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    // Fails only when a log is there already, which then goes on.
    let _ = match log.format {
        LogFormat::Text => registry.with(layer).try_init(),
        LogFormat::Json => registry.with(layer.json()).try_init(),
    };
}
