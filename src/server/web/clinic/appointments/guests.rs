//! Who comes along with a patient: invited, and asked no longer.

use super::{
    handed,
    one::{hand_out, tell},
};
use crate::{
    app::clinic::Handing,
    domain::visit::{SeatId, VisitId},
    server::{
        AppState,
        clinic::StaffSession,
        web::{client::Client, clinic::answer::form, not_found::not_found},
    },
};
use axum::{
    Extension,
    extract::{Path, Request, State},
    response::Response,
};
use serde::Deserialize;
use std::sync::Arc;

pub async fn invite(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Extension(client): Extension<Client>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = VisitId::try_from(id) else { return not_found(&state, request).await };
    let link = state.clinic.invite_guest(id, &session).await;
    let link = link.map(|link| Handing::ToGuest(handed(&state, &client, link)));
    hand_out(&state, request, &session, id, link).await
}

#[derive(Deserialize)]
struct Guest {
    seat: String,
}

pub async fn remove(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (fields, request) = form::<Guest>(request).await;
    let seat = fields.and_then(|fields| SeatId::try_from(fields.seat).ok());
    let (Ok(id), Some(seat)) = (VisitId::try_from(id), seat) else { return not_found(&state, request).await };
    let outcome = state.clinic.remove_guest(id, seat, &session).await;
    let done = "The guest is not invited any more: their link is taken away.";
    tell(&state, request, &session, id, outcome.map(|()| done)).await
}
