//! Script, styles and pictures.

use super::app::{app, get, with};
use axum::http::StatusCode;

const HASHED: &str = "/pkg/owl.JkV4jq2Rr4ZyjMdQHh1bPA.js";

#[tokio::test]
async fn names_with_a_hash_or_version_are_kept_for_ever_and_others_are_not() {
    let app = app(&[]).await;
    for (path, policy) in [
        (HASHED, "public, max-age=31536000, immutable"),
        ("/vendor/twilio-video-2.35.0.min.js", "public, max-age=31536000, immutable"),
        ("/pkg/owl.js", "public, max-age=300"),
        ("/robots.txt", "public, max-age=300"),
    ] {
        app.write_site(&path[1..], b"content");
        let answer = app.get(path).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "content"));
        assert_eq!(answer.header("cache-control"), policy, "{path}");
    }
    assert_eq!(app.get("/pkg/owl.AAAAAAAAAAAAAAAAAAAAAA.js").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn they_come_compressed_ahead_of_time() {
    let app = app(&[]).await;
    app.write_site(&HASHED[1..], b"plain");
    app.write_site(&format!("{}.br", &HASHED[1..]), b"brotli");
    app.write_site(&format!("{}.gz", &HASHED[1..]), b"gzip");
    for (accepted, encoding, body) in
        [("br, gzip", "br", "brotli"), ("gzip", "gzip", "gzip"), ("", "", "plain"), ("identity", "", "plain")]
    {
        let answer = app.send(with(get(HASHED), "accept-encoding", accepted)).await;
        assert_eq!((answer.header("content-encoding"), answer.body.as_str()), (encoding, body));
        assert!(
            answer.header("content-type").starts_with("text/javascript"),
            "{}",
            answer.header("content-type")
        );
        assert!(answer.header("vary").contains("accept-encoding"), "caches must not mix them up");
    }
}

#[tokio::test]
async fn wasm_has_the_type_that_browsers_ask_for_and_unchanged_files_are_not_sent_again() {
    let app = app(&[]).await;
    app.write_site("pkg/owl.wasm", b"\0asm");
    let first = app.get("/pkg/owl.wasm").await;
    assert_eq!(first.header("content-type"), "application/wasm");
    let again = with(get("/pkg/owl.wasm"), "if-modified-since", first.header("last-modified"));
    assert_eq!(app.send(again).await.status, StatusCode::NOT_MODIFIED);
}
