//! What burns and crackles, as a part of the module for itself: a page is read, and its buttons heard, without it.

use std::cell::Cell;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlCanvasElement;

use super::crackle::Crackle;
use super::hearth::Hearth;

/// Everything that only a visible fire needs, behind pointers.
pub struct Fireplace {
    /// Lights a fire that moves.
    pub(super) burn: fn(HtmlCanvasElement) -> Hearth,
    /// Paints one that does not.
    pub(super) stand_still: fn(HtmlCanvasElement) -> Hearth,
    /// Starts the sound, if the browser allows it.
    pub(super) crackle: fn() -> Option<Crackle>,
}

static PARTS: Fireplace =
    Fireplace { burn: Hearth::burn, stand_still: Hearth::stand_still, crackle: Crackle::start };

/// The fireplace. Whoever calls this has all of it in their part of the module: `hydrate.rs` does, in a part for itself.
pub fn fireplace() -> &'static Fireplace {
    &PARTS
}

/// Brings the fireplace to the page. None when it cannot be had; the next call tries again.
pub type FetchFireplace = fn() -> LocalBoxFuture<'static, Option<&'static Fireplace>>;

thread_local! {
    static FROM: Cell<Option<FetchFireplace>> = const { Cell::new(None) };
}

/// Says where the fireplace comes from.
pub fn fireplace_from(fetch: FetchFireplace) {
    FROM.set(Some(fetch));
}

/// The fireplace, from when it is first wanted. Where it did not come it is asked for again when it is wanted the next time.
pub(super) fn use_fireplace(wanted: Signal<bool>) -> ReadSignal<Option<&'static Fireplace>> {
    let (here, set_here) = signal(None);
    Effect::new(move |_| {
        if !wanted.get() || here.read_untracked().is_some() {
            return;
        }
        let Some(fetch) = FROM.get() else { return };
        spawn_local(async move {
            if let Some(fireplace) = fetch().await {
                // The page may have gone on meanwhile.
                let _ = set_here.try_set(Some(fireplace));
            }
        });
    });
    here
}
