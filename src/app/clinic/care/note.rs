//! The provider's private note. It saves itself, so that nothing typed is lost by a reload or a crash.

use crate::{api::clinic::write_note, app::clinic::Kept, domain::visit::VisitId};
use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};

/// How long after the last key it is saved, in milliseconds.
const QUIET: u32 = 800;

#[component]
pub(super) fn Note(id: VisitId, text: String) -> impl IntoView {
    let text = RwSignal::new(text);
    let state = RwSignal::new("");
    // Counts saves, so that an old answer says nothing about newer words.
    let newest = StoredValue::new(0_u32);
    let timer = Kept::new();
    let save = move || {
        timer.clear();
        newest.update_value(|count| *count += 1);
        let (count, words) = (newest.get_value(), text.get_untracked());
        state.set("Saving\u{2026}");
        spawn_local(async move {
            let outcome = write_note(id, words).await;
            if newest.try_get_value() == Some(count) {
                state.set(match outcome {
                    Ok(()) => "Saved",
                    Err(_) => "Not saved. Please check your connection; what you typed is still here.",
                });
            }
        });
    };
    view! {
        <section aria-labelledby="note">
            <h2 id="note">"Your note"</h2>
            <label class="field">
                <span class="visually-hidden">"Private note"</span>
                <textarea
                    rows="8"
                    maxlength="20000"
                    aria-describedby="note-state"
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        state.set("Not saved yet");
                        timer.put(Timeout::new(QUIET, save));
                    }
                    on:blur=move |_| {
                        if timer.with(|_| ()).is_some() {
                            save();
                        }
                    }
                >
                    {text.get_untracked()}
                </textarea>
            </label>
            <p id="note-state" role="status">
                <small>"Only you see it. " {move || state.get()}</small>
            </p>
        </section>
    }
}
