//! What somebody in a room says: `update`, `disconnect`.

use super::{
    Core,
    connection::{Phase, Seat},
    ids::{ConnectionId, SessionId, TrackSid},
    join::uuid,
};
use crate::rooms::wire::{LocalState, Peer, Refusal};

impl Core {
    pub(super) fn update(
        &mut self,
        id: ConnectionId,
        session: &str,
        own: Option<LocalState>,
        peers: &[Peer],
    ) {
        let Some(seat) = self.seat_of(id).filter(|seat| self.is_session(*seat, session)) else {
            return self.expel(id, Refusal::InvalidMessage);
        };
        self.apply(seat, own, peers);
        self.tell_news(seat.room);
    }

    /// Takes what a participant says of itself and of its peer connections.
    pub(super) fn apply(&mut self, seat: Seat, own: Option<LocalState>, peers: &[Peer]) {
        let Self { rooms, random, limits, .. } = self;
        let Some(room) = rooms.get_mut(&seat.room) else { return };
        if let Some(own) = own {
            room.describe(seat.participant, own, limits.max_tracks, || TrackSid(random()));
        }
        let mut is_closed = false;
        for peer in peers {
            is_closed |= room.relay(seat.participant, peer);
        }
        if is_closed {
            // The SDK gives a connection up when it could not restore it for the session timeout. The two are still in
            // the room: let them try anew.
            room.connect_to_all(seat.participant, None, || uuid(random()));
        }
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
