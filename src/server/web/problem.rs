//! An error as JSON, with a stable code for programs and a sentence for people:
//! `{"error":{"code":"…","message":"…"}}`. Pages that call a server function get the same as an [`ApiError`].

use crate::api::{ApiError, ErrorCode};
use axum::{
    Extension, Json,
    extract::Request,
    http::{
        HeaderValue, StatusCode,
        header::{ACCEPT, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::server_fn::{
    ContentType, Decodes,
    codec::PostcardEncoding,
    error::{FromServerFnError, SERVER_FN_ERROR_HEADER, ServerFnErrorErr},
};
use serde_json::json;

/// Far more than a code and a sentence.
const MAX_ERROR_BYTES: usize = 16 * 1024;

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

    /// What it is answered with.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What to do, for a person.
    pub fn message(&self) -> &'static str {
        self.message
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": { "code": self.code, "message": self.message } }));
        let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        // Kept for those who read no JSON.
        (self.status, no_store, Extension(self), body).into_response()
    }
}

/// Says it to a page that calls a server function as that function would: a page cannot read anything else, and would
/// take a refusal for a broken connection.
pub async fn for_server_functions(request: Request, next: Next) -> Response {
    let reads_postcard =
        request.headers().get(ACCEPT).is_some_and(|accepted| accepted == PostcardEncoding::CONTENT_TYPE);
    let path = HeaderValue::try_from(request.uri().path());
    let mut response = next.run(request).await;
    let problem = response.extensions().get::<Problem>().copied();
    let (true, Some(problem), Ok(path)) = (reads_postcard, problem, path) else { return response };
    let code = match problem.status {
        StatusCode::NOT_FOUND => ErrorCode::NotFound,
        status if status.is_client_error() => ErrorCode::BadRequest,
        _ => ErrorCode::Internal,
    };
    *response.body_mut() = ApiError::new(code, problem.message).ser().into();
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(PostcardEncoding::CONTENT_TYPE));
    headers.insert(SERVER_FN_ERROR_HEADER, path);
    response
}

/// Leptos answers 500 to arguments that are none, as to a fault of ours. It is the caller's.
pub async fn of_the_caller(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || !response.headers().contains_key(SERVER_FN_ERROR_HEADER)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, MAX_ERROR_BYTES).await.unwrap_or_default();
    let error: Option<ApiError> = PostcardEncoding::decode(body.clone()).ok();
    // "Unreachable" is what arguments that cannot be read look like from the browser's side.
    if !error.is_some_and(|error| matches!(error.code, ErrorCode::BadRequest | ErrorCode::Unreachable)) {
        return Response::from_parts(parts, body.into());
    }
    parts.status = StatusCode::BAD_REQUEST;
    parts.headers.remove(CONTENT_LENGTH);
    let told = ApiError::from_server_fn_error(ServerFnErrorErr::Args(String::new()));
    Response::from_parts(parts, told.ser().into())
}
