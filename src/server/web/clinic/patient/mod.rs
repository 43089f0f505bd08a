//! `/v` and `/visit`: a patient's or guest's way, from the link to the goodbye. Every step is a form, so it needs no JavaScript.

mod deeds;
mod link;
mod show;

use super::answer::see_other;
use crate::server::{
    AppState,
    clinic::{ClinicError, SeatSession},
};
use axum::{
    Extension, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::sync::Arc;

type Seat = Option<Extension<SeatSession>>;

pub fn routes(state: &Arc<AppState>) -> Router {
    Router::new()
        .route("/v", get(link::link_page))
        .route("/v/enter", post(link::come_in))
        .route("/visit", get(show::visit_page))
        .route("/visit/confirm", post(deeds::confirm))
        .route("/visit/check-in", post(deeds::check_in))
        .route("/visit/ready", post(deeds::ready))
        .route("/visit/leave", post(deeds::leave))
        .route("/visit/cancel", get(show::cancel_page).post(deeds::cancel))
        .route("/visit/return", post(deeds::come_back))
        .route("/visit/take-over", post(deeds::take_over))
        .route("/visit/start-now", post(deeds::start_now))
        .route("/visit/not-yet", post(deeds::not_yet))
        .route("/visit/gone", post(deeds::gone))
        .with_state(Arc::clone(state))
}

/// Only the device that has the place acts for it, and only for who has said who they are.
#[expect(clippy::result_large_err, reason = "a response is what is answered then")]
fn allowed(seat: Seat) -> Result<SeatSession, Response> {
    match seat {
        None => Err(see_other("/v?again")),
        Some(Extension(session)) if session.confirmed && session.has_seat => Ok(session),
        Some(_) => Err(see_other("/visit")),
    }
}

/// Whatever the rules say, the visit's page says how it stands now: a refusal is old news there.
fn on_to_visit<T>(outcome: Result<T, ClinicError>) -> Response {
    match outcome {
        Ok(_) | Err(ClinicError::Refused(_) | ClinicError::NotFound) => see_other("/visit"),
        Err(error) => trouble(&error),
    }
}

fn trouble(error: &ClinicError) -> Response {
    tracing::error!(%error, "a visit's page could not be made");
    let message = "The server had a problem. Please try again, or call the clinic.";
    crate::server::web::Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
}
