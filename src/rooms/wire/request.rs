//! RSP, version 2: what clients say. Fields that a mesh has no use for are not read.
//!
//! Source: SDK modules `signaling/v2/twilioconnectiontransport.js` and `signaling/v2/localparticipant.js`.

use super::Peer;
use serde::{Deserialize, Serialize, de::Error};
use std::borrow::Cow;

const KINDS: [&str; 5] = ["ice", "connect", "update", "sync", "disconnect"];

/// A message from a client.
#[derive(Debug)]
pub(in crate::rooms) enum Request {
    /// Asks for STUN and TURN servers, before connecting.
    Ice {
        /// The access token.
        token: String,
    },
    /// Asks to enter a room.
    Connect(Connect),
    /// Something changed.
    Update(ClientUpdate),
    /// Is back on a new socket.
    Sync(Sync),
    /// Leaves, or (without a session) no longer wants to enter.
    Disconnect {
        /// Proves who speaks.
        session: Option<String>,
    },
}

/// What tells the messages apart.
#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Ice {
    token: String,
}

#[derive(Deserialize)]
struct Disconnect {
    #[serde(default)]
    session: Option<String>,
}

impl Request {
    /// Reads a message: once for its type and once for what it says, which is cheaper than the tree that an enum of serde's
    /// would build in between.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse(body: &str) -> serde_json::Result<Self> {
        let Kind { kind } = serde_json::from_str(body)?;
        Ok(match &*kind {
            "update" => Self::Update(serde_json::from_str(body)?),
            "connect" => Self::Connect(serde_json::from_str(body)?),
            "sync" => Self::Sync(serde_json::from_str(body)?),
            "ice" => Self::Ice { token: serde_json::from_str::<Ice>(body)?.token },
            "disconnect" => Self::Disconnect { session: serde_json::from_str::<Disconnect>(body)?.session },
            other => return Err(Error::unknown_variant(other, &KINDS)),
        })
    }

    /// What kind of message it is. Nothing if it is none.
    pub fn kind(body: &str) -> Cow<'_, str> {
        serde_json::from_str(body).map(|Kind { kind }| kind).unwrap_or_default()
    }

    /// What it says of peer connections.
    pub fn peers(&mut self) -> &mut [Peer] {
        match self {
            Self::Connect(Connect { peer_connections, .. })
            | Self::Sync(Sync { peer_connections, .. })
            | Self::Update(ClientUpdate { peer_connections, .. }) => peer_connections,
            Self::Ice { .. } | Self::Disconnect { .. } => &mut [],
        }
    }
}

/// Something changed.
#[derive(Debug, Deserialize)]
pub(in crate::rooms) struct ClientUpdate {
    /// Proves who speaks.
    pub session: String,
    /// The tracks, with each update.
    #[serde(default)]
    pub participant: Option<LocalState>,
    /// Descriptions and candidates.
    #[serde(default)]
    pub peer_connections: Vec<Peer>,
}

/// Asks to enter a room.
#[derive(Debug, Deserialize)]
pub(in crate::rooms) struct Connect {
    /// The access token.
    pub token: String,
    /// The room's name or SID.
    #[serde(default)]
    pub name: Option<String>,
    /// The tracks to publish.
    pub participant: LocalState,
    /// The first offer.
    #[serde(default)]
    pub peer_connections: Vec<Peer>,
    /// Which tracks to subscribe to.
    #[serde(default)]
    pub subscribe: Option<Subscribe>,
}

impl Connect {
    /// Whether others' tracks are subscribed to without asking (`automaticSubscription`, on by default).
    pub fn wants_tracks(&self) -> bool {
        self.subscribe
            .as_ref()
            .is_none_or(|subscribe| subscribe.rules.iter().any(|rule| rule.kind == "include"))
    }
}

/// Which tracks to subscribe to.
#[derive(Debug, Deserialize)]
pub(in crate::rooms) struct Subscribe {
    /// The SDK sends one rule for all tracks.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// One rule of a subscription.
#[derive(Debug, Deserialize)]
pub(in crate::rooms) struct Rule {
    /// `include` or `exclude`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// Is back on a new socket.
#[derive(Debug, Deserialize)]
pub(in crate::rooms) struct Sync {
    /// Proves who speaks.
    pub session: String,
    /// The access token that it connected with. May have expired.
    pub token: String,
    /// The tracks.
    #[serde(default)]
    pub participant: Option<LocalState>,
    /// The latest descriptions of its own. Candidates are not repeated.
    #[serde(default)]
    pub peer_connections: Vec<Peer>,
}

/// A participant as it describes itself.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::rooms) struct LocalState {
    /// The participant's own count of its changes.
    pub revision: u64,
    /// What it publishes.
    #[serde(default)]
    pub tracks: Vec<TrackState>,
}

/// A track as its publisher describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::rooms) struct TrackState {
    /// The publisher's id, which is in the descriptions as well.
    pub id: String,
    /// What it carries.
    pub kind: TrackKind,
    /// Chosen by the application.
    pub name: String,
    /// False while muted.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// `low`, `standard` or `high`.
    #[serde(default)]
    pub priority: Option<String>,
}

fn yes() -> bool {
    true
}

/// What a track carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::rooms) enum TrackKind {
    /// Sound.
    Audio,
    /// A picture.
    Video,
    /// Messages of the application.
    Data,
}
