//! What a browser needs to enter a room.

use crate::domain::{IceServer, Identity};
use serde::{Deserialize, Serialize};

/// What a browser needs to enter a room. It is for one browser only: the token lets its holder in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinTicket {
    /// Who the browser is in the room. It keeps it for a reload.
    pub identity: Identity,
    /// The room's name.
    pub room: String,
    /// The access token, for this identity and room.
    pub token: String,
    /// The path of the embedded room server. `None`: Twilio.
    pub signaling: Option<String>,
    /// STUN and TURN servers.
    pub ice_servers: Vec<IceServer>,
}
