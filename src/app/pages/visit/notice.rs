//! What went wrong, what to do, and other ways in.

use super::CallState;
use crate::{
    app::text::{Advice, advice, devices_advice, media_stuck_advice},
    domain::call::{Call, Event, Phase},
    video,
};
use leptos::prelude::*;

#[component]
pub(super) fn Notices(call: CallState) -> impl IntoView {
    let failure = Memo::new(move |_| match call.with(Call::phase) {
        Phase::Failed(failure) => Some(failure),
        _ => None,
    });
    let role = call.with_untracked(Call::role);
    let devices = Memo::new(move |_| call.with(devices_advice));
    let stuck = Memo::new(move |_| call.with(Call::media_stuck));
    view! {
        {move || {
            failure
                .get()
                .map(|failure| {
                    view! { <Notice class="notice notice--error" name=failure.as_str() advice=advice(failure, role) /> }
                })
        }}
        {move || {
            devices
                .get()
                .map(|advice| view! { <Notice class="notice notice--warning" name="device" advice /> })
        }}
        {move || {
            stuck
                .get()
                .then(|| {
                    view! { <Notice class="notice notice--warning" name="media" advice=media_stuck_advice(role) /> }
                })
        }}
    }
}

#[component]
fn Notice(class: &'static str, name: &'static str, advice: Advice) -> impl IntoView {
    let offers = advice.offers.iter().map(|offer| {
        let wish = offer.wish;
        view! {
            <button type="button" class="button button--quiet" on:click=move |_| video::send(Event::Join(wish))>
                {offer.label}
            </button>
        }
    });
    view! {
        <section role="alert" class=class data-failure=name>
            <h2 tabindex="-1">{advice.title}</h2>
            <p>{advice.what}</p>
            <ol>
                {advice.steps.iter().chain([&advice.help]).map(|step| view! { <li>{*step}</li> }).collect_view()}
            </ol>
            {(!advice.offers.is_empty()).then(|| view! { <div class="actions">{offers.collect_view()}</div> })}
        </section>
    }
}
