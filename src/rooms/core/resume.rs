//! How somebody comes back on a new socket: `sync`.

use super::{
    Core, bounds,
    connection::{Phase, Seat},
    end::Farewell,
    ids::{ConnectionId, SessionId},
    participant::Presence,
};
use crate::{
    rooms::{
        close,
        wire::{Refusal, Reply, Sync},
    },
    tokens::{self, TokenError},
};

impl Core {
    pub(super) fn resume(&mut self, id: ConnectionId, sync: Sync) {
        if self.connections.get(id).is_none_or(|connection| connection.phase != Phase::Greeted) {
            return self.expel(id, Refusal::InvalidMessage);
        }
        match self.find_seat(&sync) {
            Ok(seat) => self.take_seat(id, seat, sync),
            Err(farewell) => self.say_farewell(id, farewell),
        }
    }

    fn find_seat(&self, sync: &Sync) -> Result<Seat, Farewell> {
        bounds::check(sync.participant.as_ref(), &sync.peer_connections).map_err(Farewell::Refused)?;
        match tokens::verify(&self.credentials, &sync.token, self.now.unix) {
            // The client brings the token of the beginning: neither its age nor a clock that was set back before it may end a
            // call that is still allowed. That the seat is its own, the session proves.
            Ok(_) | Err(TokenError::Expired | TokenError::NotYetValid) => {}
            Err(error) => return Err(Farewell::Refused(error.into())),
        }
        let Some(session) = SessionId::parse(&sync.session) else {
            return Err(Farewell::Refused(Refusal::SessionOver));
        };
        match (self.sessions.get(&session), self.ended.get(&session)) {
            (Some(seat), _) => Ok(*seat),
            (None, Some(ended)) => Err(ended.farewell),
            (None, None) => Err(Farewell::Refused(Refusal::SessionOver)),
        }
    }

    fn take_seat(&mut self, id: ConnectionId, seat: Seat, sync: Sync) {
        let Some(room) = self.rooms.get(&seat.room) else { return };
        let Some(before) = room.participant(seat.participant).map(|own| own.presence) else { return };
        if !self.continue_allowance(id, self.left_to(seat)) {
            self.put_out_seat(seat, Refusal::TooMuch);
            self.tell_news(seat.room);
            return self.refuse(id, Refusal::TooMuch);
        }
        self.spare_those_who_fell_silent_with(seat);
        let Some(room) = self.rooms.get_mut(&seat.room) else { return };
        room.set_presence(seat.participant, Presence::Here(id));
        if let Presence::Here(old) = before {
            // We have not noticed yet that this socket is dead. The client has.
            self.close(old, close::REPLACED);
        }
        self.enter(id, Phase::Seated(seat));
        let is_over = self.apply(seat, sync.participant, sync.peer_connections);
        if let Some(room) = self.rooms.get_mut(&seat.room) {
            room.doubt(seat.participant);
        }
        if let Some(state) = self.room_state(seat) {
            self.reply(id, Reply::Synced(state));
        }
        tracing::debug!(connection = id.0, room = %seat.room, participant = %seat.participant, "back");
        // New connections only in a second message: see `Room::subscribed`.
        if is_over {
            self.tell_news(seat.room);
        }
        if let Some(room) = self.rooms.get_mut(&seat.room) {
            room.ask_for_candidates();
        }
        self.connect_to_all(seat);
    }
}
