//! Trying camera and microphone out, before the wait and during it: one's own picture, how loud one is heard, a sound, which
//! devices, and what to do about those that fail. Needs scripts: until they run, the style sheet keeps its place and hides it.

mod act;
mod device;

pub use act::Checking;

use super::words::check_words;
use crate::{
    api::clinic::Lang,
    app::{clinic::Kept, components::ring},
    domain::call::{MediaWish, TrackKind},
};
use device::OneDevice;
use leptos::prelude::*;
use web_sys::AudioContext;

/// Trying camera and microphone out.
#[component]
pub fn DeviceCheck(
    /// What is known.
    checking: Checking,
    /// The page's language.
    lang: Lang,
    /// Whether it says what it is.
    #[prop(default = true)]
    titled: bool,
) -> impl IntoView {
    let words = check_words(lang);
    let is_on = Memo::new(move |_| checking.check.with(|check| check.is_on()));
    let is_asking = Memo::new(move |_| checking.check.with(|check| check.is_asking()));
    let was_on = RwSignal::new(false);
    let can_begin = Memo::new(move |_| is_on.get() || checking.wish() != MediaWish::Nothing);
    let press = move |_| {
        if is_on.get_untracked() {
            checking.close();
        } else {
            was_on.set(true);
            checking.begin();
        }
    };
    let sound = Kept::<AudioContext>::new();
    let play = move |_| {
        if sound.with(|_| ()).is_none()
            && let Ok(made) = AudioContext::new()
        {
            sound.put(made);
        }
        // Where it cannot be heard, the hint below says what to do.
        let _ = sound.with(ring);
    };
    view! {
        <section class="check" aria-label=words.title>
            {titled.then(|| view! { <h2>{words.title}</h2> })}
            <p>{words.intro}</p>
            <p role="status" class="status">
                {move || match (is_asking.get(), is_on.get(), was_on.get()) {
                    (true, ..) => words.asking,
                    (false, false, true) => words.is_off,
                    _ => "",
                }}
            </p>
            <OneDevice checking lang kind=TrackKind::Video />
            <OneDevice checking lang kind=TrackKind::Audio />
            <div class="actions">
                // One button, so that whoever has the focus on it keeps it.
                <button type="button" class="button" hidden=move || !can_begin.get() on:click=press>
                    {move || match (is_on.get(), was_on.get()) {
                        (true, _) => words.turn_off,
                        (false, true) => words.again,
                        (false, false) => words.begin,
                    }}
                </button>
                <button type="button" class="button button--quiet" aria-describedby="sound-hint" on:click=play>
                    {words.sound}
                </button>
            </div>
            <p id="sound-hint">
                <small>{words.sound_hint}</small>
            </p>
        </section>
    }
}
