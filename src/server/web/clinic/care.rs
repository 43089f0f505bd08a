//! `/clinic/visits/{id}`: one visit, for providers and the front desk.

use super::{
    Document,
    guard::{self, Only},
    render,
};
use crate::{
    api::Page,
    app::App,
    domain::visit::VisitId,
    server::{
        AppState,
        clinic::{ClinicError, StaffSession},
        web::{Problem, not_found::not_found},
    },
};
use axum::{
    Extension, Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes(state: &Arc<AppState>) -> Router {
    let routes = Router::new().route("/clinic/visits/{id}", get(visit_page)).with_state(Arc::clone(state));
    guard::behind(routes, state, Only::Desk)
}

async fn visit_page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    match state.clinic.visit_view(id, &session, &state.build).await {
        Ok(view) => {
            let document = Document::hydrated(Page::ClinicVisit, "Visit", &view);
            render(&state, request, document, || view! { <App /> }.into_any()).await
        }
        Err(ClinicError::NotFound) => not_found(&state, request).await,
        Err(error) => {
            tracing::error!(%error, "a visit could not be shown");
            let message = "The server had a problem. Please try again.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
        }
    }
}
