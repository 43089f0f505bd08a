//! `/welcome#…`: a new colleague sets a password, or somebody a new one.

use crate::{
    api::clinic::ClinicCard,
    app::clinic::{PatientFrame, fragment::FragmentScript, problem::Problem},
};
use leptos::prelude::*;

/// Where an invitation leads.
#[component]
pub fn WelcomePage(
    /// The clinic.
    clinic: ClinicCard,
    /// Why the password was not taken.
    error: Option<String>,
) -> impl IntoView {
    let title = format!("Welcome to {}", clinic.name);
    view! {
        <PatientFrame clinic>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>{title}</h1>
                <Problem error=error.clone() />
                <p data-without-fragment="">
                    "This page needs the whole link from your invitation, and JavaScript. Please open the link again, or ask your \
                     admin for a new one."
                </p>
                <form method="post" action="/welcome" class="form" data-fragment="" hidden>
                    <input type="hidden" name="secret" />
                    <label class="field">
                        <span>"Your new password"</span>
                        <input
                            type="password"
                            name="password"
                            autocomplete="new-password"
                            minlength="15"
                            maxlength="256"
                            required
                            aria-describedby="rule"
                        />
                        <small id="rule">"At least 15 characters. Four or five random words are good."</small>
                    </label>
                    <button class="button button--primary">"Set password"</button>
                </form>
                <FragmentScript />
            </main>
        </PatientFrame>
    }
}
