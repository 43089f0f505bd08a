//! How long rooms and stays last.
//!
//! A room that its first participant opened ends with its last one. One that was made beforehand, over REST, may be
//! empty: for [`unused_timeout`] until somebody comes, and for [`empty_timeout`] after the last has left. Nobody stays
//! longer than [`max_stay`].
//!
//! Twilio also ends every room 24 h after it was opened. We do not: it would break off calls that are under way, and
//! nobody can stay for longer anyway.
//!
//! [`unused_timeout`]: super::settings::RoomSettings::unused_timeout
//! [`empty_timeout`]: super::settings::RoomSettings::empty_timeout
//! [`max_stay`]: super::settings::RoomSettings::max_stay

use super::{
    Core, Now,
    changes::Change,
    connection::Seat,
    events::Happening,
    ids::RoomSid,
    ledger::{Completed, Past, REMEMBERED, StayLedger},
    participant::Participant,
    timers::Wake,
};
use crate::rooms::wire::Refusal;
use std::time::Duration;

impl Core {
    /// Somebody has entered.
    pub(super) fn begin_stay(&mut self, seat: Seat) {
        let Now { monotonic: now, unix, uptime } = self.now;
        let Some(room) = self.rooms.get_mut(&seat.room) else { return };
        if !room.ledger.was_used {
            room.ledger.was_used = true;
            room.changes.insert(Change::Ledger);
        }
        if let Some(at) = room.ledger.ends_at.take() {
            room.ledger.waits_until = None;
            room.changes.insert(Change::Ledger);
            self.timers.unset(at, Wake::Vacancy(seat.room));
        }
        let until = now.saturating_add(room.settings.max_stay);
        if let Some(participant) = room.participant_mut(seat.participant) {
            participant.ledger.joined_at = unix;
            participant.ledger.entered = uptime;
            participant.ledger.ends_at = Some(until);
            self.timers.set(until, Wake::Stay(seat.room, seat.participant));
        }
        self.tell(seat.room, Happening::Connected(seat.participant));
    }

    /// Somebody is out of the list of their room, which is over if they were the last and it does not wait for others.
    pub(super) fn end_stay(&mut self, seat: Seat, participant: &Participant) {
        if let Some(at) = participant.ledger.ends_at {
            self.timers.unset(at, Wake::Stay(seat.room, seat.participant));
        }
        self.tell_of_leaving(seat.room, participant);
        let past = Past {
            sid: participant.sid,
            identity: participant.identity.clone(),
            joined_at: participant.ledger.joined_at,
            left_at: self.now.unix,
        };
        let Some(room) = self.rooms.get_mut(&seat.room) else { return };
        room.changes.insert(Change::Past(past.sid));
        room.ledger.part(past);
        if room.participants.is_empty() {
            self.vacate(seat.room);
        }
    }

    /// Nobody is in a room: it ends, or waits for somebody. One that did so before a restart waits for what remained, which is
    /// never more than the whole time, wherever the wall clock was set meanwhile.
    pub(super) fn vacate(&mut self, sid: RoomSid) {
        let (now, unix) = (self.now.monotonic, self.now.unix);
        let Some(room) = self.rooms.get_mut(&sid) else { return };
        let patience =
            if room.ledger.was_used { room.settings.empty_timeout } else { room.settings.unused_timeout };
        if patience.is_zero() {
            return self.end_room(sid);
        }
        let left = room.ledger.waits_until.map(|until| Duration::from_secs(until.saturating_sub(unix)));
        let left = left.unwrap_or(patience).min(patience);
        let at = now.saturating_add(left);
        room.ledger.ends_at = Some(at);
        let waits_until = Some(unix.saturating_add(left.as_secs()));
        if room.ledger.waits_until != waits_until {
            room.ledger.waits_until = waits_until;
            room.changes.insert(Change::Ledger);
        }
        self.timers.set(at, Wake::Vacancy(sid));
    }

    /// A room has waited for long enough.
    pub(super) fn check_vacancy(&mut self, sid: RoomSid) {
        let now = self.now.monotonic;
        let is_due = |at: Option<Duration>| at.is_some_and(|at| at <= now);
        if self
            .rooms
            .get(&sid)
            .is_some_and(|room| room.participants.is_empty() && is_due(room.ledger.ends_at))
        {
            self.end_room(sid);
        }
    }

    /// Somebody has stayed for as long as they may.
    pub(super) fn check_stay(&mut self, seat: Seat) {
        let now = self.now.monotonic;
        let until =
            self.rooms.get(&seat.room).and_then(|room| room.participant(seat.participant)?.ledger.ends_at);
        if until.is_some_and(|until| until <= now) {
            self.put_out_seat(seat, Refusal::StayTooLong);
            self.tell_news(seat.room);
        }
    }

    /// A room is over, and nobody is in it any more.
    pub(super) fn end_room(&mut self, sid: RoomSid) {
        self.tell(sid, Happening::RoomEnded);
        let Some(room) = self.rooms.remove(&sid) else { return };
        self.names.remove(&room.name);
        if let Some(at) = room.ledger.ends_at {
            self.timers.unset(at, Wake::Vacancy(sid));
        }
        let forget = self.archive.keep(Completed {
            sid,
            name: room.name,
            settings: room.settings,
            opened_at: room.ledger.opened_at,
            ended_at: self.now.unix,
            until: self.now.monotonic.saturating_add(REMEMBERED),
            past: room.ledger.past,
        });
        if let Some(at) = forget {
            self.timers.set(at, Wake::Completed);
        }
    }

    /// Forgets rooms that were over long ago.
    pub(super) fn forget_completed(&mut self) {
        if let Some(at) = self.archive.forget(self.now.monotonic) {
            self.timers.set(at, Wake::Completed);
        }
    }

    /// Sets the clocks of all stays that were read from the journal: what remains of each.
    pub(super) fn resume_stays(&mut self) {
        let at = self.now;
        let sids: Vec<RoomSid> = self.rooms.values().map(|room| room.sid).collect();
        for sid in sids {
            let Some(room) = self.rooms.get_mut(&sid) else { continue };
            let max_stay = room.settings.max_stay;
            for participant in &mut room.participants {
                let left = max_stay.saturating_sub(stayed(&participant.ledger, at));
                let until = at.monotonic.saturating_add(left);
                participant.ledger.ends_at = Some(until);
                self.timers.set(until, Wake::Stay(sid, participant.sid));
            }
        }
    }
}

/// For how long somebody has been in a room, also in a process before this one. The wall clock may have been put on meanwhile, and
/// the machine may have slept, which the clock of the process before did not notice: what says less is right, and nobody is put
/// out for a jump. Over a new start of the machine there is the wall clock alone.
fn stayed(ledger: &StayLedger, now: Now) -> Duration {
    let by_date = Duration::from_secs(now.unix.saturating_sub(ledger.joined_at));
    let by_uptime = now.uptime.zip(ledger.entered).and_then(|(now, then)| now.elapsed_since(then));
    by_uptime.map_or(by_date, |time| time.min(by_date))
}
