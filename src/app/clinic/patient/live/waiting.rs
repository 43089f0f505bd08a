//! The waiting room: the campfire, and how to go.

use super::{super::words, Live, say};
use crate::{api::clinic::Lang, app::components::Campfire};
use leptos::prelude::*;

#[component]
pub(super) fn Waiting(page: Live, lang: Lang, is_guest: bool) -> impl IntoView {
    let words = words(lang);
    let visible = Memo::new(move |_| page.waiting_room_visible());
    let can_leave = Memo::new(move |_| !is_guest && page.seat.with(|seat| seat.visit.is_in_queue()));
    let age = Memo::new(move |_| page.seat.with(|seat| say::age(seat, page.lost.get())));
    view! {
        <section class="waiting-room">
            {move || Some(age.get()).filter(|age| !age.is_empty()).map(|age| view! { <p>{age}</p> })}
            <p>{words.campfire}</p>
            <Campfire visible />
            <p>{words.keep_open}</p>
            <Show when=move || can_leave.get()>
                <form method="post" action="/visit/leave">
                    <button class="button button--quiet">{words.leave}</button>
                </form>
            </Show>
        </section>
    }
}
