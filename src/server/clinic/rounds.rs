//! Work that is looked after now and again, for as long as the server lives.

use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

/// Rounds of work: the first at once, the next ones so much later each. One that takes longer puts the others off.
pub struct Rounds {
    interval: Interval,
    stopping: CancellationToken,
}

impl Rounds {
    /// Begins. `stopping`: no round after that.
    pub fn every(time: Duration, stopping: CancellationToken) -> Self {
        let mut interval = tokio::time::interval(time);
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { interval, stopping }
    }

    /// Waits for the next round. False: the server stops. Nothing is lost when the waiting is given up.
    pub async fn next(&mut self) -> bool {
        tokio::select! {
            () = self.stopping.cancelled() => false,
            _ = self.interval.tick() => true,
        }
    }
}
