//! `/clinic/appointments`: one day.

use crate::{
    api::clinic::{AppointmentDay, AppointmentRow, ClinicCard, Me, language_name},
    app::clinic::StaffFrame,
};
use leptos::prelude::*;

/// The appointments of one day.
#[component]
pub fn AppointmentsPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The day.
    day: AppointmentDay,
) -> impl IntoView {
    let to = |date: &str| format!("/clinic/appointments?day={date}");
    let (before, after, new) =
        (to(&day.before), to(&day.after), format!("/clinic/appointments/new?day={}", day.date));
    let zone = day.zone.replace('_', " ");
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page" tabindex="-1">
                <h1>"Appointments"</h1>
                <h2>{day.in_words}</h2>
                <nav class="actions actions--start" aria-label="Days">
                    <a class="button button--quiet" href=before>
                        "Day before"
                    </a>
                    <a class="button button--quiet" href="/clinic/appointments">
                        "Today"
                    </a>
                    <a class="button button--quiet" href=after>
                        "Day after"
                    </a>
                    <form method="get" action="/clinic/appointments" class="day-form">
                        <label class="field">
                            <span class="visually-hidden">"Another day"</span>
                            <input type="date" name="day" value=day.date required />
                        </label>
                        <button class="button button--quiet">"Show"</button>
                    </form>
                </nav>
                <div class="actions actions--start">
                    <a class="button" href=new>
                        "New appointment"
                    </a>
                    <a class="button button--quiet" href="/clinic/import">
                        "Import a list"
                    </a>
                </div>
                {if day.rows.is_empty() {
                    view! { <p>"Nobody has an appointment on this day."</p> }.into_any()
                } else {
                    view! { <Rows rows=day.rows /> }.into_any()
                }}
                <p class="help">"Times are those of " {zone} "."</p>
            </main>
        </StaffFrame>
    }
}

#[component]
fn Rows(rows: Vec<AppointmentRow>) -> impl IntoView {
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Appointments of the day">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Time"</th>
                        <th scope="col">"Patient"</th>
                        <th scope="col">"Provider"</th>
                        <th scope="col">"Reason"</th>
                        <th scope="col">"Language"</th>
                        <th scope="col">"State"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: AppointmentRow) -> impl IntoView {
    let address = format!("/clinic/appointments/{}", row.id);
    let language = language_name(&row.language).to_owned();
    view! {
        <tr>
            <td>
                {row.time} <br /> <small>{row.minutes} " min"</small>
            </td>
            <th scope="row">
                <a href=address>{row.patient}</a>
                <br />
                <small>"born " {row.birth_date}</small>
            </th>
            <td>{row.provider}</td>
            <td>{row.reason}</td>
            <td>
                {language}
                {row.interpreter.then(|| view! { <br /> <small>"interpreter wanted"</small> })}
            </td>
            <td>{row.state}</td>
        </tr>
    }
}
