//! A patient who cannot come: one link, and one page that asks once more.

use super::{
    seat_frame::{Appointment, SeatField, SeatFrame},
    words,
};
use crate::{
    api::clinic::{Lang, SeatView},
    domain::visit::SeatId,
};
use leptos::prelude::*;

/// Where a patient says that they cannot come.
#[component]
pub fn CancelLink(
    /// The page's language.
    lang: Lang,
    /// The reader's place.
    seat: SeatId,
) -> impl IntoView {
    view! {
        <p class="cancel">
            <a href=format!("/visit/cancel?seat={seat}")>{words(lang).cancel_link}</a>
        </p>
    }
}

/// Asks once more. Nothing has happened yet.
#[component]
pub fn CancelPage(
    /// The visit.
    seat: SeatView,
) -> impl IntoView {
    let words = words(seat.lang);
    view! {
        <SeatFrame clinic=seat.clinic lang=seat.lang>
            <h1>{words.cancel_title}</h1>
            <Appointment provider=seat.facts.provider when=seat.when lang=seat.lang />
            <p>{words.cancel_what}</p>
            <div class="actions">
                <form method="post" action="/visit/cancel">
                    <SeatField seat=seat.seat />
                    <button class="button button--leave">{words.cancel_yes}</button>
                </form>
                <a class="button button--quiet" href="/visit">
                    {words.cancel_no}
                </a>
            </div>
        </SeatFrame>
    }
}
