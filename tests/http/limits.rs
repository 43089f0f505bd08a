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
}

/// It is cut off while it is read, by whomever: Leptos, or axum for a form.
#[tokio::test]
async fn a_large_body_that_does_not_say_its_length_is_refused_as_such() {
    let app = app(&[]).await;
    for path in ["/api/probe_body", "/v/enter"] {
        let ask = |kilobytes| {
            let chunk =
                std::iter::once("text=".to_owned()).chain(std::iter::repeat_n("a".repeat(1000), kilobytes));
            let body = Body::from_stream(stream::iter(chunk.map(Ok::<_, Infallible>)));
            axum::http::Request::from_parts(post(path).into_parts().0, body)
        };
        let large = app.send(ask(70)).await;
        assert_eq!(
            (large.status, large.error_code().as_str()),
            (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            "{path}"
        );
        assert_ne!(app.send(ask(60)).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
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
        // This clock jumps also while a database is asked.
        assert!(begun.elapsed() >= Duration::from_secs(30), "{path}");
    }
}
