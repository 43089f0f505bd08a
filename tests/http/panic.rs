//! A fault in one request.

use super::app::{app, post};
use axum::http::StatusCode;

#[tokio::test]
async fn it_is_answered_in_plain_words_and_tells_nothing() {
    let answer = app(&[]).await.send(post("/api/probe_panic")).await;
    assert_eq!(
        (answer.status, answer.error_code().as_str()),
        (StatusCode::INTERNAL_SERVER_ERROR, "internal")
    );
    assert!(!answer.body.contains("somebody"), "{}", answer.body);
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("x-request-id").len(), 16);
}
