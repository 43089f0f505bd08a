//! For whatever watches the server.

use axum::{extract::State, http::StatusCode};
use tokio_util::sync::CancellationToken;

/// `GET /healthz`: the process is alive. A watchdog restarts it when this does not answer.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: requests are welcome. A load balancer sends none when this says 503.
pub async fn ready(State(stopping): State<CancellationToken>) -> (StatusCode, &'static str) {
    if stopping.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}
