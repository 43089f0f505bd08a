//! The provider's private note. It saves itself, and tries again when that fails, so that nothing typed is lost by a reload or a
//! crash.

use crate::{
    api::{
        ErrorCode,
        clinic::{read_note, write_note},
    },
    app::clinic::Kept,
    domain::visit::VisitId,
};
use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};

/// How long after the last key it is saved, in milliseconds.
const QUIET: u32 = 800;

/// How long after a failure it is tried again, in milliseconds.
const AGAIN: u32 = 5_000;

/// The note, as the page has it.
#[derive(Clone, Copy)]
struct Draft {
    id: VisitId,
    text: RwSignal<String>,
    /// Whether what is written down is known: before, nothing can be typed that would replace it.
    known: RwSignal<bool>,
    /// Whether something typed is not saved yet: the page does not reload then.
    unsaved: RwSignal<bool>,
    state: RwSignal<String>,
    /// Counts saves, so that an old answer says nothing about newer words.
    newest: StoredValue<u32>,
    timer: Kept<Timeout>,
}

/// `text`: what is written down, if the page came with it.
#[component]
pub(super) fn Note(id: VisitId, text: Option<String>, unsaved: RwSignal<bool>) -> impl IntoView {
    let draft = Draft {
        id,
        known: RwSignal::new(text.is_some()),
        text: RwSignal::new(text.unwrap_or_default()),
        unsaved,
        state: RwSignal::new(String::new()),
        newest: StoredValue::new(0),
        timer: Kept::new(),
    };
    Effect::new(move |_| {
        if !draft.known.get_untracked() {
            draft.read();
        }
    });
    view! {
        <section aria-labelledby="note">
            <h2 id="note">"Your note"</h2>
            <label class="field">
                <span class="visually-hidden">"Private note"</span>
                <textarea
                    rows="8"
                    maxlength="20000"
                    aria-describedby="note-state"
                    disabled=move || !draft.known.get()
                    prop:value=move || draft.text.get()
                    on:input=move |event| draft.typed(event_target_value(&event))
                    on:blur=move |_| {
                        if draft.timer.with(|_| ()).is_some() {
                            draft.save();
                        }
                    }
                >
                    {draft.text.get_untracked()}
                </textarea>
            </label>
            <p id="note-state" role="status">
                <small>"Only you see it. " {move || draft.state.get()}</small>
            </p>
        </section>
    }
}

impl Draft {
    fn typed(self, words: String) {
        self.text.set(words);
        self.unsaved.set(true);
        self.state.set("Not saved yet".to_owned());
        self.timer.put(Timeout::new(QUIET, move || self.save()));
    }

    fn save(self) {
        self.timer.clear();
        self.newest.update_value(|count| *count += 1);
        let (count, words) = (self.newest.get_value(), self.text.get_untracked());
        self.state.set("Saving\u{2026}".to_owned());
        spawn_local(async move {
            let outcome = write_note(self.id, words).await;
            // The note may be gone from the page, or newer.
            if self.newest.try_get_value() != Some(count) {
                return;
            }
            self.unsaved.set(outcome.is_err());
            let Err(error) = outcome else { return self.state.set("Saved".to_owned()) };
            self.state.set(format!("Not saved; what you typed is still here. {}", error.message));
            if error.code != ErrorCode::Refused {
                self.timer.put(Timeout::new(AGAIN, move || self.save()));
            }
        });
    }

    fn read(self) {
        spawn_local(async move {
            let outcome = read_note(self.id).await;
            if self.newest.try_get_value().is_none() {
                return;
            }
            match outcome {
                Ok(words) => {
                    self.text.set(words);
                    self.known.set(true);
                    self.state.set(String::new());
                }
                Err(error) => {
                    self.state.set(format!("The note could not be read. {}", error.message));
                    if error.code != ErrorCode::Refused {
                        self.timer.put(Timeout::new(AGAIN, move || self.read()));
                    }
                }
            }
        });
    }
}
