//! How somebody gets out: by themselves, by the service, by an error; and how a room ends.

use super::{
    Core, Output,
    connection::{Phase, Seat},
    frames::PARTING,
    ids::{ConnectionId, ParticipantSid, SessionId},
    keep::Book,
    participant::Participant,
    record::{self, EndedRecord, Record},
    timers::Wake,
};
use crate::rooms::{
    close,
    wire::{Refusal, Reply},
};
use serde::{Deserialize, Deserializer, Serialize};
use std::time::Duration;

/// How long a server that ends waits for those who are about to enter. Everybody else's call waits for it as well: as long
/// as it has the rooms, its successor has not.
pub(super) const HAND_OVER: Duration = Duration::from_millis(500);

/// Why a session was ended from outside, for a client that was away when it happened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ended {
    /// What to tell it.
    pub farewell: Farewell,
    /// When to forget it.
    pub until: Duration,
    /// The same in unix seconds, which mean something to another process too.
    pub until_unix: u64,
}

/// How a client is told its end.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Farewell {
    /// By an error.
    Refused(Refusal),
    /// As `disconnected`, with this status.
    Disconnected(&'static str),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptFarewell {
    Refused(Refusal),
    Disconnected(String),
}

impl<'de> Deserialize<'de> for Farewell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match KeptFarewell::deserialize(deserializer)? {
            KeptFarewell::Refused(refusal) => Self::Refused(refusal),
            KeptFarewell::Disconnected(status) if status == "completed" => Self::Disconnected("completed"),
            // Any other is as good as this one: only `completed` means something to the SDK.
            KeptFarewell::Disconnected(_) => Self::Disconnected("disconnected"),
        })
    }
}

impl Ended {
    /// To keep it.
    pub fn record(&self, session: SessionId) -> Record<'static> {
        Record::Ended(EndedRecord { session, farewell: self.farewell, until: self.until_unix })
    }
}

impl Core {
    /// Ends a client's call with an error, wherever it is.
    pub(super) fn expel(&mut self, id: ConnectionId, refusal: Refusal) {
        self.leave_by(id);
        self.refuse(id, refusal);
    }

    /// Takes a participant out of its room, and the room away if it was the last. The news are not told yet.
    pub(super) fn remove(&mut self, seat: Seat) -> Option<Participant> {
        let left = self.left_to(seat);
        let room = self.rooms.get_mut(&seat.room)?;
        let name = room.name.clone();
        let participant = room.leave(seat.participant)?;
        self.remember_spent(name, participant.identity.clone(), left);
        self.sessions.remove(&participant.session);
        self.end_stay(seat, &participant);
        tracing::debug!(room = %seat.room, participant = %seat.participant, "left");
        Some(participant)
    }

    /// Ends a participant's call, now or, if it is away, when it comes back.
    pub(super) fn dismiss_seat(&mut self, seat: Seat, farewell: Farewell) {
        let Some(participant) = self.remove(seat) else { return };
        self.remember(participant.session, farewell);
        if let Some(connection) = participant.connection() {
            self.say_farewell(connection, farewell);
        }
    }

    /// Remembers a session that was ended, for as long as its client may come back.
    fn remember(&mut self, session: SessionId, farewell: Farewell) {
        let window = self.config.session_timeout;
        let until = self.now.monotonic.saturating_add(window);
        let until_unix = self.now.unix.saturating_add(window.as_secs()).saturating_add(1);
        let ended = Ended { farewell, until, until_unix };
        record::write(&[ended.record(session)], &mut self.newly_ended);
        self.ended.insert(session, ended);
        self.timers.set(until, Wake::Ended(session));
    }

    pub(super) fn say_farewell(&mut self, id: ConnectionId, farewell: Farewell) {
        match farewell {
            Farewell::Refused(refusal) => self.refuse(id, refusal),
            Farewell::Disconnected(status) => {
                self.reply(id, Reply::Disconnected { status });
                self.dismiss(id);
            }
        }
    }

    pub(super) fn put_out_seat(&mut self, seat: Seat, refusal: Refusal) {
        self.dismiss_seat(seat, Farewell::Refused(refusal));
    }

    pub(super) fn forget(&mut self, session: SessionId) {
        if self.ended.get(&session).is_some_and(|ended| ended.until <= self.now.monotonic) {
            self.ended.remove(&session);
            if self.ended.is_empty() {
                self.outputs.push(Output::Forget(Book::Ended));
            }
        }
    }

    pub(super) fn complete(&mut self, room: &str) {
        let sid = self.find_room(room);
        let room = sid.and_then(|sid| self.rooms.get(&sid));
        let everybody: Vec<ParticipantSid> = room
            .map(|room| room.participants.iter().map(|participant| participant.sid).collect())
            .unwrap_or_default();
        self.outputs.push(Output::Answer(sid.is_some()));
        if let Some(room) = sid {
            for participant in everybody {
                self.dismiss_seat(Seat { room, participant }, Farewell::Disconnected("completed"));
            }
            // One that was made beforehand would wait for others.
            self.end_room(room);
        }
    }

    pub(super) fn put_out(&mut self, room: &str, identity: &str) {
        let seat = self.find_room(room).and_then(|room| {
            let participant = self.rooms.get(&room)?.by_identity(identity)?.sid;
            Some(Seat { room, participant })
        });
        self.outputs.push(Output::Answer(seat.is_some()));
        if let Some(seat) = seat {
            self.dismiss_seat(seat, Farewell::Disconnected("disconnected"));
            self.tell_news(seat.room);
        }
    }

    /// Closes every socket so that clients come back elsewhere: never with 1000, which they take for a wanted end.
    ///
    /// A client that is not in a room yet would give up (53000): it comes back after `busy` before it is greeted, and after a
    /// close once it is in. So for a moment it may still get as far as that.
    pub(super) fn shut_down(&mut self) {
        self.is_shut_down = true;
        let mut connections: Vec<(ConnectionId, Phase)> =
            self.connections.iter().map(|(id, connection)| (id, connection.phase)).collect();
        connections.sort_unstable_by_key(|(id, _)| *id);
        for (id, phase) in connections {
            match phase {
                Phase::Seated(_) => drop(self.close(id, close::RESTART)),
                // Those who were told their end close by themselves, and those who were told to come back give up if we do.
                Phase::New | Phase::Greeted | Phase::Busy | Phase::Over => {
                    let is_parting = matches!(phase, Phase::Busy | Phase::Over);
                    let time = if is_parting { PARTING } else { HAND_OVER };
                    let deadline = self.now.monotonic.saturating_add(time);
                    if let Some(connection) = self.connections.get_mut(id) {
                        connection.deadline = Some(deadline);
                    }
                    self.check(id);
                }
            }
        }
    }
}
