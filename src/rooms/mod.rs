//! The embedded room server: speaks to the Twilio Video SDK what Twilio speaks to it.
//!
//! - `wire`: the protocol as types;
//! - `core`: all behaviour, without sockets, clock or randomness of its own;
//! - `server`, `socket`, `outbox`: a thin shell around it, of axum's web sockets;
//! - `insights`: takes the SDK's telemetry, and drops it.
//! - `journal`: its books as files, so that rooms outlive the process.
//!
//! Uses `domain` and `tokens` only; knows neither visits nor pages nor configuration files. Media never comes here: the
//! browsers exchange them with each other.

mod clock;
mod close;
mod config;
mod core;
mod insights;
mod journal;
mod outbox;
mod server;
mod socket;
mod wire;

pub use config::{Limits, RoomsConfig};
pub use journal::JournalError;
pub use server::RoomServer;

use std::future::Future;

/// What the rest of the product may ask of rooms.
pub trait RoomService {
    /// Ends a room, named by its name or SID: everybody in it gets 53118 (room completed), also those who come back
    /// from a lost socket within the session timeout. True if there was one.
    ///
    /// A token that is still valid opens a new room of the same name.
    fn complete(&self, room: &str) -> impl Future<Output = bool> + Send;

    /// Puts one participant out: its `Room` is `disconnected` without an error, as when Twilio's REST API does it. True
    /// if they were in.
    ///
    /// A token that is still valid lets them in again.
    fn put_out(&self, room: &str, identity: &str) -> impl Future<Output = bool> + Send;
}
