//! For whatever watches the server.

use super::app::app;
use axum::http::StatusCode;

#[tokio::test]
async fn alive_as_long_as_it_answers_and_ready_until_it_stops() {
    let app = app(&[]).await;
    assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
    app.application.state().stopping.cancel();
    assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(app.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
