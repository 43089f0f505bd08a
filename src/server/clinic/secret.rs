//! Secrets that browsers carry: made here, stored as hashes only.

use super::SessionKey;
use crate::server::random::{self, RandomError};
use sha2::{Digest, Sha256};

/// A new secret of 128 bits, as 32 hexadecimal digits.
pub(super) fn new() -> Result<String, RandomError> {
    random::hex::<16>()
}

/// What is stored in place of a secret. A plain hash is enough: nobody can try out 128 random bits.
pub(super) fn hash(secret: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(secret.as_bytes()).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a String never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a session is stored under.
pub(super) fn key(secret: &str) -> SessionKey {
    SessionKey(hash(secret))
}
