//! Two who fell silent at the same moment did not both die: it was the way to us, or we ourselves. Their media flow, most
//! likely, and a new peer connection would only interrupt them, on machines that have enough to do at such a moment.
//!
//! So while both ends of a pair are silent, it is kept. When the first of them comes back, the other is given time to:
//! if it is dead after all, the one who is back would be taken down by it (see [`absence`](super::absence)). Before its ICE
//! can have failed, that time ends before it does. After that nothing worse can come of waiting: the mark that a failed
//! connection leaves is only ever cleared by the return of the other end.

use super::{
    Core,
    connection::Seat,
    ids::ParticipantSid,
    participant::{Participant, Presence},
    restore::RETURN,
    room::Room,
    timers::Wake,
};
use std::{collections::BTreeSet, time::Duration};

/// How long after the death of one end the other can be sure that its ICE has not failed yet. It does after 8 s.
pub(super) const BEFORE_IT_FAILS: Duration = Duration::from_millis(7500);

impl Core {
    /// Gives up the peer connections of somebody who is away, but those to others who fell silent with them. Says when to
    /// look again, if one of those may yet turn out not to be.
    pub(super) fn give_up_pairs(&mut self, seat: Seat) -> Option<Duration> {
        let kept = self.silent_with(seat);
        let room = self.rooms.get_mut(&seat.room)?;
        let may_speak_yet =
            kept.iter().any(|other| room.participant(*other).is_some_and(Participant::is_here));
        room.close_pairs_but(seat.participant, &kept);
        may_speak_yet.then(|| self.now.monotonic.saturating_add(self.limits.heartbeat / 2))
    }

    /// Somebody is about to come back: gives those who fell silent with them the time to do so too.
    pub(super) fn spare_those_who_fell_silent_with(&mut self, seat: Seat) {
        let now = self.now.monotonic;
        for other in self.silent_with(seat) {
            let Some(heard) = self.heard(Seat { participant: other, ..seat }) else { continue };
            let room = self.rooms.get(&seat.room);
            let presence = room.and_then(|room| room.participant(other)).map(|other| other.presence);
            if matches!(presence, Some(Presence::Away { pairs_until, .. }) if pairs_until > now) {
                // Its time still runs.
                continue;
            }
            let before_it_fails = heard.saturating_add(BEFORE_IT_FAILS);
            let until = if now < before_it_fails {
                before_it_fails
            } else {
                let outage = now.saturating_sub(heard);
                now.saturating_add((outage / 2).saturating_add(RETURN).min(self.config.session_timeout))
            };
            if let Some(participant) =
                self.rooms.get_mut(&seat.room).and_then(|room| room.participant_mut(other))
            {
                participant.spared_until = participant.spared_until.max(until);
                if !participant.is_here() {
                    self.timers.set(until, Wake::Absence(seat.room, other));
                }
            }
        }
    }

    /// Those with a connection to somebody silent who were last heard at about the same time: whoever lives is heard once in
    /// every heartbeat.
    fn silent_with(&self, seat: Seat) -> BTreeSet<ParticipantSid> {
        let together = |room: &Room| {
            let heard = self.heard(seat)?;
            let others = room.pairs.values().filter_map(|pair| pair.other(seat.participant));
            let is_together = |other: &ParticipantSid| {
                let of_other = self.heard(Seat { participant: *other, ..seat });
                of_other.is_some_and(|of_other| of_other.abs_diff(heard) <= self.limits.heartbeat)
            };
            Some(others.filter(is_together).collect())
        };
        self.rooms.get(&seat.room).and_then(together).unwrap_or_default()
    }

    /// When somebody was last heard.
    fn heard(&self, seat: Seat) -> Option<Duration> {
        match self.rooms.get(&seat.room)?.participant(seat.participant)?.presence {
            Presence::Here(connection) => self.connections.get(connection).map(|open| open.heard),
            Presence::Away { heard, .. } => Some(heard),
        }
    }
}
