//! `/clinic/appointments/{id}/correct`: who comes and why, put right.

use super::fields::{InterpreterField, LanguageField};
use crate::{
    api::clinic::{ClinicCard, Me, RecordFields, language_name},
    app::clinic::{StaffFrame, problem::Problem},
};
use leptos::prelude::*;

/// A form with what is written down.
#[component]
pub fn CorrectPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The visit's id.
    id: String,
    /// What is written down, or was typed.
    fields: RecordFields,
    /// What is written down now, when that is not what this page began with.
    now: Option<RecordFields>,
    /// What was wrong.
    error: Option<String>,
) -> impl IntoView {
    let back = format!("/clinic/appointments/{id}");
    let action = format!("{back}/correct");
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>"Correct the record"</h1>
                <Problem error=error.clone() />
                {now.map(|now| view! { <SaysNow now /> })}
                <form method="post" action=action class="form" aria-describedby=error.is_some().then_some("problem")>
                    <input type="hidden" name="seen" value=fields.seen />
                    <div class="field-row">
                        <label class="field">
                            <span>"Patient\u{2019}s full name"</span>
                            <input name="name" value=fields.name maxlength="100" required autocomplete="off" />
                        </label>
                        <label class="field">
                            <span>"Birth date"</span>
                            <input type="date" name="birth_date" value=fields.birth_date required autocomplete="off" />
                        </label>
                    </div>
                    <p class="help">
                        "Name and birth date are those of the patient, in all their visits: please check them with the patient."
                    </p>
                    <label class="field">
                        <span>"Reason of this visit"</span>
                        <input name="reason" value=fields.reason maxlength="300" autocomplete="off" />
                    </label>
                    <LanguageField chosen=fields.language />
                    <InterpreterField chosen=fields.interpreter />
                    <div class="actions actions--start">
                        <button class="button button--primary">"Save"</button>
                        <a class="button button--quiet" href=back>
                            "Back"
                        </a>
                    </div>
                </form>
            </main>
        </StaffFrame>
    }
}

#[component]
fn SaysNow(now: RecordFields) -> impl IntoView {
    let language = language_name(&now.language).to_owned();
    view! {
        <section class="card" aria-labelledby="now">
            <h2 id="now">"It says now"</h2>
            <dl class="facts">
                <dt>"Name"</dt>
                <dd>{now.name}</dd>
                <dt>"Born"</dt>
                <dd>{now.birth_date}</dd>
                <dt>"Reason"</dt>
                <dd>{if now.reason.is_empty() { "—".to_owned() } else { now.reason }}</dd>
                <dt>"Language"</dt>
                <dd>{language}</dd>
                <dt>"Interpreter"</dt>
                <dd>{if now.interpreter { "wanted" } else { "not wanted" }}</dd>
            </dl>
        </section>
    }
}
