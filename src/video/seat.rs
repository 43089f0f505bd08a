//! The seat that this tab holds: it survives a reload, and ends with the tab.

use crate::domain::{Identity, Role};

const KEY: &str = "owl.identity";

fn storage() -> Option<web_sys::Storage> {
    // Browsers may refuse storage altogether; then every load is a new seat.
    web_sys::window()?.session_storage().ok()?
}

/// The identity this tab had before, if it is one of this role.
pub(super) fn remembered(role: Role) -> Option<Identity> {
    let text = storage()?.get_item(KEY).ok()??;
    Identity::parse(&text).ok().filter(|identity| identity.role() == role)
}

/// Keeps an identity for the next load of this tab.
pub(super) fn remember(identity: &Identity) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs the seat at a reload, not the call.
        let _ = storage.set_item(KEY, identity.as_str());
    }
}
