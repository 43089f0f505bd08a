//! Somebody in a room.

use super::{
    ids::{ConnectionId, ParticipantSid, SessionId, TrackSid},
    ledger::StayLedger,
    track::Track,
};
use crate::rooms::allowance::Allowance;
use crate::rooms::wire::{LocalParticipant, ParticipantView, RemoteTrack, State};
use std::time::Duration;

/// Somebody in a room.
#[derive(Debug)]
pub(super) struct Participant {
    pub sid: ParticipantSid,
    pub identity: String,
    pub session: SessionId,
    pub presence: Presence,
    /// Its peer connections are not given up before: see `together`.
    pub spared_until: Duration,
    /// Ours; in everything that others hear about this participant.
    pub revision: u64,
    /// The client's own; what is not newer was heard before.
    pub heard_revision: u64,
    pub tracks: Vec<Track>,
    /// Whether it subscribes to others' tracks.
    pub wants_tracks: bool,
    pub ledger: StayLedger,
    /// What it had left to say when its last socket was lost.
    pub allowance: Allowance,
}

/// Whether somebody is reachable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// On this socket.
    Here(ConnectionId),
    /// Without a socket.
    Away {
        /// When it was last heard.
        heard: Duration,
        /// When its peer connections are given up.
        pairs_until: Duration,
        /// When it is.
        until: Duration,
    },
}

impl Participant {
    /// The socket, if there is one.
    pub fn connection(&self) -> Option<ConnectionId> {
        match self.presence {
            Presence::Here(connection) => Some(connection),
            Presence::Away { .. } => None,
        }
    }

    /// Whether it can be reached now.
    pub fn is_here(&self) -> bool {
        self.connection().is_some()
    }

    fn state(&self) -> State {
        if self.is_here() { State::Connected } else { State::Reconnecting }
    }

    /// As others see it.
    pub fn view(&self) -> ParticipantView {
        ParticipantView {
            sid: self.sid.to_string(),
            identity: self.identity.clone(),
            state: self.state(),
            revision: self.revision,
            tracks: self.tracks.iter().filter_map(Track::remote).collect(),
        }
    }

    /// What it publishes, without what failed.
    pub fn remote_tracks(&self) -> impl Iterator<Item = (TrackSid, RemoteTrack)> {
        self.tracks.iter().filter_map(|track| Some((track.sid()?, track.remote()?)))
    }

    /// As it sees itself.
    pub fn own_view(&self) -> LocalParticipant {
        LocalParticipant {
            sid: self.sid.to_string(),
            identity: self.identity.clone(),
            state: self.state(),
            revision: self.revision,
        }
    }
}
