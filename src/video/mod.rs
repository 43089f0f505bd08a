//! The browser's side of a call: the Twilio Video SDK, camera and microphone, and the session that ties them to the
//! pure [`crate::domain::call::Call`].
//!
//! JavaScript objects live here and nowhere else, owned by structs whose `Drop` gives them back; what leaves is plain
//! data. Compiles on the server too, where nothing calls it.

mod choice;
mod clock;
mod loader;
mod seat;
mod session;
pub mod tryout;
pub mod twilio;

pub use choice::{Choice, choose, recall};
pub use session::{
    Engine, TicketSource, engine, engine_from, hide_track, send, show_own_picture, show_track, start, stop,
    turn_on_sound,
};
