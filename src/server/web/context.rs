//! What pages and server functions find in their Leptos context: one closure for both, so that neither lacks what the
//! other has.
//!
//! - `Arc<AppState>`;
//! - `EngineInfo`;
//! - `DemoPass`, when the demo visit is open to the request (`use_context::<DemoPass>()` is `None` otherwise);
//! - `StaffSession`, `SeatSession`, when a cookie has proved one;
//! - from `leptos_axum`: the request's `Parts` and the `ResponseOptions`.

use super::{client::Client, csp};
use crate::server::{
    AppState, DemoPass,
    clinic::{SeatSession, StaffSession},
};
use axum::http::{header::CONTENT_SECURITY_POLICY, request::Parts};
use leptos::{
    context::{provide_context, use_context},
    nonce::use_nonce,
};
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// Makes the closure.
pub fn provider(state: &Arc<AppState>) -> impl Fn() + Clone + Send + Sync + 'static {
    let state = Arc::clone(state);
    move || {
        provide_context(Arc::clone(&state));
        provide_context(state.engine_info());
        let Some(parts) = use_context::<Parts>() else { return };
        if let Some(pass) = parts.extensions.get::<DemoPass>() {
            provide_context(*pass);
        }
        if let Some(session) = parts.extensions.get::<StaffSession>() {
            provide_context(session.clone());
        }
        if let Some(session) = parts.extensions.get::<SeatSession>() {
            provide_context(session.clone());
        }
        // Pages have a nonce, server functions do not. It must be the page's own, so the header is made here.
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) {
            let own = parts.extensions.get::<Client>().and_then(|client| client.own_origin(&state));
            if let Some(policy) = csp::for_page(&state, own.as_ref(), &nonce) {
                response.insert_header(CONTENT_SECURITY_POLICY, policy);
            }
        }
    }
}
