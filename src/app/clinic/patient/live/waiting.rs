//! The waiting room: the campfire, trying camera and microphone out, and how to go.

use super::{
    super::{
        cancel::CancelLink,
        check::DeviceCheck,
        fill,
        seat_frame::SeatField,
        words,
        words::{call_words, check_words},
    },
    Live, say,
};
use crate::{api::clinic::Lang, app::components::Campfire};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub(super) fn Waiting(page: Live, lang: Lang, is_guest: bool) -> impl IntoView {
    let words = words(lang);
    let (keeps_place, seat) = page.seat.with_untracked(|seat| (seat.keeps_place.to_string(), seat.seat));
    let checking = page.checking;
    let visible = Memo::new(move |_| page.waiting_room_visible());
    let in_queue = Memo::new(move |_| page.seat.with(|seat| seat.visit.is_in_queue()));
    let can_leave = Memo::new(move |_| !is_guest && in_queue.get());
    let age = Memo::new(move |_| page.seat.with(|seat| say::age(seat, page.stands.get())));
    // In the call, or while the provider is out for a moment, camera and microphone are the call's.
    let can_check = Memo::new(move |_| page.seat.with(|seat| seat.visit.stage.room().is_none()));
    view! {
        <section class="waiting-room">
            <Show when=move || age.with(|age| !age.is_empty())>
                <p>{move || age.get()}</p>
            </Show>
            <p>{words.campfire}</p>
            <Campfire words=&call_words(lang).fire visible />
            // The place is the patient's.
            {(!is_guest).then(|| view! { <p>{fill(words.keep_open, &[&keeps_place])}</p> })}
            <Show when=move || can_check.get()>
                <details
                    class="waiting-room__check"
                    on:toggle=move |event| {
                        let details = event.target().map(JsCast::unchecked_into::<web_sys::Element>);
                        if !details.is_some_and(|details| details.has_attribute("open")) {
                            checking.close();
                        }
                    }
                >
                    <summary>{check_words(lang).title}</summary>
                    <DeviceCheck checking lang titled=false />
                </details>
            </Show>
            <Show when=move || can_leave.get()>
                <form method="post" action="/visit/leave">
                    <SeatField seat />
                    <button class="button button--quiet">{words.leave}</button>
                </form>
                <CancelLink lang seat />
            </Show>
        </section>
    }
}
