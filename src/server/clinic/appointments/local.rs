//! The clinic's clock on the wall: what somebody means who writes "2:30" down, also on the nights when clocks are changed.

use crate::domain::visit::Millis;
use jiff::{
    Timestamp, ToSpan, Zoned,
    civil::{Date, Time},
    tz::{AmbiguousOffset, Offset, TimeZone},
};

/// Of an hour that comes twice, when clocks go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Before they do.
    First,
    /// After.
    Second,
}

/// Why a time on the wall is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallError {
    /// Clocks go forward over it.
    Skipped,
    /// Clocks go back over it: which one is meant?
    Twice,
}

/// The moment at which the wall's clock shows this.
///
/// # Errors
/// See [`WallError`].
pub fn moment(zone: &TimeZone, date: Date, time: Time, which: Option<Which>) -> Result<Millis, WallError> {
    let shown = date.to_datetime(time);
    let ambiguous = zone.to_ambiguous_timestamp(shown);
    let offset = match (ambiguous.offset(), which) {
        (AmbiguousOffset::Unambiguous { offset }, _) => offset,
        (AmbiguousOffset::Gap { .. }, _) => return Err(WallError::Skipped),
        (AmbiguousOffset::Fold { .. }, None) => return Err(WallError::Twice),
        (AmbiguousOffset::Fold { before, .. }, Some(Which::First)) => before,
        (AmbiguousOffset::Fold { after, .. }, Some(Which::Second)) => after,
    };
    // Only years that nobody plans for are out of range.
    offset.to_timestamp(shown).map(moment_of).map_err(|_| WallError::Skipped)
}

/// The day's beginning, and the next one's. A day can have 23 or 25 hours.
pub fn bounds(zone: &TimeZone, date: Date) -> (Millis, Millis) {
    let begin =
        |date: Date| date.to_zoned(zone.clone()).map_or(Millis(0), |begin| moment_of(begin.timestamp()));
    (begin(date), begin(date.checked_add(1.day()).unwrap_or(date)))
}

/// A moment, as the wall shows it.
pub fn on_the_wall(zone: &TimeZone, at: Millis) -> Zoned {
    let at = i64::try_from(at.0).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    at.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

/// A time as people write it: `14:30`, and with the clock's name (`02:30 CEST`) on a day when clocks are changed.
pub fn time_of_day(shown: &Zoned) -> String {
    let zone = shown.time_zone();
    let (begin, end) = bounds(zone, shown.date());
    let offset = |at: Millis| -> Offset { on_the_wall(zone, at).offset() };
    let is_changed = offset(begin) != offset(end);
    shown.strftime(if is_changed { "%H:%M %Z" } else { "%H:%M" }).to_string()
}

/// A moment, as this program counts it.
pub fn moment_of(at: Timestamp) -> Millis {
    Millis(u64::try_from(at.as_millisecond()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").unwrap()
    }

    #[test]
    fn an_hour_that_clocks_skip_is_no_time() {
        let found = moment(&berlin(), date(2026, 3, 29), time(2, 30, 0, 0), None);
        assert_eq!(found, Err(WallError::Skipped));
        assert!(moment(&berlin(), date(2026, 3, 29), time(3, 0, 0, 0), None).is_ok());
    }

    #[test]
    fn an_hour_that_comes_twice_has_to_be_told_apart() {
        let at = |which| moment(&berlin(), date(2026, 10, 25), time(2, 30, 0, 0), which);
        assert_eq!(at(None), Err(WallError::Twice));
        let (first, second) = (at(Some(Which::First)).unwrap(), at(Some(Which::Second)).unwrap());
        assert_eq!(second.0 - first.0, 3_600_000);
        assert_eq!(time_of_day(&on_the_wall(&berlin(), first)), "02:30 CEST");
        assert_eq!(time_of_day(&on_the_wall(&berlin(), second)), "02:30 CET");
    }

    #[test]
    fn days_are_as_long_as_they_are() {
        let hours = |day: Date| {
            let (begin, end) = bounds(&berlin(), day);
            (end.0 - begin.0) / 3_600_000
        };
        assert_eq!([date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 1)].map(hours), [23, 25, 24]);
    }

    #[test]
    fn every_moment_of_a_year_is_found_again_by_what_the_wall_shows() {
        for name in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"] {
            let zone = TimeZone::get(name).unwrap();
            let (mut at, end) = (bounds(&zone, date(2026, 1, 1)).0, bounds(&zone, date(2026, 12, 31)).1);
            while at < end {
                let shown = on_the_wall(&zone, at);
                let found = [Which::First, Which::Second]
                    .map(|which| moment(&zone, shown.date(), shown.time(), Some(which)));
                assert!(found.contains(&Ok(at)), "{name} {shown}");
                at = Millis(at.0 + 1_800_000);
            }
        }
    }
}
