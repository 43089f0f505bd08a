//! Notes on the desktop, for whoever has asked for them, while the page is hidden.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Notification, NotificationPermission};

/// Under which a browser keeps that they are wanted.
const KEY: &str = "owl-notes";

/// Whether this browser's person has asked for them, and its system lets them through.
pub fn are_wanted() -> bool {
    kept(KEY) && Notification::permission() == NotificationPermission::Granted
}

/// Keeps that they are wanted, or not any more.
pub fn want(wanted: bool) {
    keep(KEY, wanted);
}

/// Says something on the desktop, if that is wanted and the page is hidden. No names: others may see the desktop.
pub fn say(words: &str) {
    if !are_wanted() || !document().hidden() {
        return;
    }
    let Ok(note) = Notification::new(words) else { return };
    let lead_here = Closure::once_into_js(|| {
        if let Some(window) = web_sys::window() {
            // It fails only in a page that goes away already.
            let _ = window.focus();
        }
    });
    note.set_onclick(lead_here.dyn_ref());
}

/// Whether something is switched on in this browser.
pub fn kept(key: &str) -> bool {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    storage.and_then(|storage| storage.get_item(key).ok().flatten()).is_some()
}

/// Keeps a switch in this browser. Where nothing can be kept, it is off with the next page.
pub fn keep(key: &str, on: bool) {
    let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok().flatten()) else {
        return;
    };
    let _ = if on { storage.set_item(key, "on") } else { storage.remove_item(key) };
}
