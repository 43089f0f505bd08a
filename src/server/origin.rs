//! A web origin: scheme, host and port. What a browser names in its `Origin` header, and what `PUBLIC_URL` stands for.

use std::fmt;

/// `http` or `https`, a host, a port; compared as browsers compare them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    https: bool,
    host: String,
    port: u16,
}

/// Why a text is no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// Neither `http://` nor `https://` in front.
    #[error("it does not begin with http:// or https://")]
    Scheme,
    /// Something after host and port: a path, a query, a user name.
    #[error("it has more than a host and a port after the scheme")]
    Extra,
    /// The host or port cannot be one.
    #[error("its host or port is not well-formed")]
    Authority,
}

impl Origin {
    /// Reads `https://host[:port]`; a single trailing slash is forgiven, since people copy addresses from browsers.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let text = text.trim().to_ascii_lowercase();
        let (https, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(OriginError::Scheme),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#', '@']) {
            return Err(OriginError::Extra);
        }
        Self::from_authority(https, rest).ok_or(OriginError::Authority)
    }

    /// Reads `host[:port]`, as in a `Host` header, under a known scheme.
    pub fn from_authority(https: bool, authority: &str) -> Option<Self> {
        let authority = authority.to_ascii_lowercase();
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
            _ => (authority.as_str(), if https { 443 } else { 80 }),
        };
        let well_formed = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok(),
            // Narrower than RFC 3986 allows: this text is put into a response header.
            None => {
                !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
            }
        };
        well_formed.then(|| Self { https, host: host.to_owned(), port })
    }

    /// Whether the scheme is https.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// The host without its port; IPv6 addresses in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, the scheme's own where none was given.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether it is this very machine, whatever the port.
    pub fn is_loopback(&self) -> bool {
        matches!(self.host(), "localhost" | "127.0.0.1" | "[::1]")
    }

    /// Whether host and port are the same, whatever the scheme: a proxy that we do not trust may end TLS in front of
    /// us, so that we cannot know the scheme of our own address.
    pub fn same_authority(&self, authority: &str) -> bool {
        Self::from_authority(self.https, authority).as_ref() == Some(self)
    }

    /// The same place for a WebSocket: `ws://` or `wss://`.
    pub fn websocket(&self) -> String {
        format!("{}{}", if self.https { "wss://" } else { "ws://" }, self.authority())
    }

    /// `host[:port]`, as in a `Host` header.
    pub fn authority(&self) -> String {
        match (self.https, self.port) {
            (true, 443) | (false, 80) => self.host.clone(),
            (_, port) => format!("{}:{port}", self.host),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.https { "https://" } else { "http://" }, self.authority())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_ports_and_letter_case_do_not_matter() {
        let origin = Origin::parse("https://Clinic.Example:443/").unwrap();
        assert_eq!(origin.to_string(), "https://clinic.example");
        assert_eq!(origin.websocket(), "wss://clinic.example");
        assert!(origin.same_authority("clinic.example"));
        assert!(origin.same_authority("CLINIC.example:443"));
        assert!(!origin.same_authority("clinic.example:1337"));
        assert_ne!(origin, Origin::parse("http://clinic.example").unwrap());
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        assert_eq!(Origin::parse("clinic.example"), Err(OriginError::Scheme));
        assert_eq!(Origin::parse("null"), Err(OriginError::Scheme));
        assert_eq!(Origin::parse("https://a/b"), Err(OriginError::Extra));
        assert_eq!(Origin::parse("https://a@b"), Err(OriginError::Extra));
        for text in [
            "https://",
            "https://a:b",
            "https://a:70000",
            "https://a;script-src",
            "https://[::1",
            "http://a b",
        ] {
            assert_eq!(Origin::parse(text), Err(OriginError::Authority), "{text}");
        }
        assert!(Origin::parse("http://[::1]:1337").is_ok());
    }
}
