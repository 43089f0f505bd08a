//! `owl demo-data`: a clinic to try things out in.

use super::{
    ToolError, demo_past,
    demo_people::{PASSWORD, PATIENTS, STAFF},
    demo_visit::Booking,
    open_empty,
};
use crate::{
    domain::visit::{Millis, StaffId, StaffRole},
    server::{
        clinic::{AuditActor, Clinic, NewStaff},
        config::DemoData,
    },
};
use serde::Serialize;
use std::{fmt::Write, time::Duration};

/// What was made, for the person or program that asked.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    log_in: String,
    password: &'static str,
    staff: Vec<MadeStaff>,
    visits: Vec<MadeVisit>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MadeStaff {
    id: String,
    email: &'static str,
    name: &'static str,
    role: StaffRole,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MadeVisit {
    id: String,
    patient: &'static str,
    birth_date: &'static str,
    provider: &'static str,
    link: String,
    code: String,
}

/// Fills an empty clinic: everybody of `STAFF`, what has happened before, and a visit for everybody of `PATIENTS`, by turns with
/// each provider, every quarter of an hour from now on.
///
/// # Errors
/// See [`ToolError`].
pub async fn fill_with_demo_data(task: DemoData) -> Result<String, ToolError> {
    let json = task.json;
    let (clinic, url) = open_empty(task.tool).await?;
    let mut staff = Vec::new();
    for (email, name, role) in STAFF {
        let new = NewStaff {
            email: email.to_owned(),
            name: name.to_owned(),
            role,
            password: Some(PASSWORD.into()),
        };
        let id = clinic.hire(new, AuditActor::System).await?;
        staff.push((id, MadeStaff { id: id.to_string(), email, name, role }));
    }
    let providers: Vec<(StaffId, &'static str)> = staff
        .iter()
        .filter(|(_, made)| made.role == StaffRole::Provider)
        .map(|(id, made)| (*id, made.name))
        .collect();
    let now = clinic.now();
    if task.has_past {
        demo_past::add(&clinic, providers.iter().map(|(id, _)| *id), now).await?;
    }
    let mut visits = Vec::new();
    let mut starts_at = now;
    for (patient, provider) in PATIENTS.into_iter().zip(providers.into_iter().cycle()) {
        visits.push(appointment(&clinic, &url, patient, provider, starts_at).await?);
        starts_at = starts_at.plus(Duration::from_mins(15));
    }
    clinic.checkpoint().await?;
    clinic.store().close().await;
    let made = Made {
        log_in: format!("{url}/login"),
        password: PASSWORD,
        staff: staff.into_iter().map(|(_, made)| made).collect(),
        visits,
    };
    if json { Ok(serde_json::to_string_pretty(&made)?) } else { Ok(in_words(&made)) }
}

async fn appointment(
    clinic: &Clinic,
    url: &str,
    (name, birth_date, language, reason, interpreter): (
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        bool,
    ),
    (provider, provider_name): (StaffId, &'static str),
    starts_at: Millis,
) -> Result<MadeVisit, ToolError> {
    let at = clinic.now();
    let booking = Booking { name, birth_date, language, reason, interpreter, provider, starts_at, at };
    let (visit, seat) = booking.write_down(clinic).await?;
    let link = clinic.issue_link(visit, seat, AuditActor::System).await?;
    Ok(MadeVisit {
        id: visit.to_string(),
        patient: name,
        birth_date,
        provider: provider_name,
        link: format!("{url}/v#{}", link.secret),
        code: link.code,
    })
}

fn in_words(made: &Made) -> String {
    let mut text =
        format!("A clinic to try things out in. Nobody in it is real.\n\nStaff log in at {}\n", made.log_in);
    // Writing into a String never fails.
    let _ = writeln!(text, "with the password “{}”:", made.password);
    for person in &made.staff {
        let _ = writeln!(text, "  {:<22} {}", person.email, person.name);
    }
    text.push_str("\nPatients come by a link, or at /v by the code:\n");
    for visit in &made.visits {
        let _ =
            writeln!(text, "  {:<16} {}  {}  ({})", visit.patient, visit.code, visit.link, visit.provider);
    }
    text
}
