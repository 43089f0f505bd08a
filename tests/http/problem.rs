//! What the layers in front of a server function refuse, its page must be able to read.

use super::app::{TestApp, app, join_demo, post, with};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use leptos::server_fn::{ContentType, codec::PostcardEncoding, error::FromServerFnError};
use owl_hospital::{
    api::{ApiError, ErrorCode},
    domain::Role,
};

async fn refusal(app: &TestApp, request: Request<Body>) -> (StatusCode, ApiError) {
    let path = request.uri().path().to_owned();
    let answer = app.send(with(request, "accept", PostcardEncoding::CONTENT_TYPE)).await;
    assert_eq!(answer.header("content-type"), PostcardEncoding::CONTENT_TYPE);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("serverfnerror"), path);
    (answer.status, ApiError::de(answer.bytes))
}

#[tokio::test]
async fn a_page_reads_it_as_the_server_functions_own_error() {
    let app = app(&[]).await;
    // Not before: the database works in a thread of its own, and does not know that no time passes.
    tokio::time::pause();
    let stranger = join_demo(post("/api/join_demo"), Role::Patient, None);
    let large = join_demo(post("/api/join_demo"), Role::Patient, None);
    for (request, status, code, words) in [
        (
            with(stranger, "origin", "https://evil.example"),
            StatusCode::FORBIDDEN,
            ErrorCode::BadRequest,
            "This request did not come",
        ),
        (
            with(large, "content-length", "70000"),
            StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::BadRequest,
            "This is too large",
        ),
        (post("/api/probe_slow"), StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Internal, "This took too long"),
        (
            post("/api/probe_panic"),
            StatusCode::INTERNAL_SERVER_ERROR,
            ErrorCode::Internal,
            "The server had a problem",
        ),
    ] {
        let (answered, error) = refusal(&app, request).await;
        assert_eq!((answered, error.code), (status, code));
        assert!(error.message.starts_with(words), "{error}");
    }
}
