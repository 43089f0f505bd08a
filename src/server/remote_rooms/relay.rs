//! `GET /signaling` of a node whose room server is elsewhere.

use super::{RemoteRooms, carry, dial::DialError};
use crate::{rooms::PeerAddress, server::web::Problem};
use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use std::sync::Arc;

/// Passes a socket on. The origin is checked by whoever mounts it.
///
/// A room server that cannot be reached fails the request, which is to the SDK a socket that was lost: it tries again.
pub async fn relay(
    State(remote): State<Arc<RemoteRooms>>,
    address: Option<Extension<PeerAddress>>,
    mut request: Request,
) -> Response {
    let from = address.map(|Extension(PeerAddress(address))| address);
    let upgrade = request.extensions_mut().remove::<OnUpgrade>();
    let Some(upgrade) = upgrade.filter(|_| asks_for_a_socket(request.headers())) else {
        let message = "This address is for web sockets.";
        return Problem::new(StatusCode::UPGRADE_REQUIRED, "no_socket", message).into_response();
    };
    if remote.stopping.is_cancelled() {
        return unreachable(StatusCode::SERVICE_UNAVAILABLE);
    }
    let Some(place) = remote.crowd.enter(from) else { return unreachable(StatusCode::TOO_MANY_REQUESTS) };
    let dialled = match remote.dial(request.headers(), from).await {
        Ok(dialled) => dialled,
        Err(DialError::Refused(StatusCode::TOO_MANY_REQUESTS)) => {
            return unreachable(StatusCode::TOO_MANY_REQUESTS);
        }
        Err(error) => {
            tracing::warn!(%error, "the room server cannot be reached");
            return unreachable(StatusCode::BAD_GATEWAY);
        }
    };
    let (accept, sockets) = (dialled.accept, remote.sockets.clone());
    sockets.spawn(async move {
        if let Ok(client) = upgrade.await {
            // How it ends is nobody's fault and told to both ends.
            carry::between(TokioIo::new(client), TokioIo::new(dialled.io), &remote.stopping).await.ok();
        }
        drop(place);
    });
    let switched = [
        (header::CONNECTION, HeaderValue::from_static("Upgrade")),
        (header::UPGRADE, HeaderValue::from_static("websocket")),
    ];
    let accept = accept.map(|accept| [(header::SEC_WEBSOCKET_ACCEPT, accept)]);
    (StatusCode::SWITCHING_PROTOCOLS, switched, accept.map_or_else(HeaderMap::new, HeaderMap::from_iter))
        .into_response()
}

fn asks_for_a_socket(headers: &HeaderMap) -> bool {
    let says = |name: HeaderName, word: &str| {
        let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).any(|part| part.trim().eq_ignore_ascii_case(word))
    };
    says(header::CONNECTION, "upgrade")
        && says(header::UPGRADE, "websocket")
        && headers.contains_key(header::SEC_WEBSOCKET_KEY)
}

fn unreachable(status: StatusCode) -> Response {
    Problem::new(status, "unreachable", "Calls cannot be connected right now. Please try again.")
        .into_response()
}
