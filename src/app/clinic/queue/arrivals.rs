//! Being told when somebody arrives: by a sound, and by the desktop, also while the tab is hidden. Both after a press only, as
//! browsers want it and people too.

use super::Queue;
use crate::app::clinic::Kept;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, Notification, NotificationPermission};

/// Two soft tones, in hertz, one after the other.
const TONES: [f32; 2] = [523.25, 659.25];

/// How long each lasts, in seconds.
const TONE: f64 = 0.35;

#[component]
pub(super) fn Arrivals(queue: Queue) -> impl IntoView {
    let sounds = RwSignal::new(false);
    let notes = RwSignal::new(false);
    // Made by the press that asks for it.
    let context = Kept::<AudioContext>::new();
    Effect::new(move |_| {
        let news = queue.arrived.get();
        if news.is_empty() {
            return;
        }
        if sounds.get_untracked() {
            context.with(ring);
        }
        if notes.get_untracked() && document().hidden() {
            // No name: others may see the desktop.
            drop(Notification::new("Somebody waits for you"));
        }
    });
    let switch_sound = move |_| {
        if sounds.get_untracked() {
            return sounds.set(false);
        }
        let made = AudioContext::new().ok();
        if let Some(made) = &made {
            // Heard at once, so that one knows it works.
            drop(ring(made));
        }
        sounds.set(made.is_some());
        match made {
            Some(made) => context.put(made),
            None => context.clear(),
        }
    };
    let switch_notes = move |_| {
        if notes.get_untracked() {
            return notes.set(false);
        }
        leptos::task::spawn_local(async move {
            let Ok(asked) = Notification::request_permission() else { return };
            let answered = wasm_bindgen_futures::JsFuture::from(asked).await;
            notes.set(answered.is_ok() && Notification::permission() == NotificationPermission::Granted);
        });
    };
    view! {
        <div class="actions queue__arrivals" role="group" aria-label="When somebody arrives">
            <button
                type="button"
                class="button button--quiet"
                aria-pressed=move || sounds.get().to_string()
                on:click=switch_sound
            >
                {move || if sounds.get() { "Sound is on" } else { "Turn on sound" }}
            </button>
            <button
                type="button"
                class="button button--quiet"
                aria-pressed=move || notes.get().to_string()
                on:click=switch_notes
            >
                {move || if notes.get() { "Desktop notes are on" } else { "Turn on desktop notes" }}
            </button>
        </div>
    }
}

fn ring(context: &AudioContext) -> Result<(), JsValue> {
    let mut starts = context.current_time();
    for tone in TONES {
        let (oscillator, volume) = (context.create_oscillator()?, context.create_gain()?);
        oscillator.frequency().set_value(tone);
        volume.gain().set_value_at_time(0.25, starts)?;
        volume.gain().linear_ramp_to_value_at_time(0.0, starts + TONE)?;
        oscillator.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&context.destination())?;
        oscillator.start_with_when(starts)?;
        oscillator.stop_with_when(starts + TONE)?;
        starts += TONE;
    }
    Ok(())
}
