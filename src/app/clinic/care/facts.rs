//! Who it is, and what the patient has told: what has to be at hand when the connection fails, or help has to be sent.

use super::Care;
use crate::{
    api::clinic::{QueueEntry, language_name},
    app::text::readiness_words,
};
use leptos::prelude::*;

#[component]
pub(super) fn Facts(care: Care) -> impl IntoView {
    let of = move |read: fn(&QueueEntry) -> String| Memo::new(move |_| care.entry.with(read));
    let number = of(|entry| entry.call_back.clone());
    view! {
        <section aria-labelledby="facts">
            <h2 id="facts">"The patient"</h2>
            <dl class="facts">
                <Fact name="Born" value=of(|entry| entry.birth_date.clone()) />
                <Fact name="Comes for" value=of(|entry| entry.reason.clone()) />
                <Fact name="Speaks" value=of(|entry| language_name(&entry.language).to_owned()) />
                <Fact
                    name="Interpreter"
                    value=of(|entry| if entry.visit.interpreter { "wanted".to_owned() } else { String::new() })
                />
                <Fact name="Devices" value=of(devices) />
                <Fact name="Is now at" value=of(|entry| entry.location.clone()) />
                <div hidden=move || number.with(String::is_empty)>
                    <dt>"Phone"</dt>
                    <dd>
                        <a href=move || format!("tel:{}", number.get().replace(' ', ""))>{move || number.get()}</a>
                    </dd>
                </div>
            </dl>
        </section>
    }
}

/// Nothing before the patient has come.
fn devices(entry: &QueueEntry) -> String {
    let known = entry.visit.checked_in_at.map(|_| readiness_words(entry.devices).to_owned());
    known.unwrap_or_default()
}

#[component]
fn Fact(name: &'static str, value: Memo<String>) -> impl IntoView {
    view! {
        <div hidden=move || value.with(String::is_empty)>
            <dt>{name}</dt>
            <dd>{move || value.get()}</dd>
        </div>
    }
}
