//! For whatever watches the server.

use crate::server::AppState;
use axum::{extract::State, http::StatusCode};
use std::sync::Arc;

/// `GET /healthz`: the process is alive. A watchdog restarts it when this does not answer.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: requests are welcome. A load balancer sends none when this says 503.
pub async fn ready(State(state): State<Arc<AppState>>) -> (StatusCode, &'static str) {
    if state.stopping.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}
