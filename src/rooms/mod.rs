//! The embedded room server: speaks to the Twilio Video SDK what Twilio speaks to it.
//!
//! - `wire`: the protocol as types;
//! - `core`: all behaviour, without sockets, clock or randomness of its own;
//! - `server`, `timekeeper`, `socket`, `outbox`: a thin shell around it, of axum's web sockets;
//! - `service`: what the rest of the product may ask of rooms, wherever they are: `desk` answers for the room server
//!   in this process, `remote` asks Twilio or a room server elsewhere;
//! - `rest`: Twilio's REST API over the room server; `callbacks`: the status callbacks that go with it.
//! - `allowance`: how much somebody may say;
//! - `insights`: takes the SDK's telemetry, and drops it.
//! - `journal`: its books as files, so that rooms outlive the process.
//!
//! Uses `domain` and `tokens` only; knows neither visits nor pages nor configuration files. Media never comes here: the
//! browsers exchange them with each other.

mod allowance;
mod callbacks;
mod clock;
mod close;
mod config;
mod core;
mod crowd;
mod date;
mod desk;
mod http_client;
mod insights;
mod journal;
mod order;
mod outbox;
mod remote;
mod rest;
mod server;
mod service;
mod shell;
mod socket;
mod timekeeper;
mod wire;

pub use callbacks::CallbacksConfig;
pub use config::{AdHocRooms, Limits, Rate, RoomsConfig};
pub use crowd::{Crowd, PeerAddress, Place};
pub use http_client::HttpClientError;
pub use journal::JournalError;
pub use remote::{RemoteRooms, RemoteRoomsConfig, TWILIO};
pub use server::RoomServer;
pub use service::{
    Attendee, AttendeeStatus, RoomInfo, RoomRequest, RoomService, RoomStatus, Rooms, ServiceError,
};
