//! Saying who one is, and checking in.

use super::{
    cancel::CancelLink,
    seat_frame::{Appointment, SeatField, SeatFrame},
    words::{Words, words},
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

/// What is said at check-in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Where the patient is.
    pub location: String,
    /// Where they can be called.
    pub call_back: String,
    /// Whether they agree to be seen by video.
    pub consents: bool,
}

impl Said {
    /// Whether it is enough to check in.
    pub fn is_enough(&self) -> bool {
        self.consents && !self.location.is_empty() && self.has_number()
    }

    fn has_number(&self) -> bool {
        self.call_back.chars().filter(char::is_ascii_digit).count() >= 5
    }

    /// What is missing, in the order of the form.
    fn lacks(&self, words: &Words) -> String {
        let missing = [
            (self.location.is_empty(), words.lacks_location),
            (!self.has_number(), words.lacks_number),
            (!self.consents, words.lacks_consent),
        ];
        let missing: Vec<&str> = missing.iter().filter(|(lacks, _)| *lacks).map(|(_, said)| *said).collect();
        missing.join(" ")
    }
}

/// Consent, and where one is.
#[component]
pub fn CheckInPage(
    /// The visit.
    seat: SeatView,
    /// What is known, or was said in the last try.
    said: Said,
    /// Whether that was a try, which lacked something.
    incomplete: bool,
) -> impl IntoView {
    let words = words(seat.lang);
    let error = incomplete.then(|| said.lacks(words));
    let Said { location, call_back, consents } = said;
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
                    <input type="checkbox" name="consent" value="yes" required checked=consents />
                    <span>{words.consent}</span>
                </label>
                <button class="button button--primary">{words.check_in}</button>
            </form>
            <CancelLink lang=seat.lang seat=seat.seat />
        </SeatFrame>
    }
}
