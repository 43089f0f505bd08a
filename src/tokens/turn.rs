//! Who gets into the TURN servers: by one name and password for all, or by ones that are made for each and soon end.
//!
//! Source: draft-uberti-behave-turn-rest-00, section 2.2, as coturn's `use-auth-secret` takes it.

use crate::domain::IceServer;
use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use std::time::Duration;

/// The STUN and TURN servers that browsers are told of.
#[derive(Debug, Clone, Default)]
pub struct IceServers {
    /// Those that everybody gets as they are.
    pub fixed: Vec<IceServer>,
    /// TURN servers for which everybody gets a name and password of their own.
    pub timed: Option<TimedTurn>,
    /// Whether browsers may reach each other through TURN only, so that they never learn each other's address.
    pub relay_only: bool,
}

/// TURN servers that share a secret with us.
#[derive(Debug, Clone)]
pub struct TimedTurn {
    /// `turn:` or `turns:` addresses.
    pub urls: Vec<String>,
    /// coturn's `static-auth-secret`. Never leaves the server.
    pub secret: SecretString,
    /// How long a name and password let their holder begin something new at the TURN server. What is under way then goes
    /// on; but a browser cannot be given new ones during a call, so a call that is longer cannot move to another network.
    pub ttl: Duration,
}

impl IceServers {
    /// Whether media can be relayed, so that calls work between networks that let nothing else through.
    pub fn has_relay(&self) -> bool {
        self.timed.is_some() || self.fixed.iter().any(IceServer::is_relay)
    }

    /// What to tell one browser at `now` (Unix seconds). `nonce` makes its TURN name its own; it says nothing of who it is.
    pub fn hand_out(&self, now: u64, nonce: u128) -> Vec<IceServer> {
        let timed = self.timed.as_ref().and_then(|turn| turn.hand_out(now, nonce));
        let all = self.fixed.iter().cloned().chain(timed);
        // Only to be asked for an address that must not be told anyway.
        all.filter(|server| !self.relay_only || server.is_relay()).collect()
    }
}

impl TimedTurn {
    fn hand_out(&self, now: u64, nonce: u128) -> Option<IceServer> {
        let username = format!("{}:{nonce:032x}", now.saturating_add(self.ttl.as_secs()));
        // An HMAC takes a key of any length, so this is always there.
        let mut mac = Hmac::<Sha1>::new_from_slice(self.secret.expose_secret().as_bytes()).ok()?;
        mac.update(username.as_bytes());
        let credential = BASE64_STANDARD.encode(mac.finalize().into_bytes());
        Some(IceServer { urls: self.urls.clone(), username: Some(username), credential: Some(credential) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn() -> TimedTurn {
        TimedTurn { urls: vec!["turn:t".into()], secret: "north".into(), ttl: Duration::from_mins(10) }
    }

    fn fixed(url: &str) -> IceServer {
        IceServer { urls: vec![url.into()], username: None, credential: None }
    }

    /// Computed with OpenSSL: `printf '1700000600:%032x' 255 | openssl dgst -sha1 -hmac north -binary | base64`.
    #[test]
    fn name_and_password_are_what_coturn_computes() {
        let ice = IceServers { timed: Some(turn()), ..IceServers::default() };
        let servers = ice.hand_out(1_700_000_000, 255);
        assert_eq!(servers.len(), 1);
        assert_eq!(servers[0].username.as_deref(), Some("1700000600:000000000000000000000000000000ff"));
        assert_eq!(servers[0].credential.as_deref(), Some("kZsXyN0tRtVKVGsLeyXNA6nol5I="));
    }

    #[test]
    fn each_browser_gets_its_own_and_the_secret_is_never_shown() {
        let ice = IceServers { timed: Some(turn()), ..IceServers::default() };
        assert_ne!(ice.hand_out(1, 1), ice.hand_out(1, 2));
        assert!(!format!("{ice:?} {:?}", ice.hand_out(1, 1)).contains("north"));
    }

    #[test]
    fn relay_only_browsers_are_told_of_relays_only() {
        let fixed = vec![fixed("stun:s"), fixed("turn:other")];
        let mut ice = IceServers { fixed, timed: Some(turn()), relay_only: false };
        assert_eq!(ice.hand_out(1, 1).len(), 3);
        ice.relay_only = true;
        assert!(ice.hand_out(1, 1).iter().all(IceServer::is_relay));
        assert_eq!(ice.hand_out(1, 1).len(), 2);
    }
}
