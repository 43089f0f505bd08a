//! The server's clock. The only place in `server` that reads the time; everything else gets it passed in.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01 UTC, for the claims of tokens.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub fn unix_seconds() -> u64 {
    // A clock before 1970 is a broken machine: tokens made then are expired for everybody else, which is safe.
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}
