//! What people in the room are called. No names: identities are opaque, and names are nobody else's business.

use crate::domain::Role;

/// Somebody else.
pub fn role_label(role: Role) -> &'static str {
    match role {
        Role::Patient => "Patient",
        Role::Provider => "Provider",
        Role::Guest => "Guest",
    }
}

/// Oneself.
pub fn own_label() -> &'static str {
    "You"
}
