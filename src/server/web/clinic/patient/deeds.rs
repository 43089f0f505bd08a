//! What a patient or guest does: each is a form's POST, after which the visit's page says how things stand.

use super::{
    Seat, allowed, on_to_visit,
    show::{Tried, show_visit},
    trouble,
};
use crate::{
    domain::visit::{Actor, Command, Outcome},
    server::{
        AppState,
        clinic::{ClinicError, ConfirmError, SeatSession},
        web::clinic::answer::{form, see_other},
    },
};
use axum::{
    Extension,
    extract::{Query, Request, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use std::sync::Arc;

/// The longest place and number that somebody can give, in characters.
const MAX_TYPED: usize = 200;

#[derive(Deserialize)]
struct ConfirmForm {
    said: String,
}

pub async fn confirm(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let Some(Extension(session)) = seat else { return see_other("/v?again") };
    // Asked of nobody else: a guest could find out by it when the patient was born.
    if session.confirmed {
        return see_other("/visit");
    }
    let (fields, request) = form::<ConfirmForm>(request).await;
    let said = fields.map(|fields| fields.said).unwrap_or_default();
    let tried = match state.clinic.confirm_identity(&session, &said).await {
        Ok(()) => return see_other("/visit"),
        Err(ConfirmError::Wrong) => Tried::WrongIdentity,
        Err(ConfirmError::TooMany { .. }) => Tried::TooManyTries,
        Err(ConfirmError::Clinic(error)) => return trouble(&error),
    };
    show_visit(&state, &session, request, tried).await.unwrap_or_else(|error| trouble(&error))
}

#[derive(Deserialize)]
struct CheckInForm {
    #[serde(default)]
    location: String,
    #[serde(default)]
    call_back: String,
    consent: Option<String>,
}

pub async fn check_in(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let session = match allowed(seat) {
        Ok(session) => session,
        Err(elsewhere) => return elsewhere,
    };
    let (fields, request) = form::<CheckInForm>(request).await;
    let Some(CheckInForm { location, call_back, consent }) = fields else { return see_other("/visit") };
    let tidy = |text: &str| {
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_TYPED).collect::<String>()
    };
    let (location, call_back) = (tidy(&location), tidy(&call_back));
    let has_number = call_back.chars().filter(char::is_ascii_digit).count() >= 5;
    if consent.is_none() || location.is_empty() || !has_number {
        let tried = Tried::Incomplete { location, call_back };
        return show_visit(&state, &session, request, tried).await.unwrap_or_else(|error| trouble(&error));
    }
    if let Err(error) = is_there(&state, &session).await {
        return trouble(&error);
    }
    on_to_visit(state.clinic.check_in(&session, location, call_back).await)
}

pub async fn ready(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::Wait).await
}

pub async fn leave(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::End { outcome: Outcome::LeftWithoutBeingSeen }).await
}

pub async fn cancel(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::Cancel).await
}

pub async fn come_back(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::ComeBack).await
}

pub async fn start_now(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::StartNow).await
}

pub async fn not_yet(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::PutOff).await
}

pub async fn take_over(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    let Some(Extension(session)) = seat else { return see_other("/v?again") };
    if !session.confirmed {
        return see_other("/visit");
    }
    match state.clinic.take_seat(&session).await {
        Ok(()) => see_other("/visit"),
        Err(error) => trouble(&error),
    }
}

/// Which page says so.
#[derive(Deserialize)]
pub struct Gone {
    page: Option<u32>,
}

/// What a page says with its last breath. Nobody reads the answer.
pub async fn gone(State(state): State<Arc<AppState>>, seat: Seat, Query(gone): Query<Gone>) -> StatusCode {
    if let Some(Extension(session)) = seat
        && session.has_seat
        && session.actor == Actor::Patient
    {
        state.clinic.says_goodbye(session.visit, gone.page);
    }
    StatusCode::NO_CONTENT
}

async fn wish(state: &Arc<AppState>, seat: Seat, command: Command) -> Response {
    let session = match allowed(seat) {
        Ok(session) => session,
        Err(elsewhere) => return elsewhere,
    };
    if let Err(error) = is_there(state, &session).await {
        return trouble(&error);
    }
    on_to_visit(state.clinic.carry_out(session.visit, command, session.actor).await)
}

/// Who asks for something is there: a patient who comes, or comes back, must not count as away until their next page is asked for.
async fn is_there(state: &AppState, session: &SeatSession) -> Result<(), ClinicError> {
    if session.actor == Actor::Patient { state.clinic.saw(session.visit).await } else { Ok(()) }
}
