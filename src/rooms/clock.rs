//! The only place in `rooms` that knows what time it is.

use super::core::{Now, Uptime};
use std::{
    fs,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::time::Instant;

/// What is told at the start, so that moments before it have a name too: for how long nobody was heard.
const START: Duration = Duration::from_hours(1);

/// Tells the time since an hour before it was made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    start: Instant,
    boot: Option<u128>,
    /// What it was at the start. To read it again for every message is too dear.
    uptime: Option<Uptime>,
}

impl Clock {
    pub fn new() -> Self {
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
        let boot = boot.and_then(|id| u128::from_str_radix(&id.trim().replace('-', ""), 16).ok());
        Self { start: Instant::now(), boot, uptime: boot.and_then(uptime) }
    }

    /// The time now. The monotonic part is tokio's, so that tests can stop it.
    pub fn now(self) -> Now {
        let (elapsed, since_epoch) = (self.start.elapsed(), self.system().duration_since(UNIX_EPOCH));
        Now {
            monotonic: START + elapsed,
            unix: since_epoch.map_or(0, |since| since.as_secs()),
            uptime: self.uptime.map(|start| Uptime { since: start.since + elapsed, ..start }),
        }
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

    /// How long the machine runs. None where it is not Linux that could say.
    pub fn uptime(self) -> Option<Uptime> {
        self.boot.and_then(uptime)
    }

    /// When it is `monotonic`.
    pub fn instant(self, monotonic: Duration) -> Instant {
        self.start + monotonic.saturating_sub(START)
    }
}

fn uptime(boot: u128) -> Option<Uptime> {
    // CLOCK_BOOTTIME, in seconds with two decimals (proc_uptime(5)).
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let since = text.split_whitespace().next()?.parse().ok()?;
    Some(Uptime { boot, since: Duration::try_from_secs_f64(since).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_says_how_long_it_runs_and_two_clocks_agree_on_it() {
        let one = Clock::new().uptime().expect("Linux");
        let other = Clock::new().uptime().expect("Linux");
        assert!(!one.since.is_zero() && other.elapsed_since(one).is_some());
        let told = Clock::new().now().uptime.expect("Linux");
        assert!(told.elapsed_since(other).is_some(), "what the core is told is the same time");
    }
}
