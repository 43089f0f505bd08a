//! The visit is over: how, and what to do now.

use super::{
    seat_frame::{SeatField, SeatFrame},
    words,
};
use crate::{api::clinic::SeatView, domain::visit::Outcome};
use leptos::prelude::*;

/// The visit is over.
#[component]
pub fn OverPage(
    /// The visit.
    seat: SeatView,
    /// How it ended.
    outcome: Outcome,
) -> impl IntoView {
    let words = words(seat.lang);
    let (title, what) = match outcome {
        Outcome::Seen => (words.seen_title, words.seen),
        // What the patient did is not the guest's doing, and they have no place to come back to.
        Outcome::NoShow if seat.is_guest => (words.guest_no_show, words.guest_ask),
        Outcome::CancelledByPatient if seat.is_guest => (words.guest_cancelled, words.guest_ask),
        Outcome::CancelledByClinic if seat.is_guest => (words.cancelled_by_clinic, words.guest_ask),
        Outcome::LeftWithoutBeingSeen if seat.is_guest => (words.guest_left_title, words.guest_left),
        Outcome::NoShow => (words.no_show_title, words.no_show),
        Outcome::CancelledByPatient => (words.cancelled_by_you, words.cancelled),
        Outcome::CancelledByClinic => (words.cancelled_by_clinic, words.cancelled),
        Outcome::LeftWithoutBeingSeen => (words.left_title, words.left),
    };
    let can_return = outcome == Outcome::LeftWithoutBeingSeen && !seat.is_guest;
    view! {
        <SeatFrame clinic=seat.clinic lang=seat.lang>
            <h1>{title}</h1>
            <p>{what}</p>
            {can_return
                .then(|| {
                    view! {
                        <form method="post" action="/visit/return">
                            <SeatField seat=seat.seat />
                            <button class="button button--primary">{words.come_back}</button>
                        </form>
                    }
                })}
        </SeatFrame>
    }
}
