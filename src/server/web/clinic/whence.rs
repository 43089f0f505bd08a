//! Where whoever asks is on the network, for what slows strangers down.

use crate::{
    rooms::PeerAddress,
    server::{clinic::Whence, web::client::Client},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use std::convert::Infallible;

/// A proxy that was not declared stands for everybody behind it, so where they are cannot be told. Whoever only pretends to be one
/// is slowed down together with all such.
impl<S: Sync> FromRequestParts<S> for Whence {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get().map(|PeerAddress(address)| *address);
        let is_proxy = |address| {
            parts
                .extensions
                .get::<Client>()
                .is_some_and(|client| client.forwarded && client.peer == Some(address))
        };
        Ok(address.filter(|address| !is_proxy(*address)).into())
    }
}
