//! `/admin/audit`: the audit, for admins.

use super::{
    Document,
    guard::{Only, behind, me},
    render,
};
use crate::{
    api::clinic::{AuditFields, AuditView},
    app::clinic::AuditPage,
    server::{
        AppState,
        clinic::{AuditPage as Lines, AuditSearch, ClinicError, StaffSession},
        web::problem::Problem,
    },
};
use axum::{
    Extension, Router,
    body::Body,
    extract::{Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

pub fn routes(state: &Arc<AppState>) -> Router {
    let router = Router::new()
        .route("/admin/audit", get(page))
        .route("/admin/audit/export", get(export))
        .with_state(Arc::clone(state));
    behind(router, state, Only::Admin)
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    from: String,
    until: String,
    actor: String,
    patient: String,
    action: String,
    outcome: String,
    before: Option<i64>,
    after: Option<i64>,
}

async fn page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let lines = match (asked.before, asked.after) {
        (Some(id), _) => Lines::Before(id),
        (None, Some(id)) => Lines::After(id),
        (None, None) => Lines::Newest,
    };
    let search = match understood(&state, asked) {
        Ok(search) => search,
        Err(wrong) => return show_form(&state, request, &session, *wrong).await,
    };
    match state.clinic.search_audit(&search, lines, &session).await {
        Ok(view) => show(&state, request, &session, view, None).await,
        Err(error) => trouble(&error),
    }
}

async fn export(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let search = match understood(&state, asked) {
        Ok(search) => search,
        Err(wrong) => return show_form(&state, request, &session, *wrong).await,
    };
    let pieces = match Arc::clone(&state.clinic).export_audit(search, &session).await {
        Ok(pieces) => pieces,
        Err(error) => return trouble(&error),
    };
    let mut response = Body::from_stream(pieces).into_response();
    let name = format!("attachment; filename=\"audit-{}.csv\"", state.clinic.today());
    for (header, value) in [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, name.as_str()),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(header, value);
        }
    }
    response
}

fn understood(state: &AppState, asked: Asked) -> Result<AuditSearch, Box<(AuditFields, String)>> {
    let Asked { from, until, actor, patient, action, outcome, .. } = asked;
    let fields = AuditFields { from, until, actor, patient, action, outcome };
    AuditSearch::of(fields.clone(), &state.clinic.settings().time_zone)
        .map_err(|error| Box::new((fields, error.to_string())))
}

async fn show_form(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    (fields, error): (AuditFields, String),
) -> Response {
    match state.clinic.audit_form(fields).await {
        Ok(view) => show(state, request, session, view, Some(error)).await,
        Err(error) => trouble(&error),
    }
}

async fn show(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    audit: AuditView,
    error: Option<String>,
) -> Response {
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (clinic, me) = (state.clinic.card(), me(session));
    let view = move || {
        let (clinic, me, audit, error) = (clinic.clone(), me.clone(), audit.clone(), error.clone());
        view! { <AuditPage clinic me audit error /> }.into_any()
    };
    render(state, request, Document::plain("Audit").status(status), view).await
}

fn trouble(error: &ClinicError) -> Response {
    tracing::error!(%error, "the audit could not be read");
    let message = "The server had a problem. Please try again.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
}
