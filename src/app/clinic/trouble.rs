//! A page that could not be made, or a press that did not work.

use super::{PatientFrame, patient::Help, words};
use crate::api::clinic::{ClinicCard, Lang};
use leptos::prelude::*;

/// Why, and what to do. It knows nothing but the clinic: whatever failed may have been the way to know more.
#[component]
pub fn TroublePage(
    /// The clinic.
    clinic: ClinicCard,
    /// Whether a patient may be reading, in whichever language.
    is_patients: bool,
    /// What happened, for staff.
    message: &'static str,
    /// Where to try again.
    again: String,
) -> impl IntoView {
    let (en, es) = (words(Lang::En), words(Lang::Es));
    let help = clinic.clone();
    view! {
        <PatientFrame clinic also_spanish=is_patients>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>{en.trouble_title}</h1>
                <p>{if is_patients { en.trouble } else { message }}</p>
                {is_patients
                    .then(|| {
                        view! {
                            <p lang="es">
                                <strong>{es.trouble_title} "."</strong>
                                " "
                                {es.trouble}
                            </p>
                        }
                    })}
                <p>
                    <a class="button button--primary" href=again>
                        // One piece: a button lays its pieces out side by side.
                        <span>
                            {en.try_again}
                            {is_patients.then(|| view! { <span lang="es">" · " {es.try_again}</span> })}
                        </span>
                    </a>
                </p>
                {is_patients
                    .then(|| {
                        let spanish = help.clone();
                        view! {
                            <Help clinic=help lang=Lang::En />
                            <div lang="es">
                                <Help clinic=spanish lang=Lang::Es />
                            </div>
                        }
                    })}
            </main>
        </PatientFrame>
    }
}
