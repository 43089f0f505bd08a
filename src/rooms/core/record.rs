//! What is kept of rooms over a restart.
//!
//! A line is a JSON array of records: all that one input has changed in a room, so that it is kept whole or not at all.
//! Records are idempotent and the last one wins. They are small where changes are frequent: a new candidate does not
//! write descriptions again. What a restart ends anyway (sockets, absences) is not kept.

use super::{
    end::Farewell,
    ids::{ParticipantSid, RoomSid, SessionId},
    ledger::{Past, RoomLedger, StayLedger},
    pair::Open,
    settings::RoomSettings,
    track::Track,
};
use crate::rooms::wire::{Description, Ice};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The version of this format. A file of another one is not understood.
pub(super) const VERSION: u32 = 1;

/// A change of what is kept.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Record<'a> {
    /// A room. The first record of its file.
    Room(RoomRecord<'a>),
    /// What is written down of the room.
    Ledger(Cow<'a, RoomLedger>),
    /// Somebody who was in it.
    Past(Cow<'a, Past>),
    /// No revision above this one was given out.
    Revision(u64),
    /// Somebody is in, or is in differently.
    Participant(ParticipantRecord<'a>),
    /// Somebody is out.
    Left(ParticipantSid),
    /// A pair begins, or has got on.
    Pair(PairRecord<'a>),
    /// A pair is over.
    Closed(Cow<'a, str>),
    /// What one end of a pair described last.
    Description(DescriptionRecord<'a>),
    /// The candidates of one end of a pair.
    Candidates(CandidatesRecord<'a>),
    /// A session that was ended from outside. In a book of its own, since it outlives its room.
    Ended(EndedRecord),
}

/// A room.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RoomRecord<'a> {
    pub version: u32,
    pub sid: RoomSid,
    pub name: Cow<'a, str>,
    #[serde(default)]
    pub settings: Cow<'a, RoomSettings>,
}

/// Somebody in a room.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ParticipantRecord<'a> {
    pub sid: ParticipantSid,
    pub identity: Cow<'a, str>,
    pub session: SessionId,
    pub heard_revision: u64,
    pub tracks: Cow<'a, [Track]>,
    pub wants_tracks: bool,
    #[serde(default)]
    pub ledger: Cow<'a, StayLedger>,
}

/// A peer connection, without the long parts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PairRecord<'a> {
    pub id: Cow<'a, str>,
    pub ends: [EndRecord; 2],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
    pub settled: u64,
}

/// One end of a peer connection.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct EndRecord {
    pub participant: ParticipantSid,
    pub owes_offer: bool,
    pub is_involved: bool,
}

/// What one end of a pair described last.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DescriptionRecord<'a> {
    pub pair: Cow<'a, str>,
    pub end: usize,
    pub last: Cow<'a, Description>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Cow<'a, Description>>,
}

/// The candidates of one end of a pair.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CandidatesRecord<'a> {
    pub pair: Cow<'a, str>,
    pub end: usize,
    pub ice: Cow<'a, Ice>,
}

/// A session that was ended from outside.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EndedRecord {
    pub session: SessionId,
    pub farewell: Farewell,
    /// Unix seconds.
    pub until: u64,
}

/// Appends records as one line. No line, if there are none.
pub(super) fn write(records: &[Record<'_>], lines: &mut String) {
    if records.is_empty() {
        return;
    }
    // Our own types always serialize; one that does not is worth a line in the log and not a crash.
    if let Ok(line) = serde_json::to_string(records) {
        lines.push_str(&line);
        lines.push('\n');
    } else {
        tracing::error!("records could not be serialized");
    }
}
