//! Putting a record right.

use super::{me, one, render, trouble};
use crate::{
    api::clinic::RecordFields,
    app::clinic::CorrectPage,
    domain::visit::VisitId,
    server::{
        AppState,
        clinic::{ClinicError, CorrectError, StaffSession, Typed},
        web::{
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

pub async fn page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    match state.clinic.record(id, &session).await {
        Ok(fields) => show(&state, request, &session, id, Shown { fields, ..Shown::default() }).await,
        Err(error) => failed(&state, request, &session, id, error).await,
    }
}

/// As the form sends it.
#[derive(Deserialize)]
struct Fields {
    name: String,
    birth_date: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    interpreter: String,
    #[serde(default)]
    seen: String,
}

pub async fn save(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (fields, request) = form::<Fields>(request).await;
    let (Ok(id), Some(fields)) = (VisitId::try_from(id), fields) else {
        return not_found(&state, request).await;
    };
    let Fields { name, birth_date, reason, language, interpreter, seen } = fields;
    let typed = Typed { name, birth_date, reason, language, interpreter, ..Typed::default() };
    match state.clinic.correct(id, &typed, &seen, &session).await {
        Ok(changed) => {
            let told = if changed { "The record is corrected." } else { "Nothing was changed." };
            one::show(&state, request, &session, id, None, Some(Ok(told))).await
        }
        Err(error @ (CorrectError::Typed(_) | CorrectError::Over)) => {
            let shown =
                Shown { fields: typed_fields(typed, seen), error: Some(error.to_string()), now: None };
            show(&state, request, &session, id, shown).await
        }
        Err(error @ CorrectError::Meanwhile) => match state.clinic.record(id, &session).await {
            Ok(now) => {
                let fields = typed_fields(typed, now.seen.clone());
                let shown = Shown { fields, error: Some(error.to_string()), now: Some(now) };
                show(&state, request, &session, id, shown).await
            }
            Err(error) => failed(&state, request, &session, id, error).await,
        },
        Err(error) => failed(&state, request, &session, id, error).await,
    }
}

fn typed_fields(typed: Typed, seen: String) -> RecordFields {
    let Typed { name, birth_date, reason, language, interpreter, .. } = typed;
    RecordFields { name, birth_date, reason, language, interpreter: !interpreter.is_empty(), seen }
}

async fn failed(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    id: VisitId,
    error: CorrectError,
) -> Response {
    match error {
        CorrectError::Clinic(ClinicError::NotFound) => not_found(state, request).await,
        CorrectError::Clinic(error) => trouble(&error),
        other => one::show(state, request, session, id, None, Some(Err(other.to_string()))).await,
    }
}

#[derive(Default)]
struct Shown {
    fields: RecordFields,
    error: Option<String>,
    now: Option<RecordFields>,
}

async fn show(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    id: VisitId,
    shown: Shown,
) -> Response {
    let Shown { fields, error, now } = shown;
    let status = match (&error, &now) {
        (None, _) => StatusCode::OK,
        (Some(_), None) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_), Some(_)) => StatusCode::CONFLICT,
    };
    let (clinic, me) = (state.clinic.card(), me(session));
    let view = move || {
        let (clinic, me, id) = (clinic.clone(), me.clone(), id.to_string());
        let (fields, now, error) = (fields.clone(), now.clone(), error.clone());
        view! { <CorrectPage clinic me id fields now error /> }.into_any()
    };
    render(state, request, Document::plain("Correct the record").status(status), view).await
}
