//! A clinic's clock as a browser needs it, which has no list of time zones: how far it is from UTC, and when that changes.

use super::visit::Millis;
use serde::{Deserialize, Serialize};

const DAY: i64 = 24 * 60;

/// A clock on the wall.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallClock {
    /// How far it is from UTC before the first change, in minutes; to the east is more.
    first: i32,
    /// From when on it is so far from UTC, in minutes. Earliest first.
    changes: Vec<(Millis, i32)>,
}

impl WallClock {
    /// One that is `first` minutes from UTC, and from each of the moments on as many as stand there. Earliest first.
    pub fn new(first: i32, changes: Vec<(Millis, i32)>) -> Self {
        Self { first, changes }
    }

    /// Minutes since the beginning of 1970, as this clock counts them.
    fn minutes(&self, at: Millis) -> i64 {
        let offset =
            self.changes.iter().rev().find(|(from, _)| *from <= at).map_or(self.first, |(_, offset)| *offset);
        (at.0 / 60_000).cast_signed().saturating_add(i64::from(offset))
    }

    /// A number for the date: one more each midnight.
    pub fn day(&self, at: Millis) -> i64 {
        self.minutes(at).div_euclid(DAY)
    }

    /// The time as people read it: `14:30`.
    pub fn time(&self, at: Millis) -> String {
        let of_day = self.minutes(at).rem_euclid(DAY);
        format!("{:02}:{:02}", of_day / 60, of_day % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600_000;

    #[test]
    fn a_time_is_shown_by_this_clock() {
        assert_eq!(WallClock::default().time(Millis(0)), "00:00");
        let west = WallClock::new(-120, Vec::new());
        assert_eq!((west.time(Millis(90 * 60_000)), west.day(Millis(90 * 60_000))), ("23:30".to_owned(), -1));
    }

    #[test]
    fn a_clock_that_is_changed_shows_each_moment_as_it_will_be_then() {
        // Spring: 02:00 becomes 03:00, an hour after UTC's midnight.
        let spring = WallClock::new(60, vec![(Millis(HOUR), 120)]);
        assert_eq!([0, HOUR - 60_000, HOUR].map(|at| spring.time(Millis(at))), ["01:00", "01:59", "03:00"]);
        // The next midnight comes an hour earlier than it would have.
        assert_eq!([21, 22].map(|hour| spring.day(Millis(hour * HOUR))), [0, 1]);
    }
}
