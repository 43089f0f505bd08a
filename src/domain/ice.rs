//! The STUN and TURN servers that help two browsers find a way to each other.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One entry of `RTCConfiguration.iceServers`.
///
/// Source: WebRTC 1.0, section 4.2.4 (`RTCIceServer`).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// Without the password: what is printed can end up in a log.
impl fmt::Debug for IceServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { urls, username, credential } = self;
        let credential = credential.as_ref().map(|_| "[REDACTED]");
        f.debug_struct("IceServer")
            .field("urls", urls)
            .field("username", username)
            .field("credential", &credential)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        let credential = Some("hush-hush".to_owned());
        let server = IceServer { urls: vec!["turn:t".into()], username: Some("ann".into()), credential };
        let printed = format!("{server:?} {server:#?}");
        assert!(!printed.contains("hush"), "{printed}");
        assert!(printed.contains("turn:t") && printed.contains("ann"), "{printed}");
    }
}
