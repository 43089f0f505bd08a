//! Calls the core when it wants to be called.

use super::{RoomServer, core::Input, server::Shared};
use std::{
    sync::{Arc, Weak, atomic::Ordering},
    time::Duration,
};

impl RoomServer {
    /// Starts the timekeeper with the first socket: only then is there surely a runtime.
    pub(super) fn keep_time(&self) {
        if !self.shared.keeps_time.swap(true, Ordering::Relaxed) {
            tokio::spawn(keep_time(Arc::downgrade(&self.shared)));
        }
    }
}

/// Calls the core when it wants to be called, until the server is dropped.
async fn keep_time(server: Weak<Shared>) {
    /// How often to look whether the server still exists, if there is nothing else to do.
    const IDLE: Duration = Duration::from_secs(1);
    while let Some(shared) = server.upgrade() {
        let at = shared.arm();
        shared.pulse();
        let idle = shared.clock.now().monotonic + IDLE;
        let until = shared.clock.instant(at.map_or(idle, |at| at.min(idle)));
        tokio::select! {
            () = tokio::time::sleep_until(until) => {}
            () = shared.sooner.notified() => continue,
        }
        if at.is_some_and(|at| at <= shared.clock.now().monotonic) {
            shared.handle(Input::Timeout);
        }
    }
}
