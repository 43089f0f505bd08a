//! Saying who one is, and checking in.

use super::{
    cancel::CancelLink,
    seat_frame::{Appointment, SeatField, SeatFrame},
    words,
};
use crate::{
    api::clinic::{ClinicCard, Lang, SeatView},
    app::clinic::problem::Problem,
    domain::visit::SeatId,
};
use leptos::prelude::*;

/// The patient says who they are, before anything of the visit is told.
#[component]
pub fn ConfirmPage(
    /// The clinic.
    clinic: ClinicCard,
    /// The page's language.
    lang: Lang,
    /// The reader's place.
    seat: SeatId,
    /// Whether the birth date is asked for, and not the name.
    by_birth_date: bool,
    /// What was wrong with the last answer.
    error: Option<&'static str>,
) -> impl IntoView {
    let words = words(lang);
    let (label, kind) =
        if by_birth_date { (words.confirm_birth, "date") } else { (words.confirm_name, "text") };
    view! {
        <SeatFrame clinic lang>
            <h1>{words.confirm_title}</h1>
            <Problem error=error.map(str::to_owned) />
            <form method="post" action="/visit/confirm" class="form">
                <SeatField seat />
                <label class="field">
                    <span>{label}</span>
                    <input
                        type=kind
                        name="said"
                        required
                        autocomplete=if by_birth_date { "bday" } else { "family-name" }
                        aria-describedby=error.is_some().then_some("problem")
                    />
                </label>
                <button class="button button--primary">{words.go_on}</button>
            </form>
        </SeatFrame>
    }
}

/// Consent, and where one is.
#[component]
pub fn CheckInPage(
    /// The visit.
    seat: SeatView,
    /// What was typed before: place and number.
    typed: (String, String),
    /// Whether something was missing in the last try.
    incomplete: bool,
) -> impl IntoView {
    let words = words(seat.lang);
    let (location, call_back) = typed;
    let error = incomplete.then(|| words.check_in_incomplete.to_owned());
    view! {
        <SeatFrame clinic=seat.clinic lang=seat.lang>
            <h1>{words.check_in_title}</h1>
            <Appointment provider=seat.facts.provider when=seat.when lang=seat.lang />
            <Problem error />
            <form method="post" action="/visit/check-in" class="form">
                <SeatField seat=seat.seat />
                <label class="field">
                    <span>{words.location}</span>
                    <input
                        name="location"
                        value=location
                        required
                        maxlength="200"
                        autocomplete="street-address"
                        aria-describedby="location-why"
                    />
                    <small id="location-why">{words.location_why}</small>
                </label>
                <label class="field">
                    <span>{words.call_back}</span>
                    <input
                        type="tel"
                        name="call_back"
                        value=call_back
                        required
                        maxlength="40"
                        autocomplete="tel"
                        aria-describedby="call-back-why"
                    />
                    <small id="call-back-why">{words.call_back_why}</small>
                </label>
                <label class="tick">
                    <input type="checkbox" name="consent" value="yes" required />
                    <span>{words.consent}</span>
                </label>
                <button class="button button--primary">{words.check_in}</button>
            </form>
            <CancelLink lang=seat.lang seat=seat.seat />
        </SeatFrame>
    }
}
