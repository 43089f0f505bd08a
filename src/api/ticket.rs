//! What one needs to enter a room.

use crate::domain::{IceServer, Identity};
use serde::{Deserialize, Serialize};

/// A seat in a room: who one is there, and the token that opens it. Lives in memory only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinTicket {
    /// The identity the token is for. The tab keeps it and asks for it again after a reload.
    pub identity: Identity,
    /// The room's name.
    pub room: String,
    /// The access token, in Twilio's format.
    pub token: String,
    /// The path of our own room server on this origin; `None`: the SDK's own default, Twilio.
    pub signaling: Option<String>,
    /// STUN and TURN servers to use with our own room server. Giving them saves the SDK a round trip. `None`: the SDK asks
    /// wherever it connects.
    pub ice_servers: Option<Vec<IceServer>>,
    /// Whether picture and sound go through TURN servers only.
    pub relay_only: bool,
}
