//! `/clinic/appointments/new`.

use super::fields::{InterpreterField, LanguageField, WhenFields};
use crate::{
    api::clinic::{AppointmentFields, ClinicCard, Me},
    app::clinic::{StaffFrame, problem::Problem},
};
use leptos::prelude::*;

/// A form for an appointment.
#[component]
pub fn NewAppointmentPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// What was typed before.
    fields: AppointmentFields,
    /// Everybody who sees patients: id and name.
    providers: Vec<(String, String)>,
    /// What was wrong.
    error: Option<String>,
) -> impl IntoView {
    let back = format!("/clinic/appointments?day={}", fields.date);
    let chosen = fields.provider;
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>"New appointment"</h1>
                <Problem error=error.clone() />
                <form
                    method="post"
                    action="/clinic/appointments/new"
                    class="form"
                    aria-describedby=error.is_some().then_some("problem")
                >
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
                    <p class="help">"A patient of this name and birth date who is known already is found by them."</p>
                    <label class="field">
                        <span>"Provider"</span>
                        <select name="provider" required>
                            {providers
                                .into_iter()
                                .map(|(id, name)| {
                                    let selected = id == chosen;
                                    view! {
                                        <option value=id selected=selected>
                                            {name}
                                        </option>
                                    }
                                })
                                .collect_view()}
                        </select>
                    </label>
                    <WhenFields
                        date=fields.date
                        time=fields.time
                        minutes=fields.minutes
                        asks_which=fields.asks_which
                    />
                    <label class="field">
                        <span>"Reason"</span>
                        <input name="reason" value=fields.reason maxlength="300" autocomplete="off" />
                    </label>
                    <LanguageField chosen=fields.language />
                    <InterpreterField chosen=fields.interpreter />
                    <div class="actions actions--start">
                        <button class="button button--primary">"Make appointment"</button>
                        <a class="button button--quiet" href=back>
                            "Back"
                        </a>
                    </div>
                </form>
            </main>
        </StaffFrame>
    }
}
