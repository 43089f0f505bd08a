//! The fields of an appointment.

use crate::api::clinic::LANGUAGES;
use leptos::prelude::*;

/// Day, time and length.
#[component]
pub fn WhenFields(
    /// `YYYY-MM-DD`.
    date: String,
    /// `HH:MM`.
    time: String,
    /// In minutes.
    minutes: String,
    /// Whether to ask which one is meant, of an hour that comes twice.
    #[prop(default = false)]
    asks_which: bool,
) -> impl IntoView {
    view! {
        <div class="field-row">
            <label class="field">
                <span>"Day"</span>
                <input type="date" name="date" value=date required />
            </label>
            <label class="field">
                <span>"Time"</span>
                <input type="time" name="time" value=time required />
            </label>
            <label class="field">
                <span>"Minutes"</span>
                <input type="number" name="minutes" value=minutes min="1" max="480" inputmode="numeric" />
            </label>
        </div>
        {asks_which
            .then(|| {
                view! {
                    <label class="field">
                        <span>"Clocks go back in this hour. Which one is meant?"</span>
                        <select name="which">
                            <option value="first">"The first, before they do"</option>
                            <option value="second">"The second, after"</option>
                        </select>
                    </label>
                }
            })}
    }
}

/// Whether an interpreter is wanted.
#[component]
pub fn InterpreterField(
    /// Whether it says so.
    chosen: bool,
) -> impl IntoView {
    view! {
        <label class="tick">
            <input type="checkbox" name="interpreter" value="yes" checked=chosen />
            <span>"An interpreter is wanted"</span>
        </label>
    }
}

/// The language to speak.
#[component]
pub fn LanguageField(
    /// The one that is chosen, as a tag.
    chosen: String,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>"Language"</span>
            <select name="language">
                {LANGUAGES
                    .iter()
                    .map(|(tag, name)| {
                        view! {
                            <option value=*tag selected=chosen == *tag>
                                {*name}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
