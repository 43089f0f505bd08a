//! What is written down of a room and its participants for the REST API: when what began and ended.
//!
//! Bounded: a room remembers its latest [`MAX_PAST`] participants, and the server the latest [`MAX_COMPLETED`] rooms for
//! [`REMEMBERED`].

use super::{
    Uptime,
    ids::{ParticipantSid, RoomSid, TrackSid},
    settings::RoomSettings,
};
use crate::rooms::wire::TrackKind;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

/// How many participants that left a room remembers.
const MAX_PAST: usize = 50;
/// How many completed rooms are remembered.
const MAX_COMPLETED: usize = 1000;
/// How long a completed room is remembered.
pub(super) const REMEMBERED: Duration = Duration::from_hours(1);

/// A room's own page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::rooms) struct RoomLedger {
    /// When it was opened, in Unix seconds.
    pub opened_at: u64,
    /// Whether anybody ever came.
    pub was_used: bool,
    /// How many events were told of it.
    pub events: u64,
    /// Who has left, latest last. Each is kept by itself.
    #[serde(skip)]
    pub past: VecDeque<Past>,
    /// When it ends if nobody comes, in Unix seconds. Nothing while somebody is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_until: Option<u64>,
    /// The same by the clock that does not jump: worked out anew after a restart.
    #[serde(skip)]
    pub ends_at: Option<Duration>,
}

/// A participant's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::rooms) struct StayLedger {
    /// When it entered, in Unix seconds.
    pub joined_at: u64,
    /// The same by the machine, whose clock nobody sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered: Option<Uptime>,
    /// When it has stayed for as long as it may. Monotonic: worked out anew after a restart.
    #[serde(skip)]
    pub ends_at: Option<Duration>,
    /// Its tracks, and since when they are as they are.
    pub tracks: BTreeMap<TrackSid, TrackEntry>,
}

/// What is written down of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::rooms) struct TrackEntry {
    pub kind: TrackKind,
    /// When it was published, in Unix seconds.
    pub since: u64,
    /// When it was last enabled or disabled.
    pub updated: u64,
    /// False while muted.
    pub enabled: bool,
}

/// Somebody who has left.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::rooms) struct Past {
    pub sid: ParticipantSid,
    pub identity: String,
    /// Unix seconds.
    pub joined_at: u64,
    /// Unix seconds.
    pub left_at: u64,
}

/// A room that is over.
#[derive(Debug, Clone)]
pub(in crate::rooms) struct Completed {
    pub sid: RoomSid,
    pub name: String,
    pub settings: RoomSettings,
    pub opened_at: u64,
    /// Unix seconds.
    pub ended_at: u64,
    /// When to forget it.
    pub until: Duration,
    pub past: VecDeque<Past>,
}

impl RoomLedger {
    /// Takes over what was kept.
    pub fn resume(&mut self, kept: Self) {
        *self = Self { past: std::mem::take(&mut self.past), ..kept };
    }

    /// Writes down that somebody has left.
    pub fn part(&mut self, past: Past) {
        if self.past.iter().any(|known| known.sid == past.sid) {
            return;
        }
        if self.past.len() == MAX_PAST {
            self.past.pop_front();
        }
        self.past.push_back(past);
    }
}

/// The rooms that are over, latest last.
#[derive(Debug, Default)]
pub(super) struct Archive(VecDeque<Completed>);

impl Archive {
    /// Takes a room in, and forgets those that are too many. Says when to [forget](Self::forget) it, if that is not arranged yet.
    pub fn keep(&mut self, room: Completed) -> Option<Duration> {
        let at = self.0.is_empty().then_some(room.until);
        while self.0.len() >= MAX_COMPLETED {
            self.0.pop_front();
        }
        self.0.push_back(room);
        at
    }

    /// Forgets those that are too old. Says when to do so again.
    pub fn forget(&mut self, now: Duration) -> Option<Duration> {
        while self.0.front().is_some_and(|oldest| oldest.until <= now) {
            self.0.pop_front();
        }
        self.0.front().map(|oldest| oldest.until)
    }

    /// How many there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A room by its SID. Names are used again and do not find completed rooms.
    pub fn find(&self, sid: RoomSid, now: u64) -> Option<&Completed> {
        self.at(now).find(|room| room.sid == sid)
    }

    /// All that are still remembered.
    pub fn at(&self, now: u64) -> impl Iterator<Item = &Completed> {
        self.0.iter().filter(move |room| is_known(room, now))
    }
}

fn is_known(room: &Completed, now: u64) -> bool {
    now < room.ended_at.saturating_add(REMEMBERED.as_secs())
}
