//! Who asks, as far as the network tells: the peer, the host it named, the scheme.
//!
//! Forwarded headers are believed only from a peer in `TRUSTED_PROXIES`: anybody can send them. Behind a reverse proxy
//! every peer is loopback, so a loopback peer alone proves nothing. Never log any of this.

use super::room_server::RoomServerState;
use crate::{
    rooms::PeerAddress,
    server::{AppState, Origin},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, Version, header::HOST, uri::Authority},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;
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
    let peer = peer(&request);
    let trusted =
        peer.is_some_and(|peer| state.trusted_proxies.iter().any(|network| network.contains(&peer)));
    let headers = request.headers();
    let told = |name| if trusted { last(headers, name) } else { None };
    // HTTP/2 has no Host header: it is in the address.
    let asked = || request.uri().authority().map(Authority::as_str).or_else(|| last(headers, HOST.as_str()));
    let address = address(request.headers(), peer, &state.trusted_proxies);
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
    if let Some(address) = address {
        request.extensions_mut().insert(PeerAddress(address));
    }
    next.run(request).await
}

/// The same for the room server alone, which has to know no more than where sockets come from.
pub async fn locate(State(state): State<Arc<RoomServerState>>, mut request: Request, next: Next) -> Response {
    let address = address(request.headers(), peer(&request), &state.trusted_proxies);
    if let Some(address) = address {
        request.extensions_mut().insert(PeerAddress(address));
    }
    next.run(request).await
}

fn peer(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical())
}

/// Where a client is: the peer, or what the last trusted proxy says of its own peer. `None` for this very machine: programs
/// here need no bounds, and a reverse proxy here that was not declared would count as everybody.
fn address(headers: &HeaderMap, peer: Option<IpAddr>, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let peer = peer?;
    if !is_trusted(&peer) {
        return Some(peer).filter(|peer| !peer.is_loopback());
    }
    let values = headers.get_all("x-forwarded-for").iter().rev().filter_map(|value| value.to_str().ok());
    let addresses = values.flat_map(|value| value.rsplit(',')).map(|text| text.trim().parse::<IpAddr>());
    // Whatever stands before something unreadable was written by nobody who is trusted.
    addresses.map_while(Result::ok).map(|address| address.to_canonical()).find(|address| !is_trusted(address))
}

fn is_proxys(name: &HeaderName) -> bool {
    matches!(name.as_str(), "forwarded" | "via" | "x-real-ip") || name.as_str().starts_with("x-forwarded-")
}

/// The last value of a header, which the nearest proxy wrote.
fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_believed_as_far_as_those_who_tell_it_are_trusted() {
        let trusted: Vec<IpNet> =
            ["127.0.0.1/32", "10.0.0.0/8"].map(|network| network.parse().unwrap()).to_vec();
        for (peer, told, expected) in [
            ("203.0.113.5", &[][..], Some("203.0.113.5")),
            ("203.0.113.5", &["198.51.100.1"], Some("203.0.113.5")),
            ("::1", &[], None),
            ("::1", &["198.51.100.1"], None),
            ("127.0.0.1", &[], None),
            ("127.0.0.1", &["198.51.100.1"], Some("198.51.100.1")),
            ("127.0.0.1", &["6.6.6.6, 198.51.100.1"], Some("198.51.100.1")),
            ("127.0.0.1", &["6.6.6.6", "198.51.100.1, 10.1.1.1"], Some("198.51.100.1")),
            ("127.0.0.1", &["198.51.100.1, nonsense"], None),
            ("127.0.0.1", &["2001:db8::1"], Some("2001:db8::1")),
        ] {
            let mut headers = HeaderMap::new();
            for value in told {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            let found = address(&headers, peer.parse().ok(), &trusted);
            assert_eq!(found, expected.map(|text| text.parse().unwrap()), "{peer} {told:?}");
        }
    }
}
