//! Who asks, as far as a cookie proves it. The only place where sessions get into a request.

use super::cookie;
use crate::server::{
    AppState,
    clinic::{SeatSession, StaffSession},
    web::problem::Problem,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Looks the cookies up. Requests without any, which is all of the demo's, cost nothing.
pub async fn recognise(State(state): State<Arc<AppState>>, mut request: Request, next: Next) -> Response {
    match sessions(&state, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(error) => {
            tracing::error!(%error, "a session could not be looked up");
            let message = "The server had a problem. Please try again.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
        }
    }
}

async fn sessions(state: &AppState, request: &mut Request) -> Result<(), crate::server::clinic::ClinicError> {
    let of = |headers: &HeaderMap, name| cookie::get(headers, name).map(str::to_owned);
    let (staff, seat) = (of(request.headers(), cookie::STAFF), of(request.headers(), cookie::SEAT));
    if let Some(secret) = staff {
        // A page that only listens is no person who does something.
        let in_use = !request.uri().path().ends_with("/feed");
        if let Some(session) = state.clinic.staff_session(&secret, in_use).await? {
            request.extensions_mut().insert(session);
        }
    }
    if let Some(secret) = seat
        && let Some(session) = state.clinic.seat_session(&secret).await?
    {
        request.extensions_mut().insert(session);
    }
    // What another node answered them a moment ago, this one knows as well.
    if request.extensions().get::<StaffSession>().is_some()
        || request.extensions().get::<SeatSession>().is_some()
    {
        state.clinic.keep_up().await?;
    }
    Ok(())
}
