//! An error as JSON, with a stable code for programs and a sentence for people:
//! `{"error":{"code":"…","message":"…"}}`.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// An error to send. Its message says what to do and repeats nothing of the request.
#[derive(Debug, Clone, Copy)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
}

impl Problem {
    /// Codes are part of the interface: never change one.
    pub fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self { status, code, message }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": { "code": self.code, "message": self.message } }));
        (self.status, [(CACHE_CONTROL, HeaderValue::from_static("no-store"))], body).into_response()
    }
}
