//! What a patient reads who is too early, too late, on another device, or came to another visit since.

use super::{
    cancel::CancelLink,
    fill,
    seat_frame::{Appointment, SeatField, SeatFrame},
    words,
};
use crate::api::clinic::{ClinicCard, Lang, SeatView};
use leptos::prelude::*;

/// Check-in is not open yet.
#[component]
pub fn EarlyPage(
    /// The visit.
    seat: SeatView,
    /// When check-in opens, in words.
    opens: String,
) -> impl IntoView {
    let words = words(seat.lang);
    view! {
        <SeatFrame clinic=seat.clinic lang=seat.lang>
            <h1>{words.early_title}</h1>
            <Appointment provider=seat.facts.provider when=seat.when lang=seat.lang />
            <p>{fill(if seat.is_guest { words.guest_early } else { words.early }, &[&opens])}</p>
            <p>{words.early_hint}</p>
            {(!seat.is_guest).then(|| view! { <CancelLink lang=seat.lang seat=seat.seat /> })}
        </SeatFrame>
    }
}

/// Check-in is closed.
#[component]
pub fn LatePage(
    /// The visit.
    seat: SeatView,
) -> impl IntoView {
    let words = words(seat.lang);
    view! {
        <SeatFrame clinic=seat.clinic lang=seat.lang>
            <h1>{words.late_title}</h1>
            <Appointment provider=seat.facts.provider when=seat.when lang=seat.lang />
            <p>{if seat.is_guest { words.guest_ask } else { words.late }}</p>
        </SeatFrame>
    }
}

/// Another device has the place.
#[component]
pub fn ElsewherePage(
    /// The visit.
    seat: SeatView,
) -> impl IntoView {
    let words = words(seat.lang);
    view! {
        <SeatFrame clinic=seat.clinic lang=seat.lang>
            <h1>{words.elsewhere_title}</h1>
            <p>{words.elsewhere}</p>
            <form method="post" action="/visit/take-over">
                <SeatField seat=seat.seat />
                <button class="button button--primary">{words.use_here}</button>
            </form>
        </SeatFrame>
    }
}

/// Something was pressed on the page of one visit, and this browser has come to another since. Of neither is anything told: whoever
/// pressed may be neither's patient.
#[component]
pub fn AnotherPage(
    /// The clinic.
    clinic: ClinicCard,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let words = words(lang);
    view! {
        <SeatFrame clinic lang>
            <h1>{words.another_title}</h1>
            <p>{words.another_nothing_done}</p>
            <p>{words.another}</p>
            <p>
                <a class="button" href="/visit">
                    {words.another_show}
                </a>
            </p>
        </SeatFrame>
    }
}
