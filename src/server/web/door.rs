//! The door of the demo visit: pages, server function and `/token` alike are open or do not exist.
//!
//! With Twilio's credentials an open demo would spend somebody's money. So `DEMO=auto` lets in only a browser on this
//! very machine that came directly: a loopback peer (every peer is one behind a reverse proxy), a localhost `Host` (a
//! proxy passes the public one on, and a hostile page that points its own name to 127.0.0.1 cannot fake it), and no
//! trace of a proxy.

use super::client::Client;
use crate::server::{AppState, DemoPass, Engine, Origin, config::DemoMode};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use std::{net::IpAddr, sync::Arc};

/// Gives a pass to requests that the demo visit is open to.
pub async fn keeper(State(state): State<Arc<AppState>>, mut request: Request, next: Next) -> Response {
    let open = match (state.demo.mode, &state.engine) {
        (DemoMode::Off, _) => false,
        (DemoMode::On, _) | (DemoMode::Auto, Engine::Embedded { .. }) => true,
        (DemoMode::Auto, Engine::Twilio { .. }) => request.extensions().get().is_some_and(is_this_machine),
    };
    if open {
        request.extensions_mut().insert(DemoPass::issue());
    }
    next.run(request).await
}

fn is_this_machine(client: &Client) -> bool {
    let origin = client.host.as_deref().and_then(|host| Origin::from_authority(client.https, host));
    client.peer.as_ref().is_some_and(IpAddr::is_loopback)
        && !client.forwarded
        && origin.is_some_and(|origin| matches!(origin.host(), "localhost" | "127.0.0.1" | "[::1]"))
}
