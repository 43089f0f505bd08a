//! The answer where nothing is: a page for people, JSON for programs.

use super::{pages, problem::Problem};
use crate::{api::Page, server::AppState};
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Answers 404 in the form that the client reads.
pub async fn not_found(state: &Arc<AppState>, request: Request) -> Response {
    let accepts =
        request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !accepts.contains("text/html") {
        let message = "There is nothing at this address.";
        return Problem::new(StatusCode::NOT_FOUND, "not_found", message).into_response();
    }
    let mut page = pages::render(state, Page::NotFound)(request).await;
    *page.status_mut() = StatusCode::NOT_FOUND;
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}
