//! What is told of a room to whoever asked for it: status callbacks.
//!
//! Source: <https://www.twilio.com/docs/video/api/status-callbacks>.

use super::{
    Core, Output,
    changes::Change,
    connection::Seat,
    ids::{ParticipantSid, RoomSid, TrackSid},
    ledger::TrackEntry,
    participant::Participant,
    settings::{Callback, RoomKind},
};
use crate::rooms::wire::{RemoteTrack, TrackKind};
use std::collections::BTreeMap;

/// Something that happened in a room that has a [`Callback`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rooms) struct StatusEvent {
    /// Whom to tell.
    pub callback: Callback,
    /// Which event, in Twilio's words.
    pub name: &'static str,
    /// Counts the events of one room from 0.
    pub sequence: u64,
    pub room: RoomSid,
    pub room_name: String,
    pub room_kind: RoomKind,
    /// Seconds. Only when the room is over.
    pub room_duration: Option<u64>,
    /// About whom it is.
    pub participant: Option<EventParticipant>,
    /// About which of their tracks.
    pub track: Option<(TrackSid, TrackKind)>,
}

/// Whom an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rooms) struct EventParticipant {
    pub sid: ParticipantSid,
    pub identity: String,
    /// Seconds. Only when they have left.
    pub duration: Option<u64>,
}

/// What happened, to somebody who is in the room.
#[derive(Debug, Clone, Copy)]
pub(super) enum Happening {
    RoomCreated,
    RoomEnded,
    Connected(ParticipantSid),
    Track(ParticipantSid, &'static str, TrackSid, TrackKind),
}

impl Core {
    /// Tells of something that happened in a room, if anybody wants to know.
    pub(super) fn tell(&mut self, sid: RoomSid, what: Happening) {
        let Some(room) = self.rooms.get(&sid).filter(|room| room.settings.callback.is_some()) else { return };
        let who = |sid| {
            let identity = room.participant(sid)?.identity.clone();
            Some(EventParticipant { sid, identity, duration: None })
        };
        let (name, participant, track) = match what {
            Happening::RoomCreated => ("room-created", None, None),
            Happening::RoomEnded => ("room-ended", None, None),
            Happening::Connected(sid) => ("participant-connected", who(sid), None),
            Happening::Track(sid, name, track, kind) => (name, who(sid), Some((track, kind))),
        };
        self.send_event(sid, name, participant, track);
    }

    /// Tells that somebody has left, and with them their tracks.
    pub(super) fn tell_of_leaving(&mut self, room: RoomSid, participant: &Participant) {
        let mut who =
            EventParticipant { sid: participant.sid, identity: participant.identity.clone(), duration: None };
        for (sid, track) in participant.remote_tracks() {
            self.send_event(room, "track-removed", Some(who.clone()), Some((sid, track.kind)));
        }
        who.duration = Some(self.now.unix.saturating_sub(participant.ledger.joined_at));
        self.send_event(room, "participant-disconnected", Some(who), None);
    }

    /// Compares a participant's tracks with what is written down of them, writes down what is new, and tells of it.
    pub(super) fn note_tracks(&mut self, seat: Seat) {
        let unix = self.now.unix;
        let Some(room) = self.rooms.get_mut(&seat.room) else { return };
        let Some(participant) = room.participant_mut(seat.participant) else { return };
        let now: BTreeMap<TrackSid, RemoteTrack> = participant.remote_tracks().collect();
        let mut said = Vec::new();
        let known = std::mem::take(&mut participant.ledger.tracks);
        for (sid, entry) in &known {
            match now.get(sid) {
                None => said.push(("track-removed", *sid, entry.kind)),
                Some(track) if track.enabled != entry.enabled => {
                    let word = if track.enabled { "track-enabled" } else { "track-disabled" };
                    said.push((word, *sid, entry.kind));
                }
                Some(_) => {}
            }
        }
        for (sid, track) in now {
            let entry = match known.get(&sid) {
                Some(entry) if entry.enabled == track.enabled => *entry,
                Some(entry) => TrackEntry { updated: unix, enabled: track.enabled, ..*entry },
                None => {
                    said.push(("track-added", sid, track.kind));
                    TrackEntry { kind: track.kind, since: unix, updated: unix, enabled: track.enabled }
                }
            };
            participant.ledger.tracks.insert(sid, entry);
        }
        for (word, sid, kind) in said {
            self.tell(seat.room, Happening::Track(seat.participant, word, sid, kind));
        }
    }

    fn send_event(
        &mut self,
        sid: RoomSid,
        name: &'static str,
        participant: Option<EventParticipant>,
        track: Option<(TrackSid, TrackKind)>,
    ) {
        let Some(room) = self.rooms.get_mut(&sid) else { return };
        let Some(callback) = room.settings.callback.clone() else { return };
        let sequence = room.ledger.events;
        room.ledger.events += 1;
        room.changes.insert(Change::Ledger);
        let room_duration =
            (name == "room-ended").then(|| self.now.unix.saturating_sub(room.ledger.opened_at));
        self.outputs.push(Output::Event(Box::new(StatusEvent {
            callback,
            name,
            sequence,
            room: sid,
            room_name: room.name.clone(),
            room_kind: room.settings.kind,
            room_duration,
            participant,
            track,
        })));
    }
}
