//! What server functions answer: who asks is in their context, what happens is in [`Clinic`].

use super::{Clinic, ClinicError, SeatSession, StaffSession};
use crate::{
    api::{
        ApiError, ErrorCode, JoinTicket,
        clinic::{Joining, SeatWish, StaffWish},
    },
    app::text,
    domain::{
        NoteMark, NoteSaved,
        check::Readiness,
        visit::{Actor, Command, Refusal, RoomName, SeatId, StaffId, VisitId},
    },
    server::{
        AppState,
        clinic::{care, note::MAX_NOTE},
    },
};
use axum::http::StatusCode;
use leptos::context::use_context;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// Does what a patient wants.
///
/// # Errors
/// See [`crate::api::clinic::act_in_seat`].
pub async fn act_in_seat(at: SeatId, wish: SeatWish) -> Result<(), ApiError> {
    let (state, session) = (state()?, seat(at)?);
    let command = match wish {
        SeatWish::StartNow => Command::StartNow,
        SeatWish::NotYet => Command::PutOff,
    };
    told(&state.clinic, state.clinic.carry_out(session.visit, command, session.actor).await).await
}

/// Says what came of trying camera and microphone out.
///
/// # Errors
/// See [`crate::api::clinic::tell_devices`].
pub async fn tell_devices(at: SeatId, readiness: Readiness) -> Result<(), ApiError> {
    let (state, session) = (state()?, seat(at)?);
    told(&state.clinic, state.clinic.tell_devices(&session, readiness).await).await
}

/// Does what somebody of the staff wants.
///
/// # Errors
/// See [`crate::api::clinic::act_on_visit`].
pub async fn act_on_visit(visit: VisitId, wish: StaffWish) -> Result<(), ApiError> {
    let (state, session) = (state()?, staff()?);
    let command = match wish {
        StaffWish::Admit => Command::Admit { room: RoomName::random().map_err(|error| failed(&error))? },
        StaffWish::SendBack => Command::SendBack,
        StaffWish::StepOut => Command::StepOut,
        StaffWish::StepBack => Command::StepBack,
        StaffWish::TakeOver => Command::TakeOver,
        StaffWish::HandOver(to) => {
            check_provider(&state.clinic, to).await?;
            Command::HandOver { to }
        }
        StaffWish::End(outcome) => Command::End { outcome },
    };
    told(&state.clinic, state.clinic.carry_out(visit, command, session.actor()).await).await
}

/// Gives a way into a visit's room.
///
/// # Errors
/// See [`crate::api::clinic::join_visit`].
pub async fn join_visit(joining: Joining) -> Result<JoinTicket, ApiError> {
    let state = state()?;
    let (visit, actor) = match joining {
        Joining::Visit(visit) => (visit, staff()?.actor()),
        Joining::Seat(at) => {
            let session = seat(at)?;
            (session.visit, session.actor)
        }
    };
    told(&state.clinic, care::ticket(&state, visit, actor).await).await
}

/// What the visit's provider has written down.
///
/// # Errors
/// See [`crate::api::clinic::read_note`].
pub async fn read_note(visit: VisitId) -> Result<String, ApiError> {
    let (state, session) = (state()?, staff()?);
    told(&state.clinic, state.clinic.note(visit, &session).await).await
}

/// Writes the visit's provider's note.
///
/// # Errors
/// See [`crate::api::clinic::write_note`].
pub async fn write_note(visit: VisitId, text: String, on: Vec<NoteMark>) -> Result<NoteSaved, ApiError> {
    let (state, session) = (state()?, staff()?);
    // Never cut: what the page shows as saved is saved.
    if text.chars().count() > MAX_NOTE {
        answer_with(StatusCode::UNPROCESSABLE_ENTITY);
        let message = "A note has room for 20,000 characters. Please shorten it.";
        return Err(ApiError::new(ErrorCode::Refused, message));
    }
    told(&state.clinic, state.clinic.write_note(visit, &session, &text, &on).await).await
}

