//! A fault in our own code fails the one request, with an answer; without this layer its connection is dropped. The log
//! line is [`panics`](crate::server::panics)'.

use super::problem::Problem;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;

/// Answers 500 where a handler panics.
pub fn caught() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(answer)
}

/// The panic's text stays here: it may hold anything.
fn answer(_text: Box<dyn Any + Send>) -> Response {
    let message = "The server had a problem. Please try again.";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message).into_response()
}
