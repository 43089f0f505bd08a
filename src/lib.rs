//! Owl Hospital: a telemedicine visit in the browser, with a virtual waiting room.
//!
//! One crate, built twice: with the feature `ssr` for the server and with `hydrate` for the browser. Never both at once.
//! `ARCHITECTURE.md` has the map; `tests/architecture.rs` enforces who may use whom. This file is the only place with
//! `cfg` gates on modules.

// Views nest as types, deeper than the default allows; `cargo test` and the release build ask for the layout of whole pages.
#![recursion_limit = "512"]

pub mod api;
pub mod app;
pub mod domain;
pub mod video;

#[cfg(feature = "ssr")]
pub mod rooms;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod tokens;

#[cfg(all(test, feature = "ssr"))]
mod fuzzing;

#[cfg(feature = "hydrate")]
mod hydrate;
