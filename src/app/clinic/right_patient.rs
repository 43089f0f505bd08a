//! Who is about to be let in.

use crate::api::clinic::QueueEntry;
use leptos::prelude::*;

/// What is asked before a patient is let in.
pub const IS_IT_THEM: &str = "Is this the right patient?";

/// The two identifiers by which that is answered.
#[component]
pub fn TwoIdentifiers(
    /// Whose visit it is.
    entry: RwSignal<QueueEntry>,
) -> impl IntoView {
    view! {
        <p>
            "Check two things with the patient: "
            <strong>{move || entry.with(|entry| entry.patient.clone())}</strong>
            ", born "
            <strong>{move || entry.with(|entry| entry.birth_date.clone())}</strong>
            "."
        </p>
    }
}
