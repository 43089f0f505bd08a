//! Making an appointment.

use super::{Asked, handed, me, one, render, trouble};
use crate::{
    api::clinic::AppointmentFields,
    app::clinic::{Handing, NewAppointmentPage},
    server::{
        AppState,
        clinic::{BookError, StaffSession, Typed, TypedError},
        web::{
            client::Client,
            clinic::{Document, answer::form},
        },
    },
};
use axum::{
    Extension,
    extract::{Query, Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

pub async fn page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let fields = AppointmentFields {
        date: asked.day(&state).to_string(),
        provider: session.staff.to_string(),
        minutes: "15".to_owned(),
        language: "en".to_owned(),
        ..AppointmentFields::default()
    };
    show(&state, request, &session, fields, None).await
}

/// As the form sends it.
#[derive(Deserialize)]
pub struct Fields {
    name: String,
    birth_date: String,
    provider: String,
    date: String,
    time: String,
    #[serde(default)]
    which: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    interpreter: String,
}

pub async fn make(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Extension(client): Extension<Client>,
    request: Request,
) -> Response {
    let (fields, request) = form::<Fields>(request).await;
    let Some(Fields {
        name,
        birth_date,
        provider,
        date,
        time,
        which,
        minutes,
        reason,
        language,
        interpreter,
    }) = fields
    else {
        return page(State(state), Extension(session), Query(Asked { day: None }), request).await;
    };
    let typed =
        Typed { name, birth_date, provider, date, time, which, minutes, reason, language, interpreter };
    match made(&state, &typed, &session).await {
        Ok((visit, link)) => {
            let link = Handing::ToPatient(handed(&state, &client, link));
            one::show(&state, request, &session, visit, Some(link), Some(Ok("The appointment is made.")))
                .await
        }
        Err(BookError::Clinic(error)) => trouble(&error),
        Err(error) => {
            let asks_which = matches!(error, BookError::Typed(TypedError::Twice));
            let Typed {
                name, birth_date, provider, date, time, minutes, reason, language, interpreter, ..
            } = typed;
            let interpreter = !interpreter.is_empty();
            let fields = AppointmentFields {
                name,
                birth_date,
                provider,
                date,
                time,
                minutes,
                reason,
                language,
                interpreter,
                asks_which,
            };
            show(&state, request, &session, fields, Some(error.to_string())).await
        }
    }
}

async fn made(
    state: &AppState,
    typed: &Typed,
    session: &StaffSession,
) -> Result<(crate::domain::visit::VisitId, crate::server::clinic::Link), BookError> {
    let providers = state.clinic.providers().await?;
    let plan = state.clinic.plan(typed, &providers).await?;
    state.clinic.book(plan, session).await
}

async fn show(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    fields: AppointmentFields,
    error: Option<String>,
) -> Response {
    let providers = match state.clinic.providers().await {
        Ok(providers) => providers,
        Err(error) => return trouble(&error),
    };
    let providers: Vec<_> =
        providers.into_iter().map(|provider| (provider.id.to_string(), provider.name)).collect();
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (clinic, me) = (state.clinic.card(), me(session));
    let view = move || {
        let (clinic, me, fields) = (clinic.clone(), me.clone(), fields.clone());
        let (providers, error) = (providers.clone(), error.clone());
        view! { <NewAppointmentPage clinic me fields providers error /> }.into_any()
    };
    render(state, request, Document::plain("New appointment").status(status), view).await
}
