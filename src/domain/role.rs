//! Who somebody is in a visit.

use serde::{Deserialize, Serialize};

/// A participant's part in a visit. It is the part of the [`Identity`](super::Identity) before the first dash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Waits for a provider, then talks with them.
    Patient,
    /// Sees patients. While one is in the room nobody waits.
    Provider,
    /// Anybody else: an interpreter, a relative, a caregiver. Never ends anybody's wait.
    Guest,
}

impl Role {
    /// The word that begins identities of this role.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Provider => "provider",
            Self::Guest => "guest",
        }
    }

    /// Whom somebody of this role comes to meet.
    #[must_use]
    pub fn counterpart(self) -> Self {
        match self {
            Self::Patient | Self::Guest => Self::Provider,
            Self::Provider => Self::Patient,
        }
    }

    /// The role that an identity's first part names. Unknown words are guests: a stranger must not end a wait.
    pub fn of_identity(identity: &str) -> Self {
        match identity.split('-').next() {
            Some("patient") => Self::Patient,
            Some("provider") => Self::Provider,
            _ => Self::Guest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_is_the_part_before_the_dash() {
        for (identity, role) in [
            ("patient", Role::Patient),
            ("provider", Role::Provider),
            ("patient-4f", Role::Patient),
            ("provider-4f-2", Role::Provider),
            ("guest-1", Role::Guest),
            ("providers", Role::Guest),
            ("Provider-1", Role::Guest),
            ("-provider", Role::Guest),
            ("", Role::Guest),
        ] {
            assert_eq!(Role::of_identity(identity), role, "{identity:?}");
        }
    }
}
