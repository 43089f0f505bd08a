//! `/clinic`: the queue, for the front desk and for providers.

use super::{
    Document,
    guard::{self, Only},
    render,
};
use crate::{
    api::Page,
    app::App,
    server::{AppState, clinic::StaffSession, web::Problem},
};
use axum::{
    Extension, Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes(state: &Arc<AppState>) -> Router {
    let routes = Router::new().route("/clinic", get(queue_page)).with_state(Arc::clone(state));
    guard::behind(routes, state, Only::Desk)
}

async fn queue_page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    request: Request,
) -> Response {
    match state.clinic.open_queue(&session, &state.build).await {
        Ok(view) => {
            let document = Document::hydrated(Page::Queue, "Waiting room", &view);
            render(&state, request, document, || view! { <App /> }.into_any()).await
        }
        Err(error) => {
            tracing::error!(%error, "the queue could not be shown");
            let message = "The server had a problem. Please try again.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
        }
    }
}
