//! Being told when somebody arrives: by a sound, and by the desktop, also while the tab is hidden. Both after a press only, as
//! browsers want it and people too; this browser remembers it, since one goes to and fro between the queue and the visits.

use super::{Queue, bell::Bell};
use crate::app::clinic::{Kept, desktop};
use leptos::prelude::*;

/// Under which a browser keeps that the sound is wanted.
const KEY: &str = "owl-sound";

#[component]
pub(super) fn Arrivals(queue: Queue) -> impl IntoView {
    let sounds = RwSignal::new(false);
    let notes = RwSignal::new(false);
    let trouble = RwSignal::new("");
    let bell = Kept::<Bell>::new();
    Effect::new(move |_| {
        notes.set(desktop::are_wanted());
        if desktop::kept(KEY) {
            let made = Bell::new();
            sounds.set(made.is_some());
            if let Some(made) = made {
                bell.put(made);
            }
        }
    });
    Effect::new(move |_| {
        if queue.arrived.with(String::is_empty) {
            return;
        }
        bell.with(Bell::ring);
        // No name: others may see the desktop.
        desktop::say("Somebody waits for you");
    });
    let switch_sound = move |_| {
        let on = !sounds.get_untracked();
        desktop::keep(KEY, on);
        let made = if on { Bell::new() } else { None };
        sounds.set(made.is_some());
        match made {
            Some(made) => {
                // Heard at once, so that one knows it works.
                made.ring();
                bell.put(made);
            }
            None => bell.clear(),
        }
    };
    let switch_notes = move |_| {
        if notes.get_untracked() {
            desktop::stop();
            return notes.set(false);
        }
        leptos::task::spawn_local(async move {
            let begun = desktop::begin().await;
            notes.set(begun.is_ok());
            trouble.set(begun.err().unwrap_or_default());
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
            <p role="status">{move || trouble.get()}</p>
        </div>
    }
}
