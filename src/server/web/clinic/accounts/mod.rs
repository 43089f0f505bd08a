//! `/admin` and `/account`: everybody's accounts, and one's own.

mod all;
mod own;

use super::guard::{Only, behind};
use crate::server::{AppState, clinic::ClinicError, web::problem::Problem};
use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::sync::Arc;

pub fn routes(state: &Arc<AppState>) -> Router {
    let all = Router::new()
        .route("/admin", get(all::page))
        .route("/admin/accounts", post(all::hire))
        .route("/admin/accounts/{id}/role", post(all::role))
        .route("/admin/accounts/{id}/invite", post(all::invite))
        .route("/admin/accounts/{id}/reset", post(all::reset))
        .route("/admin/accounts/{id}/disable", post(all::disable))
        .route("/admin/accounts/{id}/enable", post(all::enable))
        .with_state(Arc::clone(state));
    let own = Router::new()
        .route("/account", get(own::page))
        .route("/account/stay", post(own::stay))
        .route("/account/password", post(own::password))
        .route("/account/codes/begin", post(own::begin))
        .route("/account/codes/confirm", post(own::confirm))
        .route("/account/codes/off", post(own::off))
        .with_state(Arc::clone(state));
    behind(all, state, Only::Admin).merge(behind(own, state, Only::Staff))
}

fn trouble(error: &ClinicError) -> Response {
    tracing::error!(%error, "a page about accounts could not be made");
    let message = "The server had a problem. Please try again.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
}
