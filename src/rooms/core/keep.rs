//! What has to be kept after an input, before anybody is told of it.

use super::{
    Core, Output,
    ids::RoomSid,
    record::{self, Record},
    room::Room,
};
use std::{fmt, str::FromStr};

/// Where records belong. Each book is a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::rooms) enum Book {
    /// All about a room.
    Room(RoomSid),
    /// The sessions that were ended from outside.
    Ended,
}

impl fmt::Display for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(sid) => sid.fmt(f),
            Self::Ended => f.write_str("ended"),
        }
    }
}

impl FromStr for Book {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "ended" { Ok(Self::Ended) } else { RoomSid::parse(text).map(Self::Room).ok_or(()) }
    }
}

impl Core {
    /// What the input has changed.
    pub(super) fn keep(&mut self) -> Vec<Output> {
        let mut outputs = Vec::new();
        // First, so that whoever is put out of a room that ends finds it in one book or the other.
        if !self.newly_ended.is_empty() {
            outputs.push(Output::Keep(Book::Ended, std::mem::take(&mut self.newly_ended)));
        }
        for sid in self.rooms.take_touched() {
            match self.rooms.get_mut(&sid).map(Room::take_changes) {
                Some(lines) if lines.is_empty() => {}
                Some(lines) => outputs.push(Output::Keep(Book::Room(sid), lines)),
                None => outputs.push(Output::Forget(Book::Room(sid))),
            }
        }
        // Only to look at them were they touched just now.
        self.rooms.take_touched();
        outputs
    }

    /// Everything that has to be kept in a book. None if there is nothing.
    pub fn snapshot(&self, book: Book) -> Option<String> {
        match book {
            Book::Room(sid) => self.rooms.get(&sid).map(Room::snapshot),
            Book::Ended => {
                let records: Vec<Record<'_>> =
                    self.ended.iter().map(|(session, ended)| ended.record(*session)).collect();
                let mut line = String::new();
                record::write(&records, &mut line);
                (!line.is_empty()).then_some(line)
            }
        }
    }

    /// Whether there is any room.
    pub fn has_rooms(&self) -> bool {
        self.rooms.len() > 0
    }
}
