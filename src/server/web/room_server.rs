//! Routes and layers of `owl rooms`: the signalling socket, the probes, and what manages rooms from outside. No pages.

use super::{client, health, limits, origin_check, panic, request_id, trace};
use crate::{rooms::RoomServer, server::Origin};
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use ipnet::IpNet;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What every request to the room server may use. Shared in an `Arc`.
pub struct RoomServerState {
    /// The running room server.
    pub rooms: RoomServer,
    /// Origins whose pages may open a signalling socket. `None`: any.
    pub signaling_origins: Option<Vec<Origin>>,
    /// Peers whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Cancelled once the server is told to stop.
    pub stopping: CancellationToken,
}

/// Every route with every layer. `management` is what is served beside signalling, bounded in size and time as the rest.
pub fn router(state: &Arc<RoomServerState>, management: Router) -> Router {
    let timed = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready).with_state(state.stopping.clone()))
        .merge(management)
        .layer(from_fn(limits::time))
        .layer(from_fn(limits::body_size));
    let signaling =
        state.rooms.router().layer(from_fn_with_state(Arc::clone(state), origin_check::listed_sockets));
    let guarded = timed.merge(signaling).layer(panic::caught());
    let guarded = guarded.layer(from_fn_with_state(Arc::clone(state), client::locate));
    trace::around(guarded).layer(from_fn(request_id::assign))
}
