//! What the service asks for: a room that is there before anybody comes.

use super::{
    Core, Output,
    connection::Seat,
    end::Farewell,
    events::Happening,
    ids::{ParticipantSid, RoomSid},
    join::check_text,
    settings::RoomSettings,
};
use crate::rooms::wire::Refusal;

/// A room to be made.
#[derive(Debug, Default)]
pub(in crate::rooms) struct NewRoom {
    /// Unique among rooms in progress. None: its SID is its name.
    pub name: Option<String>,
    /// How it is to be.
    pub settings: RoomSettings,
}

/// Why there is no new room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::rooms) enum CreateError {
    /// A name has at most 128 characters.
    #[error("Room name is too long")]
    NameTooLong,
    /// No control characters in a name.
    #[error("Room name contains invalid characters")]
    NameChars,
    /// A room of that name is in progress.
    #[error("Room exists")]
    Exists,
    /// There are as many rooms as this server holds.
    #[error("The concurrent Rooms quota was exceeded")]
    TooMany,
}

impl Core {
    pub(super) fn create(&mut self, new: NewRoom) {
        let created = self.try_create(new);
        self.outputs.push(Output::Created(created));
    }

    pub(super) fn put_out_sid(&mut self, room: &str, participant: &str) {
        let seat = self.find_room(room).zip(ParticipantSid::parse(participant)).and_then(|(room, sid)| {
            self.rooms.get(&room)?.participant(sid)?;
            Some(Seat { room, participant: sid })
        });
        self.outputs.push(Output::Answer(seat.is_some()));
        if let Some(seat) = seat {
            self.dismiss_seat(seat, Farewell::Disconnected("disconnected"));
            self.tell_news(seat.room);
        }
    }

    fn try_create(&mut self, new: NewRoom) -> Result<RoomSid, CreateError> {
        if let Some(name) = &new.name {
            check_text(name, Refusal::RoomNameTooLong, Refusal::RoomNameChars).map_err(|refusal| {
                if refusal == Refusal::RoomNameTooLong {
                    CreateError::NameTooLong
                } else {
                    CreateError::NameChars
                }
            })?;
            // Also by SID: who connects to that room must not get into this one.
            if self.find_room(name).is_some() {
                return Err(CreateError::Exists);
            }
        }
        if self.rooms.len() >= self.limits.max_rooms {
            return Err(CreateError::TooMany);
        }
        let sid = self.open_room(new.name, new.settings);
        self.tell(sid, Happening::RoomCreated);
        self.vacate(sid);
        Ok(sid)
    }
}
