//! What a room was made with, and how long it and those in it may last.
//!
//! Source: <https://www.twilio.com/docs/video/api/rooms-resource> and
//! <https://www.twilio.com/docs/video/tutorials/understanding-video-rooms>.

use serde::{Deserialize, Serialize};
use std::{fmt, time::Duration};

/// What a room was made with. The default is that of a room that the first `connect` opens (Twilio: an ad-hoc room).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::rooms) struct RoomSettings {
    /// Echoed, and otherwise of little consequence: every room is a mesh.
    pub kind: RoomKind,
    /// How many participants it holds. None: as many as the server's configuration says.
    pub max_participants: Option<usize>,
    /// How long one participant may stay (4 h).
    pub max_stay: Duration,
    /// How long it lasts after the last has left. Zero: not at all.
    pub empty_timeout: Duration,
    /// How long it lasts if nobody ever comes. Without meaning for a room that somebody opens by coming.
    pub unused_timeout: Duration,
    /// Whom to tell what happens in it.
    pub callback: Option<Callback>,
}

impl Default for RoomSettings {
    fn default() -> Self {
        Self {
            kind: RoomKind::default(),
            max_participants: None,
            max_stay: Duration::from_hours(4),
            empty_timeout: Duration::ZERO,
            unused_timeout: Duration::ZERO,
            callback: None,
        }
    }
}

/// Whom to tell what happens in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::rooms) struct Callback {
    /// An `http` or `https` address, as `reqwest::Url` writes it.
    pub url: String,
    /// Whether the parameters go into the address (`GET`) and not into a form (`POST`).
    pub by_get: bool,
}

/// Twilio's room types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::rooms) enum RoomKind {
    /// For two.
    Go,
    /// A mesh.
    PeerToPeer,
    /// Twilio's media servers, were this Twilio. The default there, and so here.
    #[default]
    Group,
    /// The same for up to four.
    GroupSmall,
}

impl RoomKind {
    /// Reads Twilio's word for it.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "go" => Some(Self::Go),
            "peer-to-peer" => Some(Self::PeerToPeer),
            "group" => Some(Self::Group),
            "group-small" => Some(Self::GroupSmall),
            _ => None,
        }
    }

    /// How many participants such a room holds, where the server allows `most`.
    pub fn max_participants(self, most: usize) -> usize {
        if self == Self::Go { most.min(2) } else { most }
    }
}

impl fmt::Display for RoomKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Go => "go",
            Self::PeerToPeer => "peer-to-peer",
            Self::Group => "group",
            Self::GroupSmall => "group-small",
        })
    }
}
