//! How the core speaks.

use super::{
    Core, Output,
    connection::{Connection, Phase, Seat},
    ids::{ConnectionId, RoomSid},
};
use crate::rooms::wire::{Refusal, Reply, ServerFrame, Update};

impl Core {
    /// Sends a frame.
    pub(super) fn send(&mut self, to: ConnectionId, frame: &ServerFrame) {
        // Our own types always serialize; one that does not is worth a line in the log and not a crash.
        let Ok(text) = serde_json::to_string(frame) else {
            tracing::error!("a frame could not be serialized");
            return;
        };
        if let Some(connection) = self.connections.get_mut(to) {
            connection.told = self.now.monotonic;
            self.outputs.push(Output::Send(to, text));
        }
    }

    /// Asks the browser, not the page, whether it is alive.
    pub(super) fn ping(&mut self, to: ConnectionId) {
        if let Some(connection) = self.connections.get_mut(to) {
            connection.pinged = self.now.monotonic;
            self.outputs.push(Output::Ping(to));
        }
    }

    /// Sends a message.
    pub(super) fn reply(&mut self, to: ConnectionId, reply: Reply) {
        self.send(to, &ServerFrame::Msg { body: Box::new(reply) });
    }

    /// Tells a client that it is over for it, and why. It is expected to close the socket; we do if it does not.
    pub(super) fn refuse(&mut self, to: ConnectionId, refusal: Refusal) {
        tracing::debug!(connection = to.0, code = refusal.code(), "refused");
        self.reply(to, Reply::Error { code: refusal.code(), message: refusal.to_string() });
        self.dismiss(to);
    }

    /// Listens no longer to a connection.
    pub(super) fn dismiss(&mut self, to: ConnectionId) {
        self.part(to, Phase::Over);
    }

    /// Moves a connection into another phase of its life.
    pub(super) fn enter(&mut self, id: ConnectionId, phase: Phase) {
        if self.connections.enter(id, phase, self.now.monotonic) {
            self.check(id);
        }
    }

    /// Closes a connection. The core forgets it at once.
    pub(super) fn close(&mut self, id: ConnectionId, code: u16) -> Option<Connection> {
        let connection = self.connections.remove(id)?;
        self.outputs.push(Output::Close(id, code));
        Some(connection)
    }

    /// Tells everybody in a room what is new for them. Those who are away learn it when they come back.
    pub(super) fn tell_news(&mut self, sid: RoomSid) {
        let Some(room) = self.rooms.get_mut(&sid) else { return };
        let mut messages = Vec::new();
        for (to, news) in std::mem::take(&mut room.news) {
            let Some(connection) = room.participant(to).and_then(super::participant::Participant::connection)
            else {
                continue;
            };
            let update = Update {
                subscribed: if news.subscribed { Some(room.subscribed(to)) } else { None },
                published: if news.published { Some(room.published(to)) } else { None },
                participants: news.participants,
                peer_connections: news.peers,
            };
            messages.push((connection, update));
        }
        for (connection, update) in messages {
            self.reply(connection, Reply::Update(update));
        }
    }

    /// The seat for which a connection speaks.
    pub(super) fn seat_of(&self, id: ConnectionId) -> Option<Seat> {
        match self.connections.get(id)?.phase {
            Phase::Seated(seat) => Some(seat),
            Phase::New | Phase::Greeted | Phase::Busy | Phase::Over => None,
        }
    }
}
