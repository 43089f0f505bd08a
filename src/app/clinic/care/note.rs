//! The provider's private note. It saves itself, and tries again when that fails, so that nothing typed is lost by a reload or a
//! crash.

use crate::{
    api::{
        ErrorCode,
        clinic::{read_note, write_note},
    },
    app::clinic::Kept,
    domain::{NoteMark, NoteSaved, visit::VisitId},
};
use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};

/// How long after the last key it is saved, in milliseconds.
const QUIET: u32 = 800;

/// How long after a failure it is tried again, in milliseconds.
const AGAIN: u32 = 5_000;

const TAKEN: &str = "Not saved: a colleague has this visit now. Copy from here what you need.";

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
    /// What the server may have: what was read, and what was sent since without an answer.
    on: StoredValue<Vec<NoteMark>>,
    /// What is written down by somebody else, as a rule oneself in another tab. Nothing is saved until it is said what becomes of it.
    theirs: RwSignal<Option<String>>,
    /// Counts saves, so that an old answer says nothing about newer words.
    newest: StoredValue<u32>,
    timer: Kept<Timeout>,
}

/// `text`: what is written down, if the page came with it.
#[component]
pub(super) fn Note(
    id: VisitId,
    text: Option<String>,
    is_mine: Memo<bool>,
    unsaved: RwSignal<bool>,
) -> impl IntoView {
    let draft = Draft {
        on: StoredValue::new(text.iter().map(|words| NoteMark::of(words)).collect()),
        theirs: RwSignal::new(None),
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
    Effect::new(move |before: Option<bool>| {
        let mine = is_mine.get();
        match before {
            Some(true) if !mine => {
                draft.timer.clear();
                draft.state.set(TAKEN.to_owned());
            }
            Some(false) if mine => draft.save(),
            _ => {}
        }
        mine
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
                    prop:readOnly=move || !is_mine.get()
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
            <Show when=move || draft.theirs.with(Option::is_some)>
                <div class="notice" role="group" aria-labelledby="note-theirs">
                    <p id="note-theirs">"This was written in another window meanwhile:"</p>
                    <p class="as-typed">{move || draft.theirs.get()}</p>
                    <div class="actions">
                        <button type="button" class="button button--primary" on:click=move |_| draft.keep_both()>
                            "Keep both"
                        </button>
                        <button type="button" class="button button--quiet" on:click=move |_| draft.take_theirs()>
                            "Only keep the other one"
                        </button>
                    </div>
                </div>
            </Show>
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
        if self.theirs.with_untracked(Option::is_some) {
            return;
        }
        self.newest.update_value(|count| *count += 1);
        let (count, words) = (self.newest.get_value(), self.text.get_untracked());
        self.state.set("Saving\u{2026}".to_owned());
        let (mark, on) = (NoteMark::of(&words), self.on.get_value());
        // An answer may be lost on its way, and what it is about written down.
        self.on.update_value(|on| {
            if !on.contains(&mark) {
                on.push(mark);
            }
        });
        spawn_local(async move {
            let outcome = write_note(self.id, words, on).await;
            if outcome == Ok(NoteSaved::Yes) {
                // Not what was sent after it: that may be written down by now.
                self.on.try_update_value(|on| {
                    let sent = on.iter().position(|sent| *sent == mark);
                    on.drain(..sent.unwrap_or_default());
                });
            }
            // The note may be gone from the page, or newer.
            if self.newest.try_get_value() != Some(count) {
                return;
            }
            self.unsaved.set(outcome != Ok(NoteSaved::Yes));
            match outcome {
                Ok(NoteSaved::Yes) => self.state.set("Saved".to_owned()),
                Ok(NoteSaved::Changed(theirs)) => {
                    self.state
                        .set("Not saved; what you typed is still here. Please choose below.".to_owned());
                    self.theirs.set(Some(theirs));
                }
                Err(error) => {
                    self.state.set(format!("Not saved; what you typed is still here. {}", error.message));
                    if error.code != ErrorCode::Refused {
                        self.timer.put(Timeout::new(AGAIN, move || self.save()));
                    }
                }
            }
        });
    }

    /// Both one after the other, for the person to put in order.
    fn keep_both(self) {
        let theirs = self.answer();
        self.text.update(|words| *words = format!("{theirs}\n\n{words}"));
        self.save();
    }

    fn take_theirs(self) {
        let theirs = self.answer();
        self.text.set(theirs);
        self.unsaved.set(false);
        self.state.set("Saved".to_owned());
    }

    /// What the others wrote: it is known now.
    fn answer(self) -> String {
        let theirs = self.theirs.try_update(Option::take).flatten().unwrap_or_default();
        self.on.set_value(vec![NoteMark::of(&theirs)]);
        theirs
    }

    fn read(self) {
        spawn_local(async move {
            let outcome = read_note(self.id).await;
            if self.newest.try_get_value().is_none() {
                return;
            }
            match outcome {
                Ok(words) => {
                    self.on.set_value(vec![NoteMark::of(&words)]);
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
