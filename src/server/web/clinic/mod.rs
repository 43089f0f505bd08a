//! Routes of the clinic, one file for each part of it.

mod document;

pub use document::{Document, render};

use crate::server::AppState;
use axum::Router;
use std::sync::Arc;

/// All of them. They sit under the same layers as every page.
pub fn routes(_state: &Arc<AppState>) -> Router {
    Router::new()
}
