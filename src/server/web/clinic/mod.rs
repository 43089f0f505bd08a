//! Routes of the clinic, one file for each part of it.

mod accounts;
mod answer;
mod appointments;
mod audit;
mod care;
mod cookie;
mod document;
mod feed;
mod guard;
mod patient;
mod queue;
mod replay;
mod staff;
pub mod trouble;
mod whence;
pub mod who;

use document::{Document, render};

use super::origin_check;
use crate::server::AppState;
use axum::{Router, middleware::from_fn_with_state};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// All of them. They sit under the same layers as every page.
pub fn routes(state: &Arc<AppState>) -> Router {
    Router::new()
        .merge(accounts::routes(state))
        .merge(appointments::routes(state))
        .merge(audit::routes(state))
        .merge(care::routes(state))
        .merge(patient::routes(state))
        .merge(queue::routes(state))
        .merge(replay::routes(state))
        .merge(staff::routes(state))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(Arc::clone(state), origin_check::unsafe_methods))
}

/// Streams: they take no time limit, and nothing may hold them back to compress them.
pub fn streams(state: &Arc<AppState>) -> Router {
    feed::routes(state)
}
