//! One span and one line of the log for each request: method, matched route, status, request id, duration. Never the
//! path, the query, an address or a header: see [`telemetry`](crate::server::telemetry).

use super::request_id::RequestId;
use axum::{
    Router,
    extract::{MatchedPath, Request},
    response::Response,
};
use std::time::Duration;
use tower_http::trace::TraceLayer;
use tracing::Span;

/// Traces every request to `router`.
pub fn around(router: Router) -> Router {
    let layer = TraceLayer::new_for_http()
        .make_span_with(span)
        .on_request(())
        .on_response(answered)
        .on_body_chunk(())
        .on_eos(())
        .on_failure(());
    router.layer(layer)
}

fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("(file)", MatchedPath::as_str);
    let id = request.extensions().get::<RequestId>().map_or("", |id| id.0.as_str());
    tracing::info_span!("request", id, method = %request.method(), route)
}

fn answered(response: &Response, took: Duration, _: &Span) {
    let (status, milliseconds) = (response.status().as_u16(), took.as_millis());
    if response.status().is_server_error() {
        tracing::error!(status, milliseconds, "answered");
    } else {
        tracing::info!(status, milliseconds, "answered");
    }
}
