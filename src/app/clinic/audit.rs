//! `/admin/audit`: who did what, when, to whose record.

use crate::{
    api::clinic::{AuditFields, AuditRow, AuditView, ClinicCard, Me},
    app::clinic::{StaffFrame, problem::Problem},
};
use leptos::prelude::*;

/// The audit: a form to search it, and what was found.
#[component]
pub fn AuditPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The form, and what was found.
    audit: AuditView,
    /// Why nothing was searched for.
    error: Option<String>,
) -> impl IntoView {
    let AuditView { rows, fields, staff, actions, newer, older, zone } = audit;
    let has_error = error.is_some();
    let found = if rows.is_empty() {
        view! { <p>"Nothing was found."</p> }.into_any()
    } else {
        view! { <Rows rows /> }.into_any()
    };
    let zone = zone.replace('_', " ");
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page" tabindex="-1">
                <h1>"Audit"</h1>
                <p>
                    "Who did what, when, to whose record. Patients have a number here and no name; the front desk finds the number on \
                     the appointment\u{2019}s page. That you read this is written down as well."
                </p>
                <Problem error />
                <Search fields staff actions has_error />
                {(!has_error).then_some(found)}
                <nav class="actions actions--start" aria-label="More lines">
                    {newer.map(|to| view! { <a class="button button--quiet" href=to>"Newer"</a> })}
                    {older.map(|to| view! { <a class="button button--quiet" href=to>"Older"</a> })}
                </nav>
                <p class="help">"Times are those of " {zone} "."</p>
            </main>
        </StaffFrame>
    }
}

#[component]
fn Search(
    fields: AuditFields,
    staff: Vec<(String, String)>,
    actions: &'static [(&'static str, &'static str)],
    has_error: bool,
) -> impl IntoView {
    let AuditFields { from, until, actor, patient, action, outcome } = fields;
    let others = [
        ("", "Anybody"),
        ("patients", "Patients and guests"),
        ("nobody", "Nobody known"),
        ("system", "The clinic itself"),
    ];
    let actors: Vec<_> =
        others.map(|(value, name)| (value.to_owned(), name.to_owned())).into_iter().chain(staff).collect();
    let pairs = |pairs: &[(&str, &str)]| -> Vec<_> {
        pairs.iter().map(|(value, name)| ((*value).to_owned(), (*name).to_owned())).collect()
    };
    let all_actions: Vec<_> = pairs(&[("", "Anything")]).into_iter().chain(pairs(actions)).collect();
    let outcomes = pairs(&[("", "Either"), ("done", "Done"), ("refused", "Refused")]);
    view! {
        <form
            method="get"
            action="/admin/audit"
            class="card search"
            aria-label="Search"
            aria-describedby=has_error.then_some("problem")
        >
            <label class="field">
                <span>"From"</span>
                <input type="datetime-local" name="from" value=from />
            </label>
            <label class="field">
                <span>"Until"</span>
                <input type="datetime-local" name="until" value=until />
            </label>
            <Choice name="actor" label="Who" options=actors chosen=actor />
            <Choice name="action" label="What" options=all_actions chosen=action />
            <Choice name="outcome" label="How it went" options=outcomes chosen=outcome />
            <label class="field">
                <span>"Patient\u{2019}s record number, or its first 8 digits"</span>
                <input name="patient" value=patient maxlength="40" autocomplete="off" spellcheck="false" />
            </label>
            <div class="actions actions--start">
                <button class="button button--primary">"Search"</button>
                <button class="button button--quiet" formaction="/admin/audit/export">
                    "Export as CSV"
                </button>
                <a class="button button--quiet" href="/admin/audit">
                    "Show everything"
                </a>
            </div>
        </form>
    }
}

#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: String,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <select name=name>
                {options
                    .into_iter()
                    .map(|(value, words)| {
                        let selected = value == chosen;
                        view! {
                            <option value=value selected=selected>
                                {words}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Rows(rows: Vec<AuditRow>) -> impl IntoView {
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Lines of the audit">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Line"</th>
                        <th scope="col">"When"</th>
                        <th scope="col">"Who"</th>
                        <th scope="col">"What"</th>
                        <th scope="col">"Patient and visit"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: AuditRow) -> impl IntoView {
    let AuditRow { id, at, who, what, patient, visit, about, refused } = row;
    let of_patient = format!("/admin/audit?patient={patient}");
    view! {
        <tr>
            <td>{id}</td>
            <td>{at}</td>
            <th scope="row">{who}</th>
            <td>
                {what} {refused.then(|| view! { ": " <strong class="wrong">"refused"</strong> })}
                {(!about.is_empty()).then(|| view! { <br /> <small>{about}</small> })}
            </td>
            <td class="numbers">
                {(!patient.is_empty())
                    .then(|| {
                        view! {
                            "Patient "
                            <a href=of_patient>{patient}</a>
                            <br />
                        }
                    })}
                {(!visit.is_empty()).then(|| view! { <small>"Visit " {visit}</small> })}
            </td>
        </tr>
    }
}
