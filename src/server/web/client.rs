//! Who asks, as far as the network tells: the peer, the host it named, the scheme.
//!
//! Forwarded headers are believed only from a peer in `TRUSTED_PROXIES`: anybody can send them. Behind a reverse proxy
//! every peer is loopback, so a loopback peer alone proves nothing. Never log any of this.

use crate::server::{AppState, Origin};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, Version, header::HOST, uri::Authority},
    middleware::Next,
    response::Response,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// Who asks. Every request carries it as an extension.
#[derive(Clone)]
pub struct Client {
    /// The other end of the connection. `None` only in tests without a socket.
    pub peer: Option<IpAddr>,
    /// The authority (`host[:port]`) that the client asked for.
    pub host: Option<String>,
    /// Whether the client came by https.
    pub https: bool,
    /// Whether any proxy left a trace, trusted or not: one of its headers, even an empty one, or HTTP/1.0, which nginx
    /// speaks unless told otherwise and browsers do not.
    pub forwarded: bool,
}

impl Client {
    /// The origin of our own pages for this client, where it can be told.
    pub fn own_origin(&self, state: &AppState) -> Option<Origin> {
        state.public_url.clone().or_else(|| Origin::from_authority(self.https, self.host.as_deref()?))
    }
}

/// Looks at the connection and the headers, once.
pub async fn recognise(State(state): State<Arc<AppState>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let trusted =
        peer.is_some_and(|peer| state.trusted_proxies.iter().any(|network| network.contains(&peer)));
    let headers = request.headers();
    let told = |name| if trusted { last(headers, name) } else { None };
    // HTTP/2 has no Host header: it is in the address.
    let asked = || request.uri().authority().map(Authority::as_str).or_else(|| last(headers, HOST.as_str()));
    let client = Client {
        peer,
        host: told("x-forwarded-host").or_else(asked).map(str::to_owned),
        https: match told("x-forwarded-proto") {
            Some(scheme) => scheme.eq_ignore_ascii_case("https"),
            None => state.tls || state.public_url.as_ref().is_some_and(Origin::is_https),
        },
        forwarded: request.version() < Version::HTTP_11 || headers.keys().any(is_proxys),
    };
    request.extensions_mut().insert(client);
    next.run(request).await
}

fn is_proxys(name: &HeaderName) -> bool {
    matches!(name.as_str(), "forwarded" | "via" | "x-real-ip") || name.as_str().starts_with("x-forwarded-")
}

/// The last value of a header, which the nearest proxy wrote.
fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next().map(str::trim)
}
