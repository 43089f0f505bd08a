//! Getting ready: checked in, and not waiting yet.

use super::{
    super::{
        cancel::CancelLink,
        check::{Checking, DeviceCheck},
        seat_frame::{Appointment, SeatField},
        words,
    },
    Live,
};
use crate::api::clinic::Lang;
use leptos::prelude::*;

#[component]
pub(super) fn GettingReady(page: Live, lang: Lang, checking: Checking) -> impl IntoView {
    let words = words(lang);
    let (provider, when, seat) =
        page.seat.with_untracked(|seat| (seat.facts.provider.clone(), seat.when.clone(), seat.seat));
    view! {
        <Appointment provider when lang />
        <ol>{words.ready_steps.map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
        <DeviceCheck checking lang />
        <form method="post" action="/visit/ready">
            <SeatField seat />
            <button class="button button--primary">{words.ready}</button>
        </form>
        <CancelLink lang seat />
    }
}
