//! `/clinic/visits/{id}/replay`: a visit once more, on a page and as a file that leads to nobody.

use super::{
    Document,
    guard::{self, Only, me},
    render,
};
use crate::{
    app::{
        clinic::{RefusedPage, ReplayPage},
        text,
    },
    domain::visit::{Refusal, VisitId},
    server::{
        AppState,
        clinic::{ClinicError, StaffSession},
        web::{Problem, not_found::not_found},
    },
};
use axum::{
    Extension, Json, Router,
    extract::{Path, Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::prelude::*;
use std::sync::Arc;

/// No id in the name: the file shall lead to nobody.
const ATTACHMENT: HeaderValue = HeaderValue::from_static("attachment; filename=\"visit-recording.json\"");

pub fn routes(state: &Arc<AppState>) -> Router {
    let routes = Router::new()
        .route("/clinic/visits/{id}/replay", get(page))
        .route("/clinic/visits/{id}/replay/recording", get(recording))
        .with_state(Arc::clone(state));
    guard::behind(routes, state, Only::Desk)
}

async fn page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    match state.clinic.replay(id, &session).await {
        Ok(replay) => {
            let (clinic, me) = (state.clinic.card(), me(&session));
            let view = move || {
                let (clinic, me, replay) = (clinic.clone(), me.clone(), replay.clone());
                view! { <ReplayPage clinic me replay /> }.into_any()
            };
            render(&state, request, Document::plain("What happened"), view).await
        }
        Err(error) => refused(&state, request, &session, error).await,
    }
}

async fn recording(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    match state.clinic.recording(id, &session).await {
        Ok(recording) => {
            let no_store = HeaderValue::from_static("no-store");
            ([(CONTENT_DISPOSITION, ATTACHMENT), (CACHE_CONTROL, no_store)], Json(recording)).into_response()
        }
        Err(error) => refused(&state, request, &session, error).await,
    }
}

async fn refused(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    error: ClinicError,
) -> Response {
    let refusal = match error {
        ClinicError::NotFound => return not_found(state, request).await,
        ClinicError::Refused(refusal) => refusal,
        error => {
            tracing::error!(%error, "a visit could not be shown once more");
            let message = "The server had a problem. Please try again.";
            return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response();
        }
    };
    let provider = match refusal {
        Refusal::AnothersPatient { provider } => state.clinic.store().staff(provider).await.ok().flatten(),
        _ => None,
    };
    let why = text::refusal(refusal, &provider.map(|staff| staff.name).unwrap_or_default());
    let (clinic, me) = (state.clinic.card(), me(session));
    let view = move || {
        let (clinic, me, why) = (clinic.clone(), me.clone(), why.clone());
        view! { <RefusedPage clinic me why /> }.into_any()
    };
    render(state, request, Document::plain("Not your visit").status(StatusCode::FORBIDDEN), view).await
}
