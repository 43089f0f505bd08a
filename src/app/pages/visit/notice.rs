//! What went wrong, what to do, and other ways in.

use super::CallState;
use crate::{
    app::text::call::{Advice, CallWords, advice, devices_advice, media_stuck_advice},
    domain::call::{Call, Event, MediaWish, Phase},
    video,
};
use leptos::prelude::*;

#[component]
pub(super) fn Notices(words: &'static CallWords, call: CallState) -> impl IntoView {
    let failure = Memo::new(move |_| match call.with(Call::phase) {
        Phase::Failed(failure) => Some(failure),
        _ => None,
    });
    let role = call.with_untracked(Call::role);
    let devices = Memo::new(move |_| call.with(|call| devices_advice(words, call)));
    let stuck = Memo::new(move |_| call.with(Call::media_stuck));
    view! {
        {move || {
            failure
                .get()
                .map(|failure| {
                    view! { <Notice class="notice notice--error" name=failure.as_str() advice=advice(words, failure, role) words /> }
                })
        }}
        {move || {
            devices
                .get()
                .map(|advice| view! { <Notice class="notice notice--warning" name="device" advice words /> })
        }}
        {move || {
            stuck
                .get()
                .then(|| {
                    view! { <Notice class="notice notice--warning" name="media" advice=media_stuck_advice(words, role) words /> }
                })
        }}
    }
}

#[component]
fn Notice(
    words: &'static CallWords,
    class: &'static str,
    name: &'static str,
    advice: Advice,
) -> impl IntoView {
    let offers = advice.offers.iter().map(|&wish| {
        let label = if wish == MediaWish::MicrophoneOnly { words.sound_only } else { words.watch };
        view! {
            <button type="button" class="button button--quiet" on:click=move |_| video::send(Event::Join(wish))>
                {label}
            </button>
        }
    });
    view! {
        <section role="alert" class=class data-failure=name>
            <h2 tabindex="-1">{advice.told.title}</h2>
            <p>{advice.told.what}</p>
            <ol>
                {advice.told.steps.iter().chain([&advice.help]).map(|step| view! { <li>{*step}</li> }).collect_view()}
            </ol>
            {(!advice.offers.is_empty()).then(|| view! { <div class="actions">{offers.collect_view()}</div> })}
        </section>
    }
}
