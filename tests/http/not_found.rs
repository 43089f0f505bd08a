//! Where nothing is.

use super::app::{TWILIO, app, get, with};
use axum::http::StatusCode;

#[tokio::test]
async fn people_get_a_page_with_a_way_back_and_programs_get_json() {
    let app = app(&[]).await;
    for path in ["/nothing", "/pkg/nothing.js", "/patient/", "/api/nothing", "/..%2f..%2fetc/passwd"] {
        let page = app.send(with(get(path), "accept", "text/html,*/*")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.body.contains("href=\"/\""), "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");

        let json = app.get(path).await;
        assert_eq!((json.status, json.error_code().as_str()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
    }
}

#[tokio::test]
async fn with_twilio_there_is_no_signalling_here() {
    let app = app(&TWILIO).await;
    let socket = with(with(get("/signaling"), "origin", "http://localhost:1337"), "upgrade", "websocket");
    assert_eq!(app.send(socket).await.status, StatusCode::NOT_FOUND);
}
