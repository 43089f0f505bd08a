//! One appointment.

use super::{handed, me, render, trouble};
use crate::{
    app::clinic::{AppointmentPage, Handing},
    domain::visit::VisitId,
    server::{
        AppState,
        clinic::{BookError, ClinicError, EraseError, StaffSession, Typed},
        web::{
            client::Client,
            clinic::{Document, answer::form},
            not_found::not_found,
        },
    },
};
use axum::{
    Extension,
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

/// What was just done, or why it was not.
type Told = Option<Result<&'static str, String>>;

pub async fn page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    match VisitId::try_from(id) {
        Ok(id) => show(&state, request, &session, id, None, None).await,
        Err(_) => not_found(&state, request).await,
    }
}

#[derive(Deserialize)]
struct When {
    date: String,
    time: String,
    #[serde(default)]
    which: String,
    #[serde(default)]
    minutes: String,
}

pub async fn reschedule(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (fields, request) = form::<When>(request).await;
    let (Ok(id), Some(When { date, time, which, minutes })) = (VisitId::try_from(id), fields) else {
        return not_found(&state, request).await;
    };
    let typed = Typed { date, time, which, minutes, ..Typed::default() };
    let outcome = state.clinic.reschedule(id, &typed, &session).await;
    tell(&state, request, &session, id, outcome.map(|()| "The appointment is moved. The link stays good."))
        .await
}

#[derive(Deserialize)]
struct ToWhom {
    provider: String,
}

pub async fn give(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (fields, request) = form::<ToWhom>(request).await;
    let (Ok(id), Some(ToWhom { provider })) = (VisitId::try_from(id), fields) else {
        return not_found(&state, request).await;
    };
    let outcome = state.clinic.give(id, &Typed { provider, ..Typed::default() }, &session).await;
    let done = "The appointment is with somebody else now. The link stays good.";
    tell(&state, request, &session, id, outcome.map(|()| done)).await
}

#[derive(Deserialize)]
struct Sure {
    #[serde(default)]
    sure: String,
}

pub async fn call_off(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (fields, request) = form::<Sure>(request).await;
    let is_sure = fields.is_some_and(|fields| fields.sure == "yes");
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    if !is_sure {
        return show(&state, request, &session, id, None, None).await;
    }
    let outcome = state.clinic.call_off(id, &session).await;
    tell(&state, request, &session, id, outcome.map(|()| "The visit is called off.")).await
}

pub async fn link(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Extension(client): Extension<Client>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    let link = state.clinic.link_again(id, &session).await;
    let link = link.map(|link| Handing::ToPatient(handed(&state, &client, link)));
    hand_out(&state, request, &session, id, link).await
}

pub async fn take_links_away(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    let outcome = state.clinic.take_links_away(id, &session).await;
    tell(&state, request, &session, id, outcome.map(|()| "All links of the patient are taken away.")).await
}

pub async fn erase(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (fields, request) = form::<Sure>(request).await;
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    if fields.is_none_or(|fields| fields.sure != "yes") {
        return show(&state, request, &session, id, None, None).await;
    }
    let told = match state.clinic.erase_patient_of(id, &session).await {
        Ok(()) => Ok("The data of this patient are erased."),
        Err(EraseError::Clinic(ClinicError::NotFound)) => return not_found(&state, request).await,
        Err(EraseError::Clinic(error)) => return trouble(&error),
        Err(error) => Err(error.to_string()),
    };
    show(&state, request, &session, id, None, Some(told)).await
}

/// Shows a link that was just made, or why it was not.
pub(super) async fn hand_out(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    id: VisitId,
    link: Result<Handing, BookError>,
) -> Response {
    match link {
        Ok(link) => show(state, request, session, id, Some(link), None).await,
        Err(error) => tell(state, request, session, id, Err(error)).await,
    }
}

pub(super) async fn tell(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    id: VisitId,
    outcome: Result<&'static str, BookError>,
) -> Response {
    match outcome {
        Ok(done) => show(state, request, session, id, None, Some(Ok(done))).await,
        Err(BookError::Clinic(ClinicError::NotFound)) => not_found(state, request).await,
        Err(BookError::Clinic(error)) => trouble(&error),
        Err(error) => show(state, request, session, id, None, Some(Err(error.to_string()))).await,
    }
}

pub(super) async fn show(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    id: VisitId,
    link: Option<Handing>,
    told: Told,
) -> Response {
    let appointment = match state.clinic.appointment(id, session).await {
        Ok(Some(appointment)) => appointment,
        Ok(None) => return not_found(state, request).await,
        Err(error) => return trouble(&error),
    };
    let status = if matches!(told, Some(Err(_))) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (clinic, me) = (state.clinic.card(), me(session));
    let view = move || {
        let (clinic, me, appointment) = (clinic.clone(), me.clone(), appointment.clone());
        let (link, told) = (link.clone(), told.clone());
        view! { <AppointmentPage clinic me appointment link told /> }.into_any()
    };
    render(state, request, Document::plain("Appointment").status(status), view).await
}
