//! Access tokens in Twilio's format: made by `server`, checked by `rooms`.
//!
//! Pure: the time is passed in. Knows neither of its users.
#![expect(missing_docs, reason = "skeleton; the owner of this module writes it")]

use secrecy::SecretString;

/// What signs and checks tokens.
#[derive(Clone)]
pub struct Credentials {
    pub account_sid: String,
    pub key_sid: String,
    pub key_secret: SecretString,
}
