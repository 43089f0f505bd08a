//! What people in the room are called. No names: identities are opaque, and names are nobody else's business.

use super::CallWords;
use crate::domain::Role;

/// Somebody else.
pub fn role_label(words: &CallWords, role: Role) -> &'static str {
    match role {
        Role::Patient => words.patient,
        Role::Provider => words.provider,
        Role::Guest => words.guest,
    }
}
