//! When a session ends: after a while without use, and a while after the log-in in any case. Never while a patient is with its
//! owner: a time-out ends no call, and leaves time to finish the note.

use crate::domain::visit::Millis;
use std::time::Duration;

/// A session ends when nobody has used it for so long.
pub const IDLE_LIMIT: Duration = Duration::from_mins(15);

/// A session ends so long after the log-in, used or not.
pub const ABSOLUTE_LIMIT: Duration = Duration::from_hours(12);

/// So long is left after a visit, whenever the log-in was.
const AFTER_A_VISIT: Duration = Duration::from_mins(5);

/// Whether a session's owner has somebody with them. That is use, whatever the keyboard says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server::clinic) enum WithPatient {
    /// Not since this process began.
    Never,
    /// Until then.
    Until(Millis),
    /// Now.
    Now,
}

/// What the end of a session follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server::clinic) struct SessionUse {
    /// The log-in.
    pub created: Millis,
    /// The last use.
    pub seen: Millis,
    pub with_patient: WithPatient,
}

/// When a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server::clinic) struct EndsAt {
    pub at: Millis,
    /// Whether using it puts that off.
    pub can_stay: bool,
}

impl SessionUse {
    /// When it ends, if nothing happens. None: not as long as the patient is there.
    pub fn ends(self) -> Option<EndsAt> {
        let (seen, at_most) = match self.with_patient {
            WithPatient::Now => return None,
            WithPatient::Never => (self.seen, self.created.plus(ABSOLUTE_LIMIT)),
            WithPatient::Until(then) => {
                (self.seen.max(then), self.created.plus(ABSOLUTE_LIMIT).max(then.plus(AFTER_A_VISIT)))
            }
        };
        let idle = seen.plus(IDLE_LIMIT);
        Some(EndsAt { at: idle.min(at_most), can_stay: idle < at_most })
    }

    /// Whether it has ended.
    pub fn is_over(self, now: Millis) -> bool {
        self.ends().is_some_and(|ends| ends.at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG_IN: Millis = Millis(1_800_000_000_000);

    fn after(time: Duration) -> Millis {
        LOG_IN.plus(time)
    }

    #[test]
    fn a_session_ends_a_quarter_of_an_hour_after_its_last_use() {
        let seen = after(Duration::from_hours(1));
        let used = SessionUse { created: LOG_IN, seen, with_patient: WithPatient::Never };
        let end = seen.plus(IDLE_LIMIT);
        assert_eq!(used.ends(), Some(EndsAt { at: end, can_stay: true }));
        assert!(!used.is_over(Millis(end.0 - 1)) && used.is_over(end));
    }

    #[test]
    fn after_twelve_hours_it_ends_however_much_it_is_used() {
        let seen = after(Duration::from_mins(12 * 60 - 10));
        let used = SessionUse { created: LOG_IN, seen, with_patient: WithPatient::Never };
        assert_eq!(used.ends(), Some(EndsAt { at: after(ABSOLUTE_LIMIT), can_stay: false }));
    }

    #[test]
    fn a_time_out_never_ends_a_call() {
        let used = SessionUse { created: LOG_IN, seen: LOG_IN, with_patient: WithPatient::Now };
        assert!(!used.is_over(after(Duration::from_hours(100))));
    }

    #[test]
    fn a_visit_is_use_and_after_it_there_is_time_for_the_note() {
        let long = after(Duration::from_mins(50));
        let used = SessionUse { created: LOG_IN, seen: LOG_IN, with_patient: WithPatient::Until(long) };
        assert_eq!(used.ends(), Some(EndsAt { at: long.plus(IDLE_LIMIT), can_stay: true }));
        let late = after(Duration::from_hours(13));
        let used = SessionUse { with_patient: WithPatient::Until(late), ..used };
        assert_eq!(used.ends(), Some(EndsAt { at: late.plus(AFTER_A_VISIT), can_stay: false }));
    }
}
