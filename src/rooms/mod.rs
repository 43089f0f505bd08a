//! The embedded room server: speaks to the Twilio Video SDK what Twilio speaks to it.
#![expect(missing_docs, reason = "skeleton; the owner of this module writes it")]

use crate::{domain::IceServer, tokens::Credentials};
use std::{future::Future, time::Duration};

/// How rooms behave.
#[derive(Clone)]
pub struct RoomsConfig {
    /// How long a participant whose socket was lost can come back (Twilio: 30 s).
    pub session_timeout: Duration,
    /// How long one whose page went away (close code 1001, or no close frame) can come back (4 s).
    pub gone_timeout: Duration,
    pub max_participants: usize,
    pub ice_servers: Vec<IceServer>,
}

/// A running room server; clones share it.
#[derive(Clone)]
pub struct RoomServer {}

impl RoomServer {
    pub fn new(_config: RoomsConfig, _credentials: Credentials) -> Self {
        Self {}
    }
    /// `GET /signaling`. The origin is checked by whoever mounts it.
    pub fn router(&self) -> axum::Router {
        axum::Router::new()
    }
    /// Closes every socket with 1012 and waits until they are closed.
    pub async fn shutdown(&self) {}
}

/// What the rest of the product may ask of rooms.
pub trait RoomService {
    /// Ends a room: everybody in it gets 53118. True if there was one.
    fn complete(&self, room: &str) -> impl Future<Output = bool> + Send;
    /// Puts one participant out. True if they were in.
    fn put_out(&self, room: &str, identity: &str) -> impl Future<Output = bool> + Send;
}
