//! What is true of a visit, as pure Rust that runs the same in the server and in the browser.
//!
//! Nothing here does I/O, reads a clock, draws a random number, or knows Leptos or web types.

pub mod call;
pub mod check;
mod ice;
mod identity;
mod note;
pub mod others;
pub mod queue;
mod role;
pub mod sought;
pub mod visit;
pub mod wait;
mod wall_clock;

pub use ice::IceServer;
pub use identity::{Identity, IdentityError, MAX_IDENTITY_LENGTH};
pub use note::{NoteMark, NoteSaved};
pub use role::Role;
pub use wall_clock::WallClock;
