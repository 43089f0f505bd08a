//! What people do in a visit, from their pages.

use crate::{
    api::{ApiError, JoinTicket},
    domain::{
        NoteMark, NoteSaved,
        check::Readiness,
        visit::{Outcome, SeatId, StaffId, VisitId},
    },
};
use leptos::{prelude::*, server_fn::codec::Postcard};
use serde::{Deserialize, Serialize};

/// What a patient wants, while their page lives. Everything else is a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatWish {
    /// Be seen and heard now, and not wait for the notice to end.
    StartNow,
    /// Not be ready yet.
    NotYet,
}

/// What somebody of the staff wants with a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffWish {
    /// Let the patient in.
    Admit,
    /// Have them wait on.
    SendBack,
    /// Leave for a moment.
    StepOut,
    /// Be back.
    StepBack,
    /// Have the visit in another's place.
    TakeOver,
    /// Give it to a colleague.
    HandOver(StaffId),
    /// End it.
    End(Outcome),
}

/// Whose way into a room it is. A page names what it shows: its browser may have come to another visit since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Joining {
    /// A patient or guest, at this place.
    Seat(SeatId),
    /// The provider of this visit.
    Visit(VisitId),
}

/// Does what a patient wants.
///
/// # Errors
/// [`super::super::ErrorCode::Refused`] with the reason; [`super::super::ErrorCode::NoSession`];
/// [`super::super::ErrorCode::AnotherVisit`].
#[server(prefix = "/api", endpoint = "act_in_seat", input = Postcard, output = Postcard)]
pub async fn act_in_seat(
    /// The place that the page is of.
    seat: SeatId,
    /// What they want.
    wish: SeatWish,
) -> Result<(), ApiError> {
    crate::server::clinic::ask::act_in_seat(seat, wish).await
}

/// Says what came of trying camera and microphone out, for whoever looks at the queue.
///
/// # Errors
/// [`super::super::ErrorCode::Refused`] with the reason; [`super::super::ErrorCode::NoSession`];
/// [`super::super::ErrorCode::AnotherVisit`].
#[server(prefix = "/api", endpoint = "tell_devices", input = Postcard, output = Postcard)]
pub async fn tell_devices(
    /// The place that the page is of.
    seat: SeatId,
    /// What came of it.
    readiness: Readiness,
) -> Result<(), ApiError> {
    crate::server::clinic::ask::tell_devices(seat, readiness).await
}

/// Does what somebody of the staff wants with a visit.
///
/// # Errors
/// [`super::super::ErrorCode::Refused`] with the reason; [`super::super::ErrorCode::NoSession`].
#[server(prefix = "/api", endpoint = "act_on_visit", input = Postcard, output = Postcard)]
pub async fn act_on_visit(
    /// Which visit.
    visit: VisitId,
    /// What they want.
    wish: StaffWish,
) -> Result<(), ApiError> {
    crate::server::clinic::ask::act_on_visit(visit, wish).await
}

/// Gives a way into a visit's room, to its patient, its guests and its provider. Nobody gets one before the patient is admitted.
///
/// # Errors
/// [`super::super::ErrorCode::Refused`] with the reason; [`super::super::ErrorCode::NoSession`];
/// [`super::super::ErrorCode::AnotherVisit`].
#[server(prefix = "/api", endpoint = "join_visit", input = Postcard, output = Postcard)]
pub async fn join_visit(
    /// Whose it is.
    joining: Joining,
) -> Result<JoinTicket, ApiError> {
    crate::server::clinic::ask::join_visit(joining).await
}

/// What a provider has written down for themselves.
///
/// # Errors
/// [`super::super::ErrorCode::Refused`] for everybody but the visit's provider.
#[server(prefix = "/api", endpoint = "read_note", input = Postcard, output = Postcard)]
pub async fn read_note(
    /// Which visit.
    visit: VisitId,
) -> Result<String, ApiError> {
    crate::server::clinic::ask::read_note(visit).await
}

/// Writes a provider's private note.
///
/// # Errors
/// [`super::super::ErrorCode::Refused`] for everybody but the visit's provider.
#[server(prefix = "/api", endpoint = "write_note", input = Postcard, output = Postcard)]
pub async fn write_note(
    /// Which visit.
    visit: VisitId,
    /// The whole note, at most 20,000 characters.
    text: String,
    /// What was read, and what was sent since without an answer: if none of it is written down, somebody has changed the note.
    on: Vec<NoteMark>,
) -> Result<NoteSaved, ApiError> {
    crate::server::clinic::ask::write_note(visit, text, on).await
}

/// Says that somebody of the staff is still there: the idle time-out begins anew.
///
/// # Errors
/// [`super::super::ErrorCode::NoSession`] when it is too late for that.
#[server(prefix = "/api", endpoint = "stay_logged_in", input = Postcard, output = Postcard)]
pub async fn stay_logged_in() -> Result<(), ApiError> {
    crate::server::clinic::ask::stay_logged_in().await
}
