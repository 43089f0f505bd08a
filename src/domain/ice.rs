//! The STUN and TURN servers that help two browsers find a way to each other.

use serde::{Deserialize, Serialize};

/// One entry of `RTCConfiguration.iceServers`.
///
/// Source: WebRTC 1.0, section 4.2.4 (`RTCIceServer`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    /// `stun:`, `turn:` or `turns:` addresses of the same server.
    pub urls: Vec<String>,
    /// The TURN user name.
    pub username: Option<String>,
    /// The TURN password. Browsers get it, so it should be short-lived.
    pub credential: Option<String>,
}

impl IceServer {
    /// Whether this server relays media, so that calls work between networks that let nothing else through.
    pub fn is_relay(&self) -> bool {
        self.urls.iter().any(|url| url.starts_with("turn:") || url.starts_with("turns:"))
    }
}
