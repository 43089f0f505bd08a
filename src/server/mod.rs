//! Everything with I/O: configuration, start-up and shutdown, the web layers, and the use cases of a visit.
//!
//! Only `main` and the bodies of server functions use this module. Rules of a visit do not live here: they are in
//! [`domain`](crate::domain). Within it the clock is read in [`clock`] only and randomness comes from [`random`] only.

pub mod audit;
pub mod clinic;
pub mod clock;
pub mod config;
mod connections;
mod credentials;
mod file_trouble;
mod finish;
mod lifecycle;
mod listening;
mod origin;
pub mod panics;
pub mod random;
mod remote_rooms;
mod room_server;
mod secret_file;
mod site;
mod startup;
mod state;
pub mod store;
pub mod telemetry;
mod tls;
pub mod tools;
pub mod visits;
mod web;

pub use credentials::CredentialsError;
pub use origin::{Origin, OriginError};
pub use remote_rooms::{RemoteError, RemoteRooms};
pub use room_server::{RoomHost, own_credentials};
pub use site::SiteError;
pub use startup::{Application, StartError};
pub use state::{AppState, Engine};
pub use tls::TlsError;
pub use visits::demo::DemoPass;
