//! The only place in `rooms` that knows what time it is.

use super::core::Now;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// What is told at the start, so that moments before it have a name too: for how long nobody was heard.
const START: Duration = Duration::from_hours(1);

/// Tells the time since an hour before it was made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    start: Instant,
}

impl Clock {
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }

    /// The time now. The monotonic part is tokio's, so that tests can stop it.
    pub fn now(self) -> Now {
        let since_epoch = self.system().duration_since(UNIX_EPOCH);
        Now { monotonic: START + self.start.elapsed(), unix: since_epoch.map_or(0, |since| since.as_secs()) }
    }

    /// Milliseconds since 1970, for what people and programs read.
    pub fn unix_millis() -> u64 {
        #[expect(clippy::disallowed_methods, reason = "this is the module that reads the clock for `rooms`")]
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        since_epoch.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    /// The time now as other processes know it too. May jump.
    #[expect(clippy::unused_self, reason = "who has no clock may not ask for the time")]
    #[expect(clippy::disallowed_methods, reason = "this is the module that reads the clock for `rooms`")]
    pub fn system(self) -> SystemTime {
        SystemTime::now()
    }

    /// When it is `monotonic`.
    pub fn instant(self, monotonic: Duration) -> Instant {
        self.start + monotonic.saturating_sub(START)
    }
}
