//! A safe layer over the Twilio Video JS SDK, as much of it as a visit needs.
//!
//! `sys` declares the SDK's objects and is private. What is public owns its objects and listeners: dropping a [`Room`]
//! leaves it, dropping [`LocalMedia`] turns camera and microphone off. Events come as plain
//! [`Report`](crate::domain::call::Report)s.

mod connect;
mod error;
mod listener;
mod local_media;
mod remote;
mod room;
mod stats;
mod support;
mod sys;

pub use connect::{Connecting, connect};
pub use error::{error_code, media_failure};
pub use local_media::LocalMedia;
pub use room::Room;
pub use support::{has_calls, is_unsupported};
