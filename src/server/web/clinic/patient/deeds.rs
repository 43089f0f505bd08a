//! What a patient or guest does: each is a form's POST, after which the visit's page says how things stand.

use super::{
    Named, Seat, allowed, on_to_visit, same_place,
    show::{Tried, show_visit},
    trouble,
};
use crate::{
    app::clinic::Said,
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
    #[serde(default)]
    seat: String,
    #[serde(default)]
    said: String,
}

pub async fn confirm(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let (fields, request) = form::<ConfirmForm>(request).await;
    let (named, said) = fields.map(|fields| (fields.seat, fields.said)).unwrap_or_default();
    let (session, request) = match same_place(&state, seat, &named, request).await {
        Ok(same) => same,
        Err(elsewhere) => return elsewhere,
    };
    // Asked of nobody else: a guest could find out by it when the patient was born.
    if session.confirmed {
        return see_other("/visit");
    }
    let tried = match state.clinic.confirm_identity(&session, &said).await {
        Ok(()) => return see_other("/visit"),
        Err(ConfirmError::Wrong) => Tried::WrongIdentity,
        Err(ConfirmError::TooMany { .. }) => Tried::TooManyTries,
        Err(ConfirmError::Clinic(error)) => return trouble(&error),
    };
    show_visit(&state, &session, request, tried).await.unwrap_or_else(|error| trouble(&error))
}

#[derive(Default, Deserialize)]
struct CheckInForm {
    #[serde(default)]
    seat: String,
    #[serde(default)]
    location: String,
    #[serde(default)]
    call_back: String,
    consent: Option<String>,
}

pub async fn check_in(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let (fields, request) = form::<CheckInForm>(request).await;
    let CheckInForm { seat: named, location, call_back, consent } = fields.unwrap_or_default();
    let (session, request) = match allowed(&state, seat, &named, request).await {
        Ok(allowed) => allowed,
        Err(elsewhere) => return elsewhere,
    };
    let tidy = |text: &str| {
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_TYPED).collect::<String>()
    };
    let said = Said { location: tidy(&location), call_back: tidy(&call_back), consents: consent.is_some() };
    if !said.is_enough() {
        let tried = Tried::Incomplete(said);
        return show_visit(&state, &session, request, tried).await.unwrap_or_else(|error| trouble(&error));
    }
    if let Err(error) = is_there(&state, &session).await {
        return trouble(&error);
    }
    on_to_visit(state.clinic.check_in(&session, said.location, said.call_back).await)
}

pub async fn ready(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    wish(&state, seat, request, Command::Wait).await
}

pub async fn leave(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    wish(&state, seat, request, Command::End { outcome: Outcome::LeftWithoutBeingSeen }).await
}

pub async fn cancel(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    wish(&state, seat, request, Command::Cancel).await
}

pub async fn come_back(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    wish(&state, seat, request, Command::ComeBack).await
}

pub async fn start_now(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    wish(&state, seat, request, Command::StartNow).await
}

pub async fn not_yet(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    wish(&state, seat, request, Command::PutOff).await
}

pub async fn take_over(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let (named, request) = named(request).await;
    let (session, _) = match same_place(&state, seat, &named, request).await {
        Ok(same) => same,
        Err(elsewhere) => return elsewhere,
    };
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
    #[serde(default)]
    seat: String,
}

/// What a page says with its last breath. Nobody reads the answer.
pub async fn gone(State(state): State<Arc<AppState>>, seat: Seat, Query(gone): Query<Gone>) -> StatusCode {
    if let Some(Extension(session)) = seat
        && gone.seat == session.seat.to_string()
        && session.has_seat
        && session.actor == Actor::Patient
    {
        state.clinic.says_goodbye(session.visit, gone.page);
    }
    StatusCode::NO_CONTENT
}

/// What a form that has nothing else in it says of its page.
async fn named(request: Request) -> (String, Request) {
    let (fields, request) = form::<Named>(request).await;
    (fields.map(|fields| fields.seat).unwrap_or_default(), request)
}

async fn wish(state: &Arc<AppState>, seat: Seat, request: Request, command: Command) -> Response {
    let (named, request) = named(request).await;
    let (session, _) = match allowed(state, seat, &named, request).await {
        Ok(allowed) => allowed,
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
