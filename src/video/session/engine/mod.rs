//! The engine of a call: what acts on the world for the pure machine. SDK, camera, microphone, server and sound are its own.
//!
//! It is a part of its own of the module (`cargo leptos build --split`), fetched once the page has been painted and can be used:
//! nobody waits for it to read the page, nor to press Join. Until it is there, what is to be done waits in line.

mod effects;
mod held;
mod line;
mod media_watch;
mod playback;

pub use line::engine_from;
pub(super) use line::{carry_out, prepare};

use crate::domain::call::{Call, Effect};
use std::cell::Cell;
use web_sys::HtmlMediaElement;

thread_local! {
    static ENGINE: Cell<Option<&'static Engine>> = const { Cell::new(None) };
}

/// What the first part of the module may ask of the engine. Through pointers only, or it would become a part of the first.
#[derive(Debug)]
pub struct Engine {
    carry_out: fn(Effect),
    follow: fn(&Call),
    let_go: fn(),
    show_track: fn(&str, &HtmlMediaElement),
    hide_track: fn(&str, &HtmlMediaElement),
    show_own_picture: fn(&HtmlMediaElement) -> bool,
    turn_on_sound: fn(),
}

/// The engine. Whoever calls this has all of it in their part of the module: `hydrate.rs` does, in a part for itself.
pub fn engine() -> &'static Engine {
    &PARTS
}

static PARTS: Engine = Engine {
    carry_out: effects::carry_out,
    follow: media_watch::keep,
    let_go: held::let_go,
    show_track: playback::show_track,
    hide_track: playback::hide_track,
    show_own_picture: playback::show_own_picture,
    turn_on_sound: playback::turn_on_sound,
};

/// Keeps to the new state of the call.
pub(super) fn follow(call: &Call) {
    running(|engine| (engine.follow)(call));
}

/// Gives back whatever is left of a call that is over.
pub(super) fn let_go() {
    running(|engine| (engine.let_go)());
}

/// Plays a remote track in an element, until [`hide_track`].
pub fn show_track(track_sid: &str, element: &HtmlMediaElement) {
    running(|engine| (engine.show_track)(track_sid, element));
}

/// Takes a remote track out of an element.
pub fn hide_track(track_sid: &str, element: &HtmlMediaElement) {
    running(|engine| (engine.hide_track)(track_sid, element));
}

/// Shows this person their own picture; false while there is none.
pub fn show_own_picture(element: &HtmlMediaElement) -> bool {
    running(|engine| (engine.show_own_picture)(element)).unwrap_or(false)
}

/// Plays everything again, in the person's own press: browsers want one before they play sound.
pub fn turn_on_sound() {
    running(|engine| (engine.turn_on_sound)());
}

/// Without an engine there are no tracks, and nothing to show, hide or hear.
fn running<T>(act: impl FnOnce(&Engine) -> T) -> Option<T> {
    ENGINE.get().map(act)
}
