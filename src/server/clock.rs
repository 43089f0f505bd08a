//! The server's clock. The only place in `server` that reads the time; everything else gets it passed in.

use crate::domain::visit::Millis;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01 UTC, for the claims of tokens.
pub fn unix_seconds() -> u64 {
    since_1970().as_secs()
}

/// The time, for the logs of visits.
pub fn now() -> Millis {
    Millis(0).plus(since_1970())
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn since_1970() -> Duration {
    // A clock before 1970 is a broken machine: tokens made then are expired for everybody else, which is safe.
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
