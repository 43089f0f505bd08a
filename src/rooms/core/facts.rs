//! What can be read of rooms from outside: plain data, made on request.

use super::{
    Core,
    ids::{ParticipantSid, RoomSid},
    ledger::{Completed, Past, StayLedger},
    participant::Participant,
    room::Room,
    settings::RoomSettings,
};
use crate::rooms::wire::TrackKind;

/// A room. Times are Unix seconds.
#[derive(Debug, Clone)]
pub(in crate::rooms) struct RoomFacts {
    pub sid: String,
    pub name: String,
    pub settings: RoomSettings,
    pub max_participants: usize,
    pub opened_at: u64,
    /// None while it is in progress.
    pub ended_at: Option<u64>,
}

/// Whether somebody is in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rooms) enum ParticipantStatus {
    /// In it.
    Connected,
    /// In it, without a socket at the moment.
    Reconnecting,
    /// Not any more.
    Disconnected,
}

/// Somebody who is or was in a room. Times are Unix seconds.
#[derive(Debug, Clone)]
pub(in crate::rooms) struct ParticipantFacts {
    pub sid: String,
    pub identity: String,
    pub status: ParticipantStatus,
    pub joined_at: u64,
    pub left_at: Option<u64>,
}

/// A published track. Times are Unix seconds.
#[derive(Debug, Clone)]
pub(in crate::rooms) struct TrackFacts {
    pub sid: String,
    /// The SID of the participant who publishes it.
    pub publisher: String,
    pub name: String,
    pub kind: TrackKind,
    pub enabled: bool,
    pub since: u64,
    pub updated: u64,
}

/// A room, in progress or over.
enum Found<'a> {
    Open(&'a Room),
    Over(&'a Completed),
}

impl Core {
    /// All rooms in progress, or all that are over and still remembered.
    pub fn room_list(&self, is_over: bool, now: u64) -> Vec<RoomFacts> {
        if is_over {
            self.archive.at(now).map(|room| self.facts(&Found::Over(room))).collect()
        } else {
            self.rooms.values().map(|room| self.facts(&Found::Open(room))).collect()
        }
    }

    /// A room by its name or SID; one that is over by its SID only.
    pub fn room_facts(&self, room: &str, now: u64) -> Option<RoomFacts> {
        self.find_any(room, now).map(|found| self.facts(&found))
    }

    /// Everybody who is or was in a room, in the order of their coming. None if there is no such room.
    pub fn participant_list(&self, room: &str, now: u64) -> Option<Vec<ParticipantFacts>> {
        let found = self.find_any(room, now)?;
        let (past, here) = match found {
            Found::Open(room) => (&room.ledger.past, room.participants.as_slice()),
            Found::Over(room) => (&room.past, [].as_slice()),
        };
        let past = past.iter().map(ParticipantFacts::of_past);
        let mut all: Vec<ParticipantFacts> =
            past.chain(here.iter().map(ParticipantFacts::of_present)).collect();
        all.sort_by_key(|participant| participant.joined_at);
        Some(all)
    }

    /// Somebody by SID or identity. Of several with one identity the one who is there, or who left last.
    pub fn participant_facts(&self, room: &str, who: &str, now: u64) -> Option<ParticipantFacts> {
        let is_them = |sid: ParticipantSid, identity: &str| match ParticipantSid::parse(who) {
            Some(wanted) => sid == wanted,
            None => identity == who,
        };
        let (past, here) = match self.find_any(room, now)? {
            Found::Open(room) => (&room.ledger.past, room.participants.as_slice()),
            Found::Over(room) => (&room.past, [].as_slice()),
        };
        let present = here.iter().find(|participant| is_them(participant.sid, &participant.identity));
        present.map(ParticipantFacts::of_present).or_else(|| {
            let gone = past.iter().rev().find(|past| is_them(past.sid, &past.identity));
            gone.map(ParticipantFacts::of_past)
        })
    }

    /// What somebody publishes: nothing once they have left.
    pub fn published_tracks(&self, room: &str, who: &ParticipantFacts) -> Vec<TrackFacts> {
        let room = self.find_room(room).and_then(|sid| self.rooms.get(&sid));
        let participant = room.zip(ParticipantSid::parse(&who.sid)).and_then(|(r, sid)| r.participant(sid));
        participant.map(tracks_of).unwrap_or_default()
    }

    /// What somebody gets of others.
    pub fn subscribed_tracks(&self, room: &str, who: &ParticipantFacts) -> Vec<TrackFacts> {
        let room = self.find_room(room).and_then(|sid| self.rooms.get(&sid));
        let Some((room, sid)) = room.zip(ParticipantSid::parse(&who.sid)) else { return Vec::new() };
        room.publishers_for(sid).flat_map(tracks_of).collect()
    }

    fn find_any(&self, room: &str, now: u64) -> Option<Found<'_>> {
        let open = self.find_room(room).and_then(|sid| self.rooms.get(&sid)).map(Found::Open);
        open.or_else(|| self.archive.find(RoomSid::parse(room)?, now).map(Found::Over))
    }

    fn facts(&self, found: &Found<'_>) -> RoomFacts {
        let (sid, name, settings, opened_at, ended_at) = match found {
            Found::Open(room) => (room.sid, &room.name, &room.settings, room.ledger.opened_at, None),
            Found::Over(room) => (room.sid, &room.name, &room.settings, room.opened_at, Some(room.ended_at)),
        };
        RoomFacts {
            sid: sid.to_string(),
            name: name.clone(),
            settings: settings.clone(),
            max_participants: settings.max_participants.unwrap_or(self.config.max_participants),
            opened_at,
            ended_at,
        }
    }
}

impl ParticipantFacts {
    fn of_present(participant: &Participant) -> Self {
        let status = if participant.is_here() {
            ParticipantStatus::Connected
        } else {
            ParticipantStatus::Reconnecting
        };
        Self {
            sid: participant.sid.to_string(),
            identity: participant.identity.clone(),
            status,
            joined_at: participant.ledger.joined_at,
            left_at: None,
        }
    }

    fn of_past(past: &Past) -> Self {
        Self {
            sid: past.sid.to_string(),
            identity: past.identity.clone(),
            status: ParticipantStatus::Disconnected,
            joined_at: past.joined_at,
            left_at: Some(past.left_at),
        }
    }
}

fn tracks_of(participant: &Participant) -> Vec<TrackFacts> {
    let StayLedger { tracks, joined_at, .. } = &participant.ledger;
    let facts = participant.remote_tracks().map(|(sid, track)| TrackFacts {
        sid: sid.to_string(),
        publisher: participant.sid.to_string(),
        name: track.name,
        kind: track.kind,
        enabled: track.enabled,
        since: tracks.get(&sid).map_or(*joined_at, |entry| entry.since),
        updated: tracks.get(&sid).map_or(*joined_at, |entry| entry.updated),
    });
    facts.collect()
}
