//! What a single request may cost: time and bytes.

use super::problem::Problem;
use axum::{
    extract::Request,
    http::{StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::time::Duration;
use tower_http::limit::RequestBodyLimitLayer;

/// Far more than any form or server function of ours sends.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// From the last header of a request to the first byte of its answer, a slow body included.
const MAX_TIME: Duration = Duration::from_secs(30);

/// The same where a day's list is made: each of up to 300 codes is hashed slowly, which takes some seconds of all processors, and
/// more where they are busy. The list is made whole at the end, and its links could not be read again.
const MAX_TIME_OF_A_LIST: Duration = Duration::from_mins(5);

/// Where that is.
const A_LIST: &str = "/clinic/import/confirm";

/// Refuses large bodies with 413.
pub fn body_size() -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(MAX_BODY_BYTES)
}

/// Says in our own words what the layer above says in its.
pub async fn explain(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE && !is_json {
        let message = "This is too large. Please send at most 64 kB.";
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message).into_response();
    }
    response
}

/// Ends what takes too long with 503.
pub async fn time(request: Request, next: Next) -> Response {
    let most = if request.uri().path() == A_LIST { MAX_TIME_OF_A_LIST } else { MAX_TIME };
    tokio::time::timeout(most, next.run(request)).await.unwrap_or_else(|_| {
        let message = "This took too long. Please try again.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", message).into_response()
    })
}
