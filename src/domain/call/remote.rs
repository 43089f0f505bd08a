//! The others in the room, as the page shows them.

use super::MEDIA_PATIENCE;
use crate::domain::Role;
use std::time::Duration;

/// What a track carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrackKind {
    /// Sound.
    Audio,
    /// Picture.
    Video,
}

/// A track of somebody else that can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RemoteTrack {
    /// The track's SID (`MT…`).
    pub sid: String,
    /// Sound or picture.
    pub kind: TrackKind,
    /// Whether its sender has it switched on.
    pub enabled: bool,
}

/// Somebody else in the room.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Remote {
    /// The participant's SID (`PA…`): a new one for every time they come.
    pub sid: String,
    /// Their identity as the video engine tells it.
    pub identity: String,
    /// Whether their own connection is interrupted. They count as in the room.
    pub reconnecting: bool,
    /// Whether they announced that they send something.
    pub publishes: bool,
    /// Whether something of it has arrived.
    pub media_flows: bool,
    /// What of theirs can be shown.
    pub tracks: Vec<RemoteTrack>,
    pub(super) due: Option<Duration>,
}

impl Remote {
    /// Somebody of whom nothing is known yet but who they are.
    pub fn new(sid: impl Into<String>, identity: impl Into<String>) -> Self {
        Self {
            sid: sid.into(),
            identity: identity.into(),
            reconnecting: false,
            publishes: false,
            media_flows: false,
            tracks: Vec::new(),
            due: None,
        }
    }

    /// Their part in the visit.
    pub fn role(&self) -> Role {
        Role::of_identity(&self.identity)
    }

    /// The track of a kind that is shown.
    pub fn track(&self, kind: TrackKind) -> Option<&RemoteTrack> {
        self.tracks.iter().find(|track| track.kind == kind)
    }

    /// When their media should have come, while it has not.
    pub(super) fn media_due(&self) -> Option<Duration> {
        self.due.filter(|_| !self.media_flows)
    }

    /// Starts to wait for their media, if they send any and nobody waits yet.
    pub(super) fn expect_media(&mut self, now: Duration) {
        if self.publishes {
            self.due.get_or_insert(now + MEDIA_PATIENCE);
        }
    }
}
