//! What a tab remembers until it is closed, over reloads.

use web_sys::Storage;

/// None where the browser refuses to store anything.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// What is remembered under this name.
pub fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Remembers it. Whether that worked: a browser may refuse.
pub fn remember(name: &str, what: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, what).is_ok())
}
