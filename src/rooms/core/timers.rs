//! When to look again at what.

use super::ids::{ConnectionId, ParticipantSid, RoomSid, SessionId};
use std::{collections::BTreeSet, time::Duration};

/// What may be due. Whoever is woken looks whether something really is: most are never taken out of the list, since
/// most deadlines move (with each message) far more often than they pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wake {
    /// A connection's heartbeat or silence.
    Connection(ConnectionId),
    /// A participant's absence.
    Absence(RoomSid, ParticipantSid),
    /// The end of a room that waits for somebody.
    Vacancy(RoomSid),
    /// The end of the longest stay that is allowed.
    Stay(RoomSid, ParticipantSid),
    /// The memory of rooms that are over.
    Completed,
    /// What those who have left have spent.
    Spent,
    /// The memory of a session that was ended.
    Ended(SessionId),
}

/// All of them, by time.
#[derive(Debug, Default)]
pub(super) struct Timers(BTreeSet<(Duration, Wake)>);

impl Timers {
    /// Wakes `what` at `at`.
    pub fn set(&mut self, at: Duration, what: Wake) {
        self.0.insert((at, what));
    }

    /// Wakes `what` no longer at `at`. For what lies hours ahead and would be kept in memory until then.
    pub fn unset(&mut self, at: Duration, what: Wake) {
        self.0.remove(&(at, what));
    }

    /// How many there are of rooms and people, not of memories.
    #[cfg(test)]
    pub fn of_the_living(&self) -> usize {
        let is_memory = |what: &Wake| matches!(what, Wake::Completed | Wake::Spent);
        self.0.iter().filter(|(_, what)| !is_memory(what)).count()
    }

    /// How many there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The time of the first.
    pub fn next(&self) -> Option<Duration> {
        self.0.first().map(|(at, _)| *at)
    }

    /// Takes the first that is due.
    pub fn pop(&mut self, now: Duration) -> Option<Wake> {
        if self.next()? > now {
            return None;
        }
        self.0.pop_first().map(|(_, what)| what)
    }
}
