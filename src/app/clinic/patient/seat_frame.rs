//! What stands around every page of a patient: the clinic, the emergency number, and whom to call.

use super::words;
use crate::{
    api::clinic::{ClinicCard, Lang},
    app::clinic::PatientFrame,
    domain::visit::SeatId,
};
use leptos::prelude::*;

/// Around a page of a patient, in their language.
#[component]
pub fn SeatFrame(
    /// The clinic.
    clinic: ClinicCard,
    /// The page's language.
    lang: Lang,
    /// What is in `<main>`.
    children: Children,
) -> impl IntoView {
    let words = words(lang);
    let help = clinic.clone();
    view! {
        <PatientFrame clinic emergency=words.emergency skip=words.skip>
            <main id="main" class="page narrow seat" tabindex="-1">
                {children()}
                <Help clinic=help lang />
            </main>
        </PatientFrame>
    }
}

/// In every form: the place that the page is of. Its browser may have come to another visit since, and what is sent must not be done
/// to that one.
#[component]
pub fn SeatField(
    /// The reader's place.
    seat: SeatId,
) -> impl IntoView {
    view! { <input type="hidden" name="seat" value=seat.to_string() /> }
}

/// Whom to call when something does not work.
#[component]
pub fn Help(
    /// The clinic.
    clinic: ClinicCard,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let words = words(lang);
    match clinic.phone {
        Some(phone) => {
            let call = format!("tel:{}", phone.replace(' ', ""));
            view! {
                <p class="help">
                    {words.call_clinic_at} " " <a href=call>{phone}</a>
                </p>
            }
            .into_any()
        }
        None => view! { <p class="help">{words.call_clinic}</p> }.into_any(),
    }
}

/// With whom, and when.
#[component]
pub fn Appointment(
    /// Whom one sees.
    provider: String,
    /// When, in words.
    when: String,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let text = super::fill(words(lang).with_at, &[&provider, &when]);
    view! { <p class="lead">{text}</p> }
}
