//! How much one participant may say: so many messages and bytes at once, and so many each second after that. A new socket for
//! the same seat, or of the same identity, goes on where the old one was, so that to come back fills nothing up; and a room
//! carries no more than its seats together.
//!
//! Measured through the SDK, five people in a mesh with camera, microphone and chat: 7 messages and 24 kB for each peer
//! connection when somebody joins, one more message and 15 kB for each when somebody publishes one more picture. A mesh of ten
//! that negotiates everything anew at once is nine such connections, with more candidates where there are more networks and
//! TURN servers: the SDK repeats all earlier candidates with each new one. 200 messages and 1 MB within a few seconds is
//! already unlikely. The default allows five times that at once, and that again every four seconds for ever after.
//!
//! Whoever says more is told so by an error (53006) and put out: its connection is closed with 1008, its seat is free, and
//! the others see it leave. Before its hello it is told `bad` instead. What is over the limit is not looked into.
//!
//! Source: the generic cell rate algorithm (ITU-T I.371), which needs one number a bucket.

use super::{
    Core,
    connection::{Phase, Seat},
    ids::ConnectionId,
    participant::Presence,
};
use crate::rooms::{
    close,
    config::Rate,
    wire::{Refusal, ServerFrame},
};
use std::time::Duration;

/// What one connection has left.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Allowance {
    messages: Bucket,
    bytes: Bucket,
}

/// The time at which it will be full again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Bucket(Duration);

impl Allowance {
    /// Takes one message of this length. False if there is not enough left.
    pub fn spend(&mut self, length: usize, rate: &Rate, now: Duration) -> bool {
        let bytes = u64::try_from(length).unwrap_or(u64::MAX);
        self.messages.spend(1, rate.messages_per_second, rate.messages_at_once, now)
            && self.bytes.spend(bytes, rate.bytes_per_second, rate.bytes_at_once, now)
    }

    /// What is left of both together.
    fn and(self, other: Self) -> Self {
        Self { messages: self.messages.max(other.messages), bytes: self.bytes.max(other.bytes) }
    }
}

impl Bucket {
    fn spend(&mut self, amount: u64, per_second: u64, at_once: u64, now: Duration) -> bool {
        let full = self.0.max(now).saturating_add(time(amount, per_second));
        let is_enough = full <= now.saturating_add(time(at_once, per_second));
        if is_enough {
            self.0 = full;
        }
        is_enough
    }
}

/// How long it takes to earn this much.
fn time(amount: u64, per_second: u64) -> Duration {
    let nanoseconds = u128::from(amount) * 1_000_000_000 / u128::from(per_second.max(1));
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
}

impl Core {
    /// What somebody in a room has left.
    pub(super) fn left_to(&self, seat: Seat) -> Allowance {
        let participant = self.rooms.get(&seat.room).and_then(|room| room.participant(seat.participant));
        match participant.map(|participant| (participant.presence, participant.allowance)) {
            Some((Presence::Here(id), before)) => {
                self.connections.get(&id).map_or(before, |connection| connection.allowance)
            }
            Some((Presence::Away { .. }, before)) => before,
            None => Allowance::default(),
        }
    }

    /// A connection goes on where another one of the same person was.
    pub(super) fn continue_allowance(&mut self, id: ConnectionId, before: Allowance) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.allowance = connection.allowance.and(before);
        }
    }

    /// Whether a connection may say something of this length. If not, it is put out.
    pub(super) fn allow(&mut self, id: ConnectionId, length: usize) -> bool {
        let Some(connection) = self.connections.get_mut(&id) else { return false };
        if connection.allowance.spend(length, &self.limits.rate, self.now.monotonic) {
            return true;
        }
        tracing::debug!(connection = id.0, "says too much");
        match connection.phase {
            Phase::New => self.send(id, &ServerFrame::Bad { reason: "too many messages" }),
            Phase::Greeted | Phase::Seated(_) => self.expel(id, Refusal::TooMuch),
            Phase::Over => {}
        }
        self.close(id, close::POLICY);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate =
        Rate { messages_at_once: 3, messages_per_second: 2, bytes_at_once: 100, bytes_per_second: 10 };

    #[test]
    fn a_burst_is_allowed_and_then_the_rate_and_time_fills_it_up_again() {
        let (mut allowance, start) = (Allowance::default(), Duration::from_secs(1000));
        let mut spend = |after: u64| allowance.spend(0, &RATE, start + Duration::from_millis(after));
        assert!(spend(0) && spend(0) && spend(0) && !spend(0));
        assert!(!spend(499) && spend(500) && !spend(500));
        assert!(spend(10_000) && spend(10_000) && spend(10_000) && !spend(10_000), "never more than a burst");
    }

    #[test]
    fn bytes_count_by_themselves() {
        let mut allowance = Allowance::default();
        assert!(!allowance.spend(101, &RATE, Duration::ZERO));
        let mut allowance = Allowance::default();
        assert!(allowance.spend(100, &RATE, Duration::ZERO) && !allowance.spend(1, &RATE, Duration::ZERO));
    }

    #[test]
    fn no_number_overflows() {
        let rate = Rate { bytes_per_second: 0, ..RATE };
        let mut allowance = Allowance::default();
        assert!(!allowance.spend(usize::MAX, &rate, Duration::from_secs(1)));
    }
}
