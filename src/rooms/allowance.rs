//! How much somebody may say: so many messages and bytes at once, and so many each second after that.
//!
//! Source: the generic cell rate algorithm (ITU-T I.371), which needs one number a bucket.

use super::config::Rate;
use std::time::Duration;

/// What somebody has left to say.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::rooms) struct Allowance {
    messages: Bucket,
    bytes: Bucket,
}

/// The time at which it will be full again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Bucket(Duration);

impl Allowance {
    /// Takes one message of this length. False if there is not enough left for it.
    pub fn spend(&mut self, length: usize, rate: &Rate, now: Duration) -> bool {
        self.messages.spend(1, rate.messages_per_second, rate.messages_at_once, now)
            && self.bytes.spend(bytes(length), rate.bytes_per_second, rate.bytes_at_once, now)
    }

    /// Takes one message of this length from what may hold less than that: it will be full so much later.
    pub fn owe(&mut self, length: usize, rate: &Rate, now: Duration) {
        self.messages.owe(1, rate.messages_per_second, now);
        self.bytes.owe(bytes(length), rate.bytes_per_second, now);
    }

    /// What is left after all that was taken from the one and from the other.
    pub fn and(self, other: Self, now: Duration) -> Self {
        Self { messages: self.messages.and(other.messages, now), bytes: self.bytes.and(other.bytes, now) }
    }

    /// Whether a tenth of what may be said at once is left: with less there is little that one could do.
    pub fn has_a_tenth(&self, rate: &Rate, now: Duration) -> bool {
        self.messages.has(rate.messages_at_once / 10, rate.messages_per_second, rate.messages_at_once, now)
            && self.bytes.has(rate.bytes_at_once / 10, rate.bytes_per_second, rate.bytes_at_once, now)
    }

    /// When nothing will be missing.
    pub fn full_at(&self) -> Duration {
        self.messages.max(self.bytes).0
    }
}

impl Bucket {
    fn spend(&mut self, amount: u64, per_second: u64, at_once: u64, now: Duration) -> bool {
        let is_enough = self.has(amount, per_second, at_once, now);
        if is_enough {
            self.owe(amount, per_second, now);
        }
        is_enough
    }

    fn has(&self, amount: u64, per_second: u64, at_once: u64, now: Duration) -> bool {
        let full = self.0.max(now).saturating_add(time(amount, per_second));
        full <= now.saturating_add(time(at_once, per_second))
    }

    fn owe(&mut self, amount: u64, per_second: u64, now: Duration) {
        self.0 = self.0.max(now).saturating_add(time(amount, per_second));
    }

    fn and(self, other: Self, now: Duration) -> Self {
        Self(self.0.max(now).saturating_add(other.0.saturating_sub(now)))
    }
}

fn bytes(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// How long it takes to earn this much.
fn time(amount: u64, per_second: u64) -> Duration {
    let nanoseconds = u128::from(amount) * 1_000_000_000 / u128::from(per_second.max(1));
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
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
    fn what_was_taken_from_two_is_missing_in_both_together() {
        let now = Duration::from_secs(1000);
        let (mut one, mut other) = (Allowance::default(), Allowance::default());
        assert!(one.spend(40, &RATE, now) && other.spend(50, &RATE, now));
        let mut both = one.and(other, now);
        assert_eq!(both.full_at(), now + Duration::from_secs(9));
        assert!(both.has_a_tenth(&RATE, now));
        assert!(both.spend(1, &RATE, now) && !both.has_a_tenth(&RATE, now), "9 bytes are left");
        both.owe(1000, &RATE, now);
        assert!(!both.spend(0, &RATE, now + Duration::from_secs(90)));
    }

    #[test]
    fn no_number_overflows() {
        let rate = Rate { bytes_per_second: 0, ..RATE };
        let mut allowance = Allowance::default();
        assert!(!allowance.spend(usize::MAX, &rate, Duration::from_secs(1)));
    }
}
