//! What is asked before a patient is let in, or taken from a colleague.

use crate::api::clinic::QueueEntry;
use leptos::prelude::*;

/// What is asked before a patient is let in.
pub const IS_IT_THEM: &str = "Is this the right patient?";

/// What is asked before a colleague's call is ended.
pub const TAKES_OVER: &str = "Take over from your colleague?";

/// What that ends.
pub const WHAT_IT_ENDS: &str =
    "They are together in a call. It ends, and the patient waits until you admit them.";

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
