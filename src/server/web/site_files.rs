//! Script, styles, pictures and the SDK, from the directory that `cargo leptos build` made; compressed ahead of time.
//!
//! A name with a hash or a version never changes its content, so browsers may keep it for ever. Everything else is
//! asked for again soon.

use super::not_found::not_found;
use crate::server::AppState;
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderValue, StatusCode, Uri,
        header::{CACHE_CONTROL, VARY},
    },
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use std::{path::Path, sync::Arc};
use tower_http::services::ServeDir;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const SHORT: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// What answers where no route does.
pub fn service(state: &Arc<AppState>) -> Router {
    let files = ServeDir::new(Path::new(&*state.leptos.site_root))
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    Router::new().fallback_service(files).layer(from_fn_with_state(Arc::clone(state), finish))
}

async fn finish(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    if status.is_success() || status == StatusCode::NOT_MODIFIED {
        let policy = if is_frozen(&asked.uri) { FOR_EVER } else { SHORT };
        response.headers_mut().insert(CACHE_CONTROL, policy);
        // The same address comes as br, gzip or plain: a cache in between must not mix them up.
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        return response;
    }
    if status.is_server_error() {
        return response;
    }
    not_found(&state, Request::from_parts(asked, Body::empty())).await
}

/// `/pkg/name.<hash>.ext` and `/vendor/…<1.2.3>…`.
fn is_frozen(uri: &Uri) -> bool {
    let path = uri.path();
    if let Some(name) = path.strip_prefix("/pkg/") {
        let mut parts = name.rsplit('.');
        return parts.nth(1).is_some_and(is_hash) && parts.next().is_some();
    }
    path.strip_prefix("/vendor/").is_some_and(has_version)
}

/// cargo-leptos' hashes: 22 characters of URL-safe base64.
fn is_hash(part: &str) -> bool {
    part.len() >= 16 && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn has_version(name: &str) -> bool {
    let mut numbers = 0;
    for part in name.split(|c: char| !c.is_ascii_digit() && c != '.').flat_map(|run| run.split('.')) {
        numbers = if part.is_empty() { 0 } else { numbers + 1 };
        if numbers == 3 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_never_change_are_kept_for_ever() {
        for (path, frozen) in [
            ("/pkg/owl.JkV4jq2Rr4ZyjMdQHh1bPA.js", true),
            ("/pkg/owl.JkV4jq2Rr4ZyjMdQHh1bPA.wasm", true),
            ("/pkg/owl.js", false),
            ("/pkg/owl_bg.wasm", false),
            ("/pkg/snippets/some-crate/inline0.js", false),
            ("/vendor/twilio-video-2.35.0.min.js", true),
            ("/vendor/2.35.0/twilio-video.min.js", true),
            ("/vendor/twilio-video.min.js", false),
            ("/vendor/x-2.35.js", false),
            ("/favicon.ico", false),
        ] {
            assert_eq!(is_frozen(&path.parse().unwrap()), frozen, "{path}");
        }
    }
}
