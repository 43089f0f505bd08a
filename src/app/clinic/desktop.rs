//! Notes on the desktop, for whoever has asked for them, while the page is hidden.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationPermission};

/// Under which a browser keeps that they are wanted.
const KEY: &str = "owl-notes";

/// Whether this browser's person has asked for them, and its system lets them through.
pub fn are_wanted() -> bool {
    kept(KEY) && are_known() && Notification::permission() == NotificationPermission::Granted
}

/// Switches them off.
pub fn stop() {
    keep(KEY, false);
}

/// Switches them on, if the browser lets them through, with a first one, so that one knows that they work.
///
/// # Errors
/// Why it is not so, in words.
pub async fn begin() -> Result<(), &'static str> {
    const NONE: &str = "This browser shows no desktop notes. The sound and the number in the tab\u{2019}s title tell you too.";
    if !are_known() {
        return Err(NONE);
    }
    let asked = Notification::request_permission().map_err(|_| NONE)?;
    let may =
        JsFuture::from(asked).await.is_ok() && Notification::permission() == NotificationPermission::Granted;
    if !may {
        return Err(
            "This browser holds desktop notes back. Allow them for this site in its settings, and press again.",
        );
    }
    // Some say that they may be shown, and cannot.
    Notification::new("You will be told here").map_err(|_| NONE)?;
    keep(KEY, true);
    Ok(())
}

/// Browsers on some phones have none.
fn are_known() -> bool {
    web_sys::window().is_some_and(|window| Reflect::has(&window, &"Notification".into()).unwrap_or(false))
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
