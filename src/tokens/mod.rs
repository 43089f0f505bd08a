//! What lets a browser in: access tokens in Twilio's format, made by `server` and checked by `rooms`; and names and passwords
//! for TURN servers, made by both.
//!
//! Pure: the time is passed in. Knows neither of its users. A token is never logged: whoever has it can enter the room.
//!
//! Source: <https://www.twilio.com/docs/iam/access-tokens> and `lib/jwt/AccessToken.js` of Twilio's Node helper.

mod mint;
mod turn;
mod verify;

pub use mint::{MintError, mint};
pub use turn::{IceServers, TimedTurn};
pub use verify::{Grant, TokenError, verify};

use secrecy::SecretString;
use std::{fmt, time::Duration};

/// The longest that Twilio lets a token live: 24 hours from `iat` to `exp`.
pub const MAX_TTL: Duration = Duration::from_hours(24);

/// The content type in a token's header, which tells it from other Twilio tokens.
const CONTENT_TYPE: &str = "twilio-fpa;v=1";

/// What signs and checks tokens: an account and one of its API keys.
#[derive(Clone)]
pub struct Credentials {
    /// `AC` and 32 hexadecimal digits. The token's `sub`.
    pub account_sid: String,
    /// `SK` and 32 hexadecimal digits. The token's `iss`.
    pub key_sid: String,
    /// The key of the HMAC. Never shown, not even by `Debug`.
    pub key_secret: SecretString,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
