//! How much one participant may say, and one room: see [`Allowance`].
//!
//! A participant's is the same over all its sockets, and when it leaves, by itself or put out, what it has spent is kept
//! until it is earned again, also beyond the room's end: so to come back fills nothing up. Who has less than a tenth left
//! is not let in again yet. A room's is that of as many participants as it holds. It is what rotating identities would spend
//! together, so while it has less than a tenth left nobody new gets in; those who are in have their own, whatever others do.
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

use super::{
    Core,
    connection::{Phase, Seat},
    ids::{ConnectionId, RoomSid},
    participant::Presence,
    room::Room,
    timers::Wake,
};
use crate::rooms::{
    allowance::Allowance,
    close,
    wire::{Refusal, ServerFrame},
};
use std::{collections::HashMap, time::Duration};

/// What those who have left have spent, by the names of the room and of the person, until they have earned it again. That
/// takes [`Rate`](crate::rooms::Rate)'s burst at its rate (20 s) at most, so there are never many.
#[derive(Debug, Default)]
pub(super) struct Spent(HashMap<(String, String), Allowance>);

/// How many are remembered. Whoever has so many names has as many allowances in any case.
const MOST: usize = 20_000;
/// How often to look who has earned everything again.
const SWEEP: Duration = Duration::from_secs(1);

impl Spent {
    fn get(&self, room: &str, identity: &str) -> Option<Allowance> {
        self.0.get(&(room.to_owned(), identity.to_owned())).copied()
    }

    /// Says when to [forget](Self::forget), if that is not arranged yet.
    fn keep(&mut self, room: String, identity: String, left: Allowance, now: Duration) -> Option<Duration> {
        if left.full_at() <= now || self.0.len() >= MOST {
            return None;
        }
        let is_first = self.0.is_empty();
        self.0.insert((room, identity), left);
        is_first.then(|| now.saturating_add(SWEEP))
    }

    /// Says when to do so again.
    fn forget(&mut self, now: Duration) -> Option<Duration> {
        self.0.retain(|_, left| left.full_at() > now);
        (!self.0.is_empty()).then(|| now.saturating_add(SWEEP))
    }

    /// How many are remembered.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl Core {
    /// What somebody in a room has left.
    pub(super) fn left_to(&self, seat: Seat) -> Allowance {
        let participant = self.rooms.get(&seat.room).and_then(|room| room.participant(seat.participant));
        match participant.map(|participant| (participant.presence, participant.allowance)) {
            Some((Presence::Here(id), before)) => {
                self.connections.get(id).map_or(before, |connection| connection.allowance)
            }
            Some((Presence::Away { .. }, before)) => before,
            None => Allowance::default(),
        }
    }

    /// What somebody who was in a room, under whatever socket, has left.
    pub(super) fn left_to_identity(&self, room: &str, identity: &str) -> Allowance {
        let seated = self.names.get(room).and_then(|sid| {
            let participant = self.rooms.get(sid)?.by_identity(identity)?.sid;
            Some(self.left_to(Seat { room: *sid, participant }))
        });
        seated.or_else(|| self.spent.get(room, identity)).unwrap_or_default()
    }

    /// A connection goes on where another one of the same person was. False if there is too little left to do so.
    pub(super) fn continue_allowance(&mut self, id: ConnectionId, before: Allowance) -> bool {
        let now = self.now.monotonic;
        let Some(connection) = self.connections.get_mut(id) else { return false };
        connection.allowance = connection.allowance.and(before, now);
        connection.allowance.has_a_tenth(&self.limits.rate, now)
    }

    /// Remembers what somebody who leaves has spent.
    pub(super) fn remember_spent(&mut self, room: String, identity: String, left: Allowance) {
        let now = self.now.monotonic;
        if let Some(at) = self.spent.keep(room, identity, left, now) {
            self.timers.set(at, Wake::Spent);
        }
    }

    /// Forgets those who have earned everything again.
    pub(super) fn forget_spent(&mut self) {
        if let Some(at) = self.spent.forget(self.now.monotonic) {
            self.timers.set(at, Wake::Spent);
        }
    }

    /// Whether a room that holds so many bears one more voice.
    pub(super) fn bears_another(&self, room: &Room, holds: usize) -> bool {
        room.allowance.has_a_tenth(&self.limits.rate.of(holds), self.now.monotonic)
    }

    /// Somebody in a room has said something of this length.
    fn charge(&mut self, room: RoomSid, length: usize) {
        let holds = self.config.max_participants;
        if let Some((allowance, most)) = self.rooms.allowance_of(&room) {
            allowance.owe(length, &self.limits.rate.of(most.unwrap_or(holds)), self.now.monotonic);
        }
    }

    /// Whether a connection may say something of this length. If not, it is put out.
    pub(super) fn allow(&mut self, id: ConnectionId, length: usize) -> bool {
        let Some(connection) = self.connections.get_mut(id) else { return false };
        if connection.allowance.spend(length, &self.limits.rate, self.now.monotonic) {
            if let Phase::Seated(seat) = connection.phase {
                self.charge(seat.room, length);
            }
            return true;
        }
        tracing::debug!(connection = id.0, "says too much");
        match connection.phase {
            Phase::New => self.send(id, &ServerFrame::Bad { reason: "too many messages" }),
            Phase::Greeted | Phase::Seated(_) => self.expel(id, Refusal::TooMuch),
            Phase::Busy | Phase::Over => {}
        }
        self.close(id, close::POLICY);
        false
    }
}
