//! What somebody in a room says: `update`, `disconnect`.

use super::{
    Core, bounds,
    connection::{Phase, Seat},
    ids::{ConnectionId, SessionId, TrackSid},
    join::uuid,
};
use crate::rooms::wire::{ClientUpdate, LocalState, Peer, Refusal};

impl Core {
    pub(super) fn update(&mut self, id: ConnectionId, update: ClientUpdate) {
        let ClientUpdate { session, participant: own, peer_connections: peers } = update;
        let Some(seat) = self.seat_of(id).filter(|seat| self.is_session(*seat, &session)) else {
            return self.expel(id, Refusal::InvalidMessage);
        };
        if let Err(refusal) = bounds::check(own.as_ref(), &peers) {
            return self.expel(id, refusal);
        }
        let is_closed = self.apply(seat, own, peers);
        if let Some(room) = self.rooms.get_mut(&seat.room) {
            room.ask_for_candidates();
        }
        self.tell_news(seat.room);
        if is_closed {
            // The SDK gives a connection up when it could not restore it for the session timeout. The two are still in
            // the room: let them try anew.
            self.connect_to_all(seat);
        }
    }

    /// Gives a participant the connections that it lacks.
    pub(super) fn connect_to_all(&mut self, seat: Seat) {
        let Self { rooms, random, now, .. } = self;
        if let Some(room) = rooms.get_mut(&seat.room) {
            room.connect_to_all(seat.participant, None, now.monotonic, || uuid(random()));
        }
        self.tell_news(seat.room);
    }

    /// Takes what a participant says of itself and of its peer connections. True if one of them
    /// is over.
    pub(super) fn apply(&mut self, seat: Seat, own: Option<LocalState>, peers: Vec<Peer>) -> bool {
        let Self { rooms, random, limits, .. } = self;
        if let Some(own) = own
            && let Some(room) = rooms.get_mut(&seat.room)
        {
            room.describe(seat.participant, own, limits.max_tracks, || TrackSid(random()));
            self.note_tracks(seat);
        }
        let Some(room) = self.rooms.get_mut(&seat.room) else { return false };
        let mut is_closed = false;
        for peer in peers {
            is_closed |= room.relay(seat.participant, peer, self.now.monotonic);
        }
        is_closed
    }

    pub(super) fn disconnect(&mut self, id: ConnectionId, session: Option<&str>) {
        // Without a session it comes from a client that has not heard of being in (or is not in yet).
        if let Some(seat) = self.seat_of(id)
            && !session.is_none_or(|session| self.is_session(seat, session))
        {
            return self.expel(id, Refusal::InvalidMessage);
        }
        self.leave_by(id);
        self.dismiss(id);
    }

    fn is_session(&self, seat: Seat, session: &str) -> bool {
        SessionId::parse(session).is_some_and(|session| self.sessions.get(&session) == Some(&seat))
    }

    /// A wanted end.
    pub(super) fn leave_by(&mut self, id: ConnectionId) {
        if let Some(seat) = self.seat_of(id) {
            self.enter(id, Phase::Greeted);
            self.remove(seat);
            self.tell_news(seat.room);
        }
    }
}
