//! What a single request may cost.

use super::app::{app, post, with};
use axum::{
    body::{Body, Bytes},
    http::StatusCode,
};
use futures_util::stream;
use std::convert::Infallible;

#[tokio::test]
async fn a_large_body_is_refused() {
    let app = app(&[]).await;
    let text = |length: usize| format!("text={}", "a".repeat(length));
    let request = |body: Body| {
        let (parts, _) = post("/api/probe_body").into_parts();
        axum::http::Request::from_parts(parts, body)
    };
    assert_eq!(app.send(request(text(60_000).into())).await.body, "60000");

    let declared = with(request(text(70_000).into()), "content-length", "70005");
    let answer = app.send(declared).await;
    assert_eq!((answer.status, answer.error_code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));

    // One that does not say its length is cut off while it is read: by then Leptos makes the answer, and knows no reason.
    let chunks = (0..70)
        .map(move |i| Ok::<_, Infallible>(Bytes::from(if i == 0 { text(1000) } else { "a".repeat(1000) })));
    let answer = app.send(request(Body::from_stream(stream::iter(chunks)))).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn what_takes_too_long_is_ended() {
    let app = app(&[]).await;
    tokio::time::pause();
    let answer = app.send(post("/api/probe_slow")).await;
    assert_eq!((answer.status, answer.error_code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "timeout"));
}
