//! The queue of a clinic: which visits are where in it, and in which order.

use super::{
    WallClock,
    visit::{Millis, Presence, Stage, Visit},
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Who is to come within so long is expected, whatever the date.
const SHORTLY: Duration = Duration::from_hours(2);

/// Where a visit is in the queue's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Section {
    /// Ready, and waiting to be let in.
    Waiting,
    /// With a provider, or about to be.
    InRoom,
    /// Checked in, and getting ready.
    GettingReady,
    /// Expected.
    Expected,
}

/// How long somebody has waited, in steps that are told apart by more than a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patience {
    /// Under a quarter of an hour.
    Fresh,
    /// Under half an hour.
    Long,
    /// Longer.
    TooLong,
}

impl Section {
    /// All of them, in their order on the page.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::InRoom, Self::GettingReady, Self::Expected];

    /// A stable word for forms, style sheets and tests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::InRoom => "with-a-provider",
            Self::GettingReady => "getting-ready",
            Self::Expected => "expected",
        }
    }

    /// Where a visit is. None: it is over.
    pub fn of(visit: &Visit) -> Option<Self> {
        match visit.stage {
            Stage::Waiting => Some(Self::Waiting),
            Stage::Admitted { .. } | Stage::SteppedOut { .. } => Some(Self::InRoom),
            Stage::CheckedIn => Some(Self::GettingReady),
            Stage::Scheduled => Some(Self::Expected),
            Stage::Ended(_) => None,
        }
    }
}

/// What sorts visits within a section: who waits longest is first, by presence and not by schedule; who is expected, by time.
pub fn order(visit: &Visit) -> (Section, Millis, Millis, u128) {
    let section = Section::of(visit).unwrap_or(Section::Expected);
    let (checked_in, starts, seat) = visit.queue_key();
    match section {
        Section::Expected => (section, starts, starts, seat),
        _ => (section, checked_in, starts, seat),
    }
}

/// Who has not come yet is shown as expected on the day of the appointment, by the clinic's clock; in the evening also who is to
/// come shortly after midnight.
pub fn is_expected_today(visit: &Visit, now: Millis, clock: &WallClock) -> bool {
    clock.day(visit.starts_at) <= clock.day(now) || visit.starts_at <= now.plus(SHORTLY)
}

/// Whole minutes since the first check-in, whatever happened since. None before it.
pub fn waited_minutes(visit: &Visit, now: Millis) -> Option<u64> {
    visit.checked_in_at.map(|since| now.0.saturating_sub(since.0) / 60_000)
}

/// Whole minutes since the patient's page is gone. None while it is there.
pub fn away_minutes(visit: &Visit, now: Millis) -> Option<u64> {
    match visit.presence {
        Presence::Away { since } if visit.checked_in_at.is_some() => {
            Some(now.0.saturating_sub(since.0) / 60_000)
        }
        _ => None,
    }
}

impl Patience {
    /// How long that is.
    pub fn of(minutes: u64) -> Self {
        match minutes {
            0..15 => Self::Fresh,
            15..30 => Self::Long,
            _ => Self::TooLong,
        }
    }

    /// What is said of it beside the minutes, so that nobody has to tell colours apart. Empty: nothing.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Fresh => "",
            Self::Long => "long",
            Self::TooLong => "too long",
        }
    }

    /// A stable word for style sheets and tests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Long => "long",
            Self::TooLong => "too-long",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::visit::{Actor, Change, Event, PatientId, SeatId, StaffId, StaffRole};

    fn visit(seat: u128, starts_at: u64, checked_in_at: Option<u64>) -> Visit {
        let provider = StaffId(1);
        let by = Actor::Staff(provider, StaffRole::Provider);
        let change = Change::Scheduled {
            patient: PatientId(seat),
            provider,
            seat: SeatId(seat),
            starts_at: Millis(starts_at),
            minutes: 15,
            interpreter: false,
        };
        let mut log = vec![Event { seq: 1, at: Millis(0), by, change }];
        if let Some(at) = checked_in_at {
            log.push(Event { seq: 2, at: Millis(at), by: Actor::Patient, change: Change::CheckedIn });
            log.push(Event { seq: 3, at: Millis(at), by: Actor::Patient, change: Change::ReadyToWait });
        }
        Visit::of(&log).unwrap()
    }

    #[test]
    fn who_came_first_is_first_whatever_the_schedule_says() {
        let mut visits =
            [visit(1, 50, Some(9)), visit(2, 10, Some(20)), visit(3, 30, None), visit(4, 20, None)];
        visits.sort_by_key(order);
        assert_eq!(visits.map(|visit| visit.seat.0), [1, 2, 4, 3]);
    }

    #[test]
    fn bug_20_nobody_waits_before_they_have_come() {
        assert_eq!(waited_minutes(&visit(1, 0, None), Millis(3_600_000)), None);
        assert_eq!(waited_minutes(&visit(1, 0, Some(600_000)), Millis(1_260_000)), Some(11));
    }

    #[test]
    fn who_is_to_come_another_day_is_not_expected_today() {
        const DAY: u64 = 24 * 3_600_000;
        let at = |hours: u64| visit(1, 10 * DAY + hours * 3_600_000, None);
        let now = Millis(10 * DAY + 9 * 3_600_000);
        let clock = |offset| WallClock::new(offset, Vec::new());
        let expected = |hours, offset| is_expected_today(&at(hours), now, &clock(offset));
        assert!(expected(0, 0) && expected(8, 0) && expected(23, 0), "today, also what is due already");
        assert!(!expected(24, 0) && !expected(33, 0), "tomorrow");
        assert!(expected(24, -60), "today by the clinic's clock");
        let evening = Millis(10 * DAY + 23 * 3_600_000);
        let late = |hours| is_expected_today(&at(hours), evening, &clock(0));
        assert!(late(25) && !late(26));
    }

    #[test]
    fn a_wait_is_told_in_three_steps() {
        assert_eq!(
            [14, 15, 29, 30].map(Patience::of),
            [Patience::Fresh, Patience::Long, Patience::Long, Patience::TooLong]
        );
    }
}
