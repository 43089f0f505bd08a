//! Short ways to answer a form.

use super::cookie;
use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;

/// Leads the browser on, with a GET.
pub fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(path) = HeaderValue::try_from(path) {
        response.headers_mut().insert(header::LOCATION, path);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Sets or takes away a cookie with a response.
pub fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A response that starts a session: its page is another one's, so nothing of an earlier person may be left in this browser.
pub fn enter(path: &str, name: &str, secret: &str) -> Response {
    with_cookie(see_other(path), cookie::set(name, secret))
}

/// The fields of a form, and the request without its body, by which the answer is rendered. None if a field is missing.
pub async fn form<T: DeserializeOwned>(request: Request) -> (Option<T>, Request) {
    let (parts, body) = request.into_parts();
    let form = axum::Form::<T>::from_request(Request::from_parts(parts.clone(), body), &()).await;
    (form.ok().map(|form| form.0), Request::from_parts(parts, Body::empty()))
}
