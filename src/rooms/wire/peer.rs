//! Peer connections on the wire, the same in both directions.
//!
//! Source: SDK modules `signaling/v2/peerconnection.js` and `signaling/v2/icebox.js`.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// News of one peer connection: a description, candidates, or both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::rooms) struct Peer {
    /// The same at both ends.
    pub id: String,
    /// Offer, answer, or a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// Candidates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ice: Option<Ice>,
}

/// A session description, or what takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::rooms) struct Description {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: DescriptionKind,
    /// Counts the negotiations of one connection, for both ends together. An answer has its offer's revision.
    pub revision: u64,
    /// Offers and answers have one. Looked into for the [`ufrag`](Self::ufrag) only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdp: Option<String>,
}

impl Description {
    /// Names the ICE generation that it begins or goes on with. RFC 8839, section 5.4.
    pub fn ufrag(&self) -> Option<&str> {
        self.sdp.as_deref()?.lines().find_map(|line| line.strip_prefix("a=ice-ufrag:"))
    }
}

/// The kinds of description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::rooms) enum DescriptionKind {
    /// Begins a negotiation.
    Offer,
    /// Ends it.
    Answer,
    /// A provisional answer. The SDK understands but never makes one.
    Pranswer,
    /// The server asks a client to make an offer.
    CreateOffer,
    /// The connection is over; its id never comes again.
    Close,
}

/// All candidates so far of one ICE generation: each message repeats the earlier ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::rooms) struct Ice {
    /// The SDK notes that the list may be missing.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// Names the generation.
    #[serde(default)]
    pub ufrag: Option<String>,
    /// Rises with every message about this connection from this end.
    pub revision: u64,
    /// Set when there will be no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
}

/// An `RTCIceCandidateInit`, as its client wrote it. Looked into only where [relays](crate::rooms::core) alone are left.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::rooms) struct Candidate(Box<RawValue>);

impl Candidate {
    /// Its JSON.
    pub fn text(&self) -> &str {
        self.0.get()
    }
}

impl From<Box<RawValue>> for Candidate {
    fn from(json: Box<RawValue>) -> Self {
        Self(json)
    }
}

/// The same text: a client repeats what it said before letter by letter.
impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}
