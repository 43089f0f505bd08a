//! `/v` and `/visit`: a patient's or guest's way, from the link to the goodbye. Every step is a form, so it needs no JavaScript.

mod deeds;
mod link;
mod show;

use super::answer::see_other;
use crate::{
    app::clinic::{AnotherPage, words},
    server::{
        AppState,
        clinic::{ClinicError, SeatSession},
        web::clinic::{Document, render},
    },
};
use axum::{
    Extension, Router,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use leptos::prelude::*;
use serde::Deserialize;
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

/// The place that a page is of, as its forms and links name it.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    seat: String,
}

/// Who came by a link, on a page of the place that their link is for: `named` is what the page says. A browser has one session, of
/// whichever link was opened last, and what was said for one visit must not be done to another.
async fn same_place(
    state: &Arc<AppState>,
    seat: Seat,
    named: &str,
    request: Request,
) -> Result<(SeatSession, Request), Response> {
    let Some(Extension(session)) = seat else { return Err(see_other("/v?again")) };
    if named == session.seat.to_string() {
        return Ok((session, request));
    }
    // A page that names none is of an older build: the next one does.
    if named.is_empty() {
        return Err(see_other("/visit"));
    }
    let lang = match state.clinic.seat_view(&session, &state.build).await {
        Ok(seat) => seat.map(|seat| seat.lang).unwrap_or_default(),
        Err(error) => return Err(trouble(&error)),
    };
    let clinic = state.clinic.card();
    let document = Document::plain(words(lang).your_visit).lang(lang.tag()).status(StatusCode::CONFLICT);
    let view = move || view! { <AnotherPage clinic=clinic.clone() lang /> }.into_any();
    Err(render(state, request, document, view).await)
}

/// The same, where only the device that has the place acts for it, and only for who has said who they are.
async fn allowed(
    state: &Arc<AppState>,
    seat: Seat,
    named: &str,
    request: Request,
) -> Result<(SeatSession, Request), Response> {
    let (session, request) = same_place(state, seat, named, request).await?;
    if session.confirmed && session.has_seat { Ok((session, request)) } else { Err(see_other("/visit")) }
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
