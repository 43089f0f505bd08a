use super::{CONTENT_TYPE, Credentials, MAX_TTL};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, crypto, decode_header, errors::ErrorKind};
use secrecy::ExposeSecret;
use serde_json::Value;

/// Longer texts are no tokens. Ours have about 450 characters.
const MAX_TOKEN_LENGTH: usize = 8 * 1024;

/// What a token lets its bearer do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Who the bearer is in the room. Not empty; Twilio's other rules for identities are the room server's to check.
    pub identity: String,
    /// Name or SID of the only room that the token opens. Without it the token opens every room.
    pub room: Option<String>,
    /// Unix seconds from which on the token is worth nothing.
    pub expires_at: u64,
}

/// Why a token is refused. [`code`](Self::code) is what the SDK turns into the error that an application sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// No JWT at all: not three parts, not base64, not JSON.
    #[error("Invalid Access Token")]
    Invalid,
    /// `alg`, `typ` or `cty` is not what a Twilio access token has.
    #[error("Invalid Access Token header")]
    Header,
    /// Made with another key or for another account.
    #[error("Invalid Access Token issuer/subject")]
    Issuer,
    /// `exp` is past, missing, no number, or more than 24 h after `iat`. Everything else about the token is right.
    #[error("Access Token expired or expiration date invalid")]
    Expired,
    /// `nbf` lies ahead. Its signature and its grants are right.
    #[error("Access Token not yet valid")]
    NotYetValid,
    /// There is no identity or no video grant, or the grant is for something else.
    #[error("Invalid Access Token grants")]
    Grants,
    /// Not signed with this key's secret.
    #[error("Invalid Access Token signature")]
    Signature,
}

impl TokenError {
    /// Twilio's error code, 20101 to 20107.
    ///
    /// Source: SDK module `util/twilio-video-errors.js`.
    pub fn code(self) -> u32 {
        match self {
            Self::Invalid => 20101,
            Self::Header => 20102,
            Self::Issuer => 20103,
            Self::Expired => 20104,
            Self::NotYetValid => 20105,
            Self::Grants => 20106,
            Self::Signature => 20107,
        }
    }
}

/// Checks a token at `now` (Unix seconds) and says what it grants.
///
/// Every claim is read and checked here and not left to `jsonwebtoken`, which has no codes for what is wrong with them, and
/// whose releases before 10.3 let an `exp` given as text pass. The times come last, so that [`TokenError::Expired`] and
/// [`TokenError::NotYetValid`] mean "good but for its time": a participant who comes back to a call within its session brings the
/// token of the beginning, and may (SDK module `signaling/v2/twilioconnectiontransport.js`).
///
/// # Errors
/// Says what is wrong with the token.
pub fn verify(credentials: &Credentials, token: &str, now: u64) -> Result<Grant, TokenError> {
    if token.len() > MAX_TOKEN_LENGTH {
        return Err(TokenError::Invalid);
    }
    check_header(token)?;
    let claims = read_claims(credentials, token)?;
    let is = |claim: &str, expected: &str| claims.get(claim).and_then(Value::as_str) == Some(expected);
    if !is("iss", &credentials.key_sid) || !is("sub", &credentials.account_sid) {
        return Err(TokenError::Issuer);
    }
    let (identity, room) = read_grants(&claims)?;
    match claims.get("nbf") {
        None => {}
        Some(nbf) if nbf.as_u64().is_some_and(|nbf| nbf <= now) => {}
        Some(_) => return Err(TokenError::NotYetValid),
    }
    let expires_at = claims.get("exp").and_then(Value::as_u64).ok_or(TokenError::Expired)?;
    let issued_at = claims.get("iat").map_or(Some(now), Value::as_u64).ok_or(TokenError::Expired)?;
    if expires_at <= now || expires_at.saturating_sub(issued_at) > MAX_TTL.as_secs() {
        return Err(TokenError::Expired);
    }
    Ok(Grant { identity, room, expires_at })
}

fn check_header(token: &str) -> Result<(), TokenError> {
    // An algorithm that the crate does not know, "none" among them, is a JSON error there.
    let header = decode_header(token).map_err(|error| match error.kind() {
        ErrorKind::Json(_) | ErrorKind::InvalidAlgorithmName | ErrorKind::InvalidAlgorithm => {
            TokenError::Header
        }
        _ => TokenError::Invalid,
    })?;
    let is_twilio = header.alg == Algorithm::HS256
        && header.typ.as_deref() == Some("JWT")
        && header.cty.as_deref() == Some(CONTENT_TYPE);
    if is_twilio { Ok(()) } else { Err(TokenError::Header) }
}

fn read_claims(credentials: &Credentials, token: &str) -> Result<Value, TokenError> {
    let (message, signature) = token.rsplit_once('.').ok_or(TokenError::Invalid)?;
    let (_, claims) = message.split_once('.').ok_or(TokenError::Invalid)?;
    let key = DecodingKey::from_secret(credentials.key_secret.expose_secret().as_bytes());
    if !crypto::verify(signature, message.as_bytes(), &key, Algorithm::HS256).unwrap_or(false) {
        return Err(TokenError::Signature);
    }
    let claims = URL_SAFE_NO_PAD.decode(claims).map_err(|_| TokenError::Invalid)?;
    serde_json::from_slice(&claims).map_err(|_| TokenError::Invalid)
}

fn read_grants(claims: &Value) -> Result<(String, Option<String>), TokenError> {
    let grants = claims.get("grants").ok_or(TokenError::Grants)?;
    let identity = grants.get("identity").and_then(Value::as_str).unwrap_or_default();
    let video = grants.get("video").and_then(Value::as_object).ok_or(TokenError::Grants)?;
    let room = match video.get("room") {
        None | Some(Value::Null) => None,
        Some(Value::String(room)) if room.is_empty() => None,
        Some(Value::String(room)) => Some(room.clone()),
        Some(_) => return Err(TokenError::Grants),
    };
    if identity.is_empty() { Err(TokenError::Grants) } else { Ok((identity.to_owned(), room)) }
}
