//! `/login`.

use crate::{
    api::clinic::ClinicCard,
    app::clinic::{PatientFrame, problem::Problem},
};
use leptos::prelude::*;

/// The log-in of staff.
#[component]
pub fn LogInPage(
    /// The clinic.
    clinic: ClinicCard,
    /// What was typed before, so that nobody types it twice.
    email: String,
    /// What was wrong with it.
    error: Option<String>,
    /// Whether a session has just ended, by whatever it was.
    ended: bool,
) -> impl IntoView {
    let title = format!("Log in to {}", clinic.name);
    view! {
        <PatientFrame clinic>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>{title}</h1>
                <Problem error=error.clone() />
                {ended
                    .then(|| {
                        view! {
                            <p class="notice" role="status">
                                "You are logged out: nobody has used the page for a while, you have logged out elsewhere, or your account \
                                 was changed."
                            </p>
                        }
                    })}
                <form method="post" action="/login" class="form">
                    <label class="field">
                        <span>"E-mail address"</span>
                        <input
                            type="email"
                            name="email"
                            value=email
                            autocomplete="username"
                            required
                            aria-describedby=error.is_some().then_some("problem")
                        />
                    </label>
                    <label class="field">
                        <span>"Password"</span>
                        <input type="password" name="password" autocomplete="current-password" required />
                    </label>
                    <label class="field">
                        <span>"Code from your app, if you use one"</span>
                        <input name="code" autocomplete="one-time-code" maxlength="20" spellcheck="false" />
                    </label>
                    <button class="button button--primary">"Log in"</button>
                </form>
                <p>"Forgotten your password? Your clinic\u{2019}s admin can send you a link for a new one."</p>
                <p>
                    "Are you a patient? " <a href="/v">"Come in with your code"</a> "."
                </p>
            </main>
        </PatientFrame>
    }
}
