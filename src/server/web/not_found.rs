//! The answer where nothing is: a page for people, JSON for programs.

use super::problem::Problem;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Not found · Owl Hospital</title></head>\
<body><main><h1>There is no page here</h1>\
<p>The address may be mistyped, or the page is gone.</p>\
<p><a href=\"/\">Go to the start page of Owl Hospital</a></p></main></body></html>\n";

/// Answers 404 in the form that the client reads.
pub fn not_found(headers: &HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") {
        let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        return (StatusCode::NOT_FOUND, no_store, Html(PAGE)).into_response();
    }
    Problem::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address.").into_response()
}
