//! The crackle: the browser's side of the sound, and the button that turns it on.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::AudioContext;

use super::fireplace::Fireplace;
use super::noise;
use crate::app::text::call::FireWords;

/// Sound that plays until this is dropped.
#[must_use = "the sound stops when this is dropped"]
pub struct Crackle(AudioContext);

impl Crackle {
    /// Starts softly. Browsers allow it only while they handle a person's press.
    pub fn start() -> Option<Self> {
        Self::try_to_start().ok()
    }

    fn try_to_start() -> Result<Self, JsValue> {
        let crackle = Self(AudioContext::new()?);
        let context = &crackle.0;
        let sound = noise::crackle(2020);
        let length = u32::try_from(sound.len()).unwrap_or(u32::MAX);
        let buffer = context.create_buffer(1, length, f32::from(noise::RATE))?;
        buffer.copy_to_channel(&sound, 0)?;
        let source = context.create_buffer_source()?;
        source.set_buffer(Some(&buffer));
        source.set_loop(true);
        let volume = context.create_gain()?;
        volume.gain().set_value(0.0);
        volume.gain().set_target_at_time(0.7, context.current_time(), 0.6)?;
        source.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&context.destination())?;
        source.start()?;
        // Safari makes contexts that sleep, even in a press. Whether it wakes is up to the browser.
        let _ = context.resume()?;
        Ok(crackle)
    }
}

impl Drop for Crackle {
    fn drop(&mut self) {
        // It fails only when it is closed already.
        let _ = self.0.close();
    }
}

/// Where the button's press leaves the sound. The browser frees event handlers when it likes, so that the sound is
/// bound to the effect that holds the original, and never to the handler.
struct Bellows(Rc<RefCell<Option<Crackle>>>);

impl Drop for Bellows {
    fn drop(&mut self) {
        self.0.take();
    }
}

/// Turns the crackle on and off. It is off whenever the fire is not visible.
#[component]
pub fn CrackleButton(
    words: &'static FireWords,
    visible: Signal<bool>,
    fireplace: ReadSignal<Option<&'static Fireplace>>,
) -> impl IntoView {
    let (playing, set_playing) = signal(false);
    let sound = Rc::new(RefCell::new(None));
    let bellows = Bellows(Rc::clone(&sound));
    Effect::new(move |_| {
        if !visible.get() {
            bellows.0.take();
            set_playing.set(false);
        }
    });
    let press = move |_| {
        let before = sound.take();
        if before.is_none() {
            sound.replace(fireplace.get_untracked().and_then(|fireplace| (fireplace.crackle)()));
        }
        set_playing.set(sound.borrow().is_some());
    };
    // Until there is something to crackle, and without scripts always, the style sheet hides it.
    let ready = move || fireplace.get().is_some();
    view! {
        <button type="button" class="button button--quiet crackle" data-ready=ready on:click=press>
            {move || if playing.get() { words.silence } else { words.crackle }}
        </button>
    }
}
