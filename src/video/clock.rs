//! Time as the page measures it.

use std::time::Duration;

/// Time since the page was opened. Never goes back.
pub(super) fn now() -> Duration {
    let milliseconds = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |p| p.now());
    Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default()
}
