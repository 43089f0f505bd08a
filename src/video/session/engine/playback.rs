//! Puts tracks into the page's elements and gets them to play.

use super::{
    super::{send, with as session},
    held::with,
};
use crate::domain::call::{Event, Report};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlMediaElement;

/// Plays a remote track in an element, until [`hide_track`].
pub fn show_track(track_sid: &str, element: &HtmlMediaElement) {
    if with(|held| held.room.as_ref().is_some_and(|room| room.attach(track_sid, element))) {
        play(element);
    }
}

/// Takes a remote track out of an element.
pub fn hide_track(track_sid: &str, element: &HtmlMediaElement) {
    with(|held| held.room.as_ref().map(|room| room.detach(track_sid, element)));
    // The room, and the track with it, may be gone already: the element must let go of the stream all the same.
    element.set_src_object(None);
}

/// Shows this person their own picture; false while there is none.
pub fn show_own_picture(element: &HtmlMediaElement) -> bool {
    with(|held| held.media.as_ref().is_some_and(|media| media.show_picture(element)))
}

/// Plays everything again, in the person's own press: browsers want one before they play sound.
pub fn turn_on_sound() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(elements) = document.query_selector_all("audio, video") else { return };
    (0..elements.length())
        .filter_map(|index| elements.get(index))
        .for_each(|element| play(element.unchecked_ref()));
}

/// Plays an element and reports whether the browser let it.
fn play(element: &HtmlMediaElement) {
    let Some(attempt) = session(|session| session.call.attempt()) else { return };
    let Ok(playing) = element.play() else { return };
    let sound = element.tag_name().eq_ignore_ascii_case("audio");
    spawn_local(async move {
        let blocked = match JsFuture::from(playing).await {
            Ok(_) => false,
            Err(error) if name(&error).as_deref() == Some("NotAllowedError") => true,
            // Interrupted by a new source or by removal: says nothing about the browser's will.
            Err(_) => return,
        };
        if sound || blocked {
            send(Event::reported(attempt, Report::SoundBlocked(blocked)));
        }
    });
}

fn name(error: &JsValue) -> Option<String> {
    js_sys::Reflect::get(error, &"name".into()).ok()?.as_string()
}
