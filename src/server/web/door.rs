//! The door of the demo visit: pages, server function and `/token` alike are open or do not exist.
//!
//! With Twilio's credentials an open demo would spend somebody's money. So `DEMO=auto` lets in only a browser on this
//! very machine that came directly: a loopback peer (every peer is one behind a reverse proxy), a localhost `Host` (a
//! hostile page that points its own name to 127.0.0.1 cannot fake it), a localhost `Origin` if any, and no trace of a
//! proxy. A proxy may pass on its own idea of `Host` and leave no trace; but whoever set `PUBLIC_URL` or
//! `TRUSTED_PROXIES` has one, and then nobody is let in.

use super::client::Client;
use crate::server::{AppState, DemoPass, Engine, Origin, config::DemoMode};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, header::ORIGIN},
    middleware::Next,
    response::Response,
};
use std::{net::IpAddr, sync::Arc};

/// Gives a pass to requests that the demo visit is open to.
pub async fn keeper(State(state): State<Arc<AppState>>, mut request: Request, next: Next) -> Response {
    let open = match (state.demo.mode, &state.engine) {
        (DemoMode::Off, _) => false,
        (DemoMode::On, _) | (DemoMode::Auto, Engine::Embedded { .. } | Engine::Remote { .. }) => true,
        (DemoMode::Auto, Engine::Twilio { .. }) => {
            !state.is_public()
                && has_local_origin(request.headers())
                && request.extensions().get().is_some_and(is_this_machine)
        }
    };
    if open && !is_clinic(&state).await {
        request.extensions_mut().insert(DemoPass::issue());
    }
    next.run(request).await
}

/// Whether the clinic is set up: its visits are by invitation, and the open one has ended.
async fn is_clinic(state: &AppState) -> bool {
    state.clinic.is_set_up().await.unwrap_or_else(|error| {
        tracing::error!(%error, "it cannot be told whether the clinic is set up; the demo visit stays closed");
        true
    })
}

/// Whether no page asks, or one of this machine. Browsers name the page's true origin, whatever a proxy makes of `Host`.
fn has_local_origin(headers: &HeaderMap) -> bool {
    headers.get_all(ORIGIN).iter().all(|origin| {
        origin.to_str().is_ok_and(|text| Origin::parse(text).is_ok_and(|origin| origin.is_loopback()))
    })
}

fn is_this_machine(client: &Client) -> bool {
    let origin = client.host.as_deref().and_then(|host| Origin::from_authority(client.https, host));
    client.peer.as_ref().is_some_and(IpAddr::is_loopback)
        && !client.forwarded
        && origin.is_some_and(|origin| origin.is_loopback())
}
