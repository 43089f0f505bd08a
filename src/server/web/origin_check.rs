//! Refuses what another site's page asks for in a visitor's name. Leptos accepts a cross-site POST to a server function,
//! and a browser opens a WebSocket to anywhere, so this stands in front of both.
//!
//! Source: OWASP, "Cross-Site Request Forgery Prevention", Fetch Metadata with a fallback to `Origin`.

use super::{client::Client, problem::Problem, room_server::RoomServerState};
use crate::server::{AppState, Origin};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header::ORIGIN},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// In front of server functions. Safe methods change nothing and pass.
pub async fn unsafe_methods(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_own(&state, &request) {
        return next.run(request).await;
    }
    refusal()
}

/// In front of signalling sockets, which are GETs.
pub async fn sockets(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let allowed = origin(request.headers()).is_some_and(|origin| state.signaling_origins.contains(&origin));
    if allowed || is_own(&state, &request) {
        return next.run(request).await;
    }
    refusal()
}

/// In front of the signalling sockets of `owl rooms`, which has no pages of its own: any origin, unless there is a list.
pub async fn listed_sockets(
    State(state): State<Arc<RoomServerState>>,
    request: Request,
    next: Next,
) -> Response {
    let is_listed = |list: &Vec<Origin>| origin(request.headers()).is_some_and(|own| list.contains(&own));
    if state.signaling_origins.as_ref().is_none_or(is_listed) {
        return next.run(request).await;
    }
    let message = "Pages of this site may not use this room server. If they should, name the site in SIGNALING_ORIGINS.";
    Problem::new(StatusCode::FORBIDDEN, "wrong_origin", message).into_response()
}

/// Whether one of our own pages asks. Pages cannot set either header themselves.
fn is_own(state: &AppState, request: &Request) -> bool {
    if let Some(site) = request.headers().get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = origin(request.headers()) else { return false };
    if let Some(own) = &state.public_url {
        return origin == *own;
    }
    let client = request.extensions().get::<Client>();
    client.and_then(|client| client.host.as_deref()).is_some_and(|host| origin.same_authority(host))
}

fn origin(headers: &HeaderMap) -> Option<Origin> {
    Origin::parse(headers.get(ORIGIN)?.to_str().ok()?).ok()
}

fn refusal() -> Response {
    let message = "This request did not come from a page of this site. Please open the page again and retry. If you run \
                   this site behind a reverse proxy, set PUBLIC_URL to the address that people open.";
    Problem::new(StatusCode::FORBIDDEN, "wrong_origin", message).into_response()
}
