//! The name under which somebody is in a room.

use super::Role;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest identity accepted, in characters. Twilio allows 128.
pub const MAX_IDENTITY_LENGTH: usize = 128;

/// A participant's identity, `<role>-<opaque>`: 1 to [`MAX_IDENTITY_LENGTH`] ASCII letters, digits, `-`, `_`, `.`.
///
/// It never holds a person's name: every other participant, and the video engine, can read it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identity(String);

/// Why a text is no identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Nothing was given.
    #[error("an identity is needed")]
    Empty,
    /// More than [`MAX_IDENTITY_LENGTH`] characters.
    #[error("an identity has at most {MAX_IDENTITY_LENGTH} characters")]
    TooLong,
    /// A character other than ASCII letters, digits, `-`, `_`, `.`.
    #[error("an identity is made of letters, digits, '-', '_' and '.' only")]
    IllFormed,
}

impl Identity {
    /// Checks a text that came from outside.
    ///
    /// # Errors
    /// Says which rule the text breaks.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        if text.is_empty() {
            return Err(IdentityError::Empty);
        }
        if text.chars().count() > MAX_IDENTITY_LENGTH {
            return Err(IdentityError::TooLong);
        }
        if !text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
            return Err(IdentityError::IllFormed);
        }
        Ok(Self(text.to_owned()))
    }

    /// Makes `<role>-<opaque>` from 16 random bytes.
    pub fn from_random(role: Role, bytes: [u8; 16]) -> Self {
        Self(format!("{}-{:032x}", role.as_str(), u128::from_be_bytes(bytes)))
    }

    /// The role that this identity claims.
    pub fn role(&self) -> Role {
        Role::of_identity(&self.0)
    }

    /// The identity as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Identity {
    type Error = IdentityError;
    fn try_from(text: String) -> Result<Self, IdentityError> {
        Self::parse(&text)
    }
}

impl From<Identity> for String {
    fn from(identity: Identity) -> Self {
        identity.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_broken_rule_is_named() {
        assert_eq!(Identity::parse(""), Err(IdentityError::Empty));
        assert_eq!(Identity::parse(&"a".repeat(129)), Err(IdentityError::TooLong));
        assert_eq!(Identity::parse("a b"), Err(IdentityError::IllFormed));
        assert_eq!(Identity::parse("patient-é"), Err(IdentityError::IllFormed));
        assert!(Identity::parse(&"a".repeat(128)).is_ok());
    }

    proptest! {
        #[test]
        fn a_made_identity_keeps_its_role(bytes: [u8; 16]) {
            for role in [Role::Patient, Role::Provider, Role::Guest] {
                let identity = Identity::from_random(role, bytes);
                prop_assert_eq!(identity.role(), role);
                prop_assert_eq!(Identity::parse(identity.as_str()), Ok(identity.clone()));
            }
        }
    }
}
