//! What a single request may cost.

use super::app::{app, post, with};
use axum::{
    body::{Body, Bytes},
    http::StatusCode,
};
use futures_util::stream;
use std::{convert::Infallible, time::Duration};

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

    // One that does not say its length is cut off while it is read, by whomever: Leptos, or axum for a form.
    for path in ["/api/probe_body", "/token", "/v/enter"] {
        let chunks = |number: usize| {
            let chunk = |i| {
                Ok::<_, Infallible>(Bytes::from(format!(
                    "{}{}",
                    if i == 0 { "text=" } else { "" },
                    "a".repeat(1000)
                )))
            };
            Body::from_stream(stream::iter((0..number).map(chunk)))
        };
        let ask = |body| axum::http::Request::from_parts(post(path).into_parts().0, body);
        let answer = app.send(ask(chunks(70))).await;
        let refused = (StatusCode::PAYLOAD_TOO_LARGE, "too_large");
        if path == "/token" {
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "nobody has read it");
        } else {
            assert_eq!((answer.status, answer.error_code().as_str()), refused, "{path}");
        }
        assert_ne!(app.send(ask(chunks(60))).await.status, refused.0, "{path}");
    }
}

#[tokio::test]
async fn what_takes_too_long_is_ended() {
    let app = app(&[]).await;
    tokio::time::pause();
    let answer = app.send(post("/api/probe_slow")).await;
    assert_eq!((answer.status, answer.error_code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "timeout"));
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_is_ended() {
    let app = app(&[]).await;
    tokio::time::pause();
    for path in ["/api/probe_body", "/v/enter"] {
        // A byte a second would never look like a lost connection.
        let bytes = stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok::<_, Infallible>(Bytes::from_static(b"a")), ()))
        });
        let (parts, _) = post(path).into_parts();
        let begun = tokio::time::Instant::now();
        let answer = app.send(axum::http::Request::from_parts(parts, Body::from_stream(bytes))).await;
        assert_eq!(
            (answer.status, answer.error_code().as_str()),
            (StatusCode::SERVICE_UNAVAILABLE, "timeout")
        );
        assert_eq!(begun.elapsed().as_secs(), 30, "{path}");
    }
}
