use super::{CONTENT_TYPE, Credentials, MAX_TTL};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use secrecy::ExposeSecret;
use serde::Serialize;
use std::time::Duration;

/// Why no token was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MintError {
    /// The identity is empty. Twilio's own limit of 128 characters is checked where identities are made.
    #[error("a token needs an identity")]
    NoIdentity,
    /// The time to live is zero or longer than [`MAX_TTL`].
    #[error("a token lives between one second and 24 hours")]
    TtlOutOfRange,
    /// The signature could not be made. Does not happen with a key that is text.
    #[error("the token could not be signed")]
    Signing,
}

#[derive(Serialize)]
struct Claims<'a> {
    jti: String,
    grants: Grants<'a>,
    iat: u64,
    exp: u64,
    iss: &'a str,
    sub: &'a str,
}

#[derive(Serialize)]
struct Grants<'a> {
    identity: &'a str,
    video: Video<'a>,
}

#[derive(Serialize)]
struct Video<'a> {
    room: &'a str,
}

/// Makes a token that lets `identity` into `room`, and nowhere else, for `ttl` from `now` (Unix seconds).
///
/// There is no `nbf`, as in Twilio's helper: a browser's call must not be refused because two servers' clocks differ
/// by a second.
///
/// # Errors
/// If the identity is empty or `ttl` is out of range.
pub fn mint(
    credentials: &Credentials,
    identity: &str,
    room: &str,
    ttl: Duration,
    now: u64,
) -> Result<String, MintError> {
    if identity.is_empty() {
        return Err(MintError::NoIdentity);
    }
    if ttl.as_secs() == 0 || ttl > MAX_TTL {
        return Err(MintError::TtlOutOfRange);
    }
    let claims = Claims {
        jti: format!("{}-{now}", credentials.key_sid),
        grants: Grants { identity, video: Video { room } },
        iat: now,
        exp: now.saturating_add(ttl.as_secs()),
        iss: &credentials.key_sid,
        sub: &credentials.account_sid,
    };
    let mut header = Header::new(Algorithm::HS256);
    header.cty = Some(CONTENT_TYPE.to_owned());
    let key = EncodingKey::from_secret(credentials.key_secret.expose_secret().as_bytes());
    encode(&header, &claims, &key).map_err(|_| MintError::Signing)
}