/// Puts the idle time-out off.
///
/// # Errors
/// See [`crate::api::clinic::stay_logged_in`].
pub async fn stay_logged_in() -> Result<(), ApiError> {
    let (state, session) = (state()?, staff()?);
    told(&state.clinic, state.clinic.stay_logged_in(&session).await).await
}

fn state() -> Result<Arc<AppState>, ApiError> {
    use_context::<Arc<AppState>>().ok_or_else(trouble)
}

fn staff() -> Result<StaffSession, ApiError> {
    use_context::<StaffSession>().ok_or_else(|| {
        answer_with(StatusCode::UNAUTHORIZED);
        ApiError::new(ErrorCode::NoSession, "You are logged out. Please log in again.")
    })
}

/// Only the device that has the place acts for it, and only for who has said who they are. `at`: the place that the page is of; a
/// browser has one session, of whichever link was opened last.
fn seat(at: SeatId) -> Result<SeatSession, ApiError> {
    let session = use_context::<SeatSession>();
    if session.as_ref().is_some_and(|session| session.seat != at) {
        answer_with(StatusCode::CONFLICT);
        let message =
            "Another visit was opened in this browser. Open your link again to come back to this one.";
        return Err(ApiError::new(ErrorCode::AnotherVisit, message));
    }
    session.filter(|session| session.confirmed && session.has_seat).ok_or_else(|| {
        answer_with(StatusCode::UNAUTHORIZED);
        let message = "This visit is not open here any more. Please reload this page.";
        ApiError::new(ErrorCode::NoSession, message)
    })
}

/// Visits are given to those who see patients, and are not disabled.
async fn check_provider(clinic: &Clinic, staff: StaffId) -> Result<(), ApiError> {
    let found = clinic.store().staff(staff).await.map_err(|error| failed(&error.into()))?;
    let sees_patients =
        found.is_some_and(|staff| !staff.disabled && Actor::Staff(staff.id, staff.role).provider().is_some());
    if sees_patients {
        return Ok(());
    }
    answer_with(StatusCode::CONFLICT);
    Err(ApiError::new(ErrorCode::Refused, "This colleague does not see patients. Please choose another one."))
}

/// Says a refusal in words, with the name of whom it is about.
async fn told<T, D>(clinic: &Clinic, outcome: Result<T, ClinicError>) -> Result<D, ApiError>
where
    D: Told<T>,
{
    let refusal = match outcome {
        Ok(done) => return Ok(D::of(done)),
        Err(ClinicError::Refused(refusal)) => refusal,
        Err(ClinicError::NotFound) => Refusal::NoVisit,
        Err(error) => return Err(failed(&error)),
    };
    let about = match refusal {
        Refusal::AnothersPatient { provider } | Refusal::AdmittedAlready { provider } => Some(provider),
        _ => None,
    };
    let name = match about {
        Some(staff) => clinic.store().staff(staff).await.ok().flatten().map(|staff| staff.name),
        None => None,
    };
    answer_with(StatusCode::CONFLICT);
    Err(ApiError::new(ErrorCode::Refused, text::refusal(refusal, &name.unwrap_or_default())))
}

/// What is told of what was done: itself, or nothing but that it was.
trait Told<T> {
    fn of(done: T) -> Self;
}

impl<T> Told<Arc<T>> for () {
    fn of(_: Arc<T>) {}
}

impl<T> Told<Self> for T {
    fn of(done: Self) -> Self {
        done
    }
}

fn failed(error: &ClinicError) -> ApiError {
    tracing::error!(%error, "a use case failed");
    answer_with(StatusCode::SERVICE_UNAVAILABLE);
    trouble()
}

fn trouble() -> ApiError {
    ApiError::new(ErrorCode::Internal, "The server had a problem. Please try again.")
}

fn answer_with(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}
