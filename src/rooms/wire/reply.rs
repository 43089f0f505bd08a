//! RSP, version 2: what the server says.
//!
//! Source: SDK modules `signaling/v2/room.js`, `signaling/v2/localparticipant.js` and
//! `signaling/v2/remoteparticipant.js`.

use super::{Peer, TrackKind};
use serde::Serialize;

/// An entry of `ice_servers`. What is not known is left out: the SDK hands it to `RTCPeerConnection`, to which `null` is
/// the name "null".
#[derive(Debug, Serialize)]
pub(in crate::rooms) struct IceServer {
    urls: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<String>,
}

impl From<&crate::domain::IceServer> for IceServer {
    fn from(server: &crate::domain::IceServer) -> Self {
        let crate::domain::IceServer { urls, username, credential } = server.clone();
        Self { urls, username, credential }
    }
}

/// A message to a client.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(in crate::rooms) enum Reply {
    /// Answers `ice`.
    Iced {
        /// Always 1.
        version: u32,
        /// STUN and TURN servers.
        ice_servers: Vec<IceServer>,
    },
    /// Answers `connect`.
    Connected(RoomState),
    /// Answers `sync`. What is missing here is gone for the client: participants disconnect, connections close.
    Synced(RoomState),
    /// What changed.
    Update(Update),
    /// The room or the participant was ended from outside. Status `completed` becomes 53118.
    Disconnected {
        /// `completed` or `disconnected`.
        status: &'static str,
    },
    /// The client leaves and its application gets this error.
    Error {
        /// Twilio's code.
        code: u32,
        /// Twilio's text.
        message: String,
    },
}

/// The whole state of a room as one participant sees it.
#[derive(Debug, Serialize)]
pub(in crate::rooms) struct RoomState {
    pub version: u32,
    /// `RM…`
    pub sid: String,
    pub name: String,
    /// Proves later who speaks.
    pub session: String,
    pub options: Options,
    pub participant: LocalParticipant,
    pub participants: Vec<ParticipantView>,
    pub published: Revised<PublishedTrack>,
    pub subscribed: Revised<SubscribedTrack>,
    pub peer_connections: Vec<Peer>,
    pub recording: Recording,
}

/// What holds for the whole call.
#[derive(Debug, Serialize)]
pub(in crate::rooms) struct Options {
    /// For how long a client tries to come back, in seconds.
    pub session_timeout: f64,
    /// There is one region only.
    pub signaling_region: &'static str,
    /// None: media passes no server.
    pub media_region: Option<&'static str>,
}

/// The participant that is spoken to.
#[derive(Debug, Serialize)]
pub(in crate::rooms) struct LocalParticipant {
    pub sid: String,
    pub identity: String,
    pub state: State,
    pub revision: u64,
}

/// A list that replaces the earlier one. A client ignores a revision that is not newer.
#[derive(Debug, Serialize)]
pub(in crate::rooms) struct Revised<T> {
    pub revision: u64,
    pub tracks: Vec<T>,
}

/// Rooms are never recorded.
#[derive(Debug, Serialize)]
pub(in crate::rooms) struct Recording {
    pub is_recording: bool,
    pub revision: u64,
}

/// What changed. Everything that one input changed for one participant is in one message, in the order in which the SDK
/// wants to learn it.
#[derive(Debug, Default, Serialize)]
pub(in crate::rooms) struct Update {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscribed: Option<Revised<SubscribedTrack>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Revised<PublishedTrack>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub peer_connections: Vec<Peer>,
}

/// A participant as others see it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::rooms) struct ParticipantView {
    pub sid: String,
    pub identity: String,
    pub state: State,
    pub revision: u64,
    /// Always there, also after the end: users of the SDK expect a list that stays filled.
    pub tracks: Vec<RemoteTrack>,
}

/// Where a participant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::rooms) enum State {
    /// Here.
    Connected,
    /// Lost its socket and may come back.
    Reconnecting,
    /// Gone.
    Disconnected,
}

/// A track as others see it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::rooms) struct RemoteTrack {
    pub sid: String,
    pub name: String,
    pub kind: TrackKind,
    pub enabled: bool,
    pub priority: Option<String>,
}

/// What became of a track that its participant wants to publish.
#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub(in crate::rooms) enum PublishedTrack {
    /// It is published.
    Ready { id: String, sid: String },
    /// It is not, and only it: the SDK says `trackPublicationFailed`.
    Failed { id: String, error: TrackFailure },
}

/// Why a track is not published.
#[derive(Debug, Serialize)]
pub(in crate::rooms) struct TrackFailure {
    pub code: u32,
    pub message: String,
}

/// Which track in the descriptions is which publication.
#[derive(Debug, Serialize)]
pub(in crate::rooms) struct SubscribedTrack {
    pub sid: String,
    pub id: String,
}
