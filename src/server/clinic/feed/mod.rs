//! What pages learn as it happens: a snapshot, or what was missed since an event, and then everything, in the order of commits,
//! once. What a reader may not see is not in it.

mod queue;
mod seat;

pub use queue::QueueFeed;
pub use seat::SeatFeed;

use super::ClinicError;
use crate::api::wire;
use serde::Serialize;

/// A stream of messages.
pub trait Feed: Send + 'static {
    /// The next message; waits for it.
    ///
    /// # Errors
    /// When the store fails: the stream ends, and the page comes again with what it knows.
    fn next(&mut self) -> impl Future<Output = Result<Message, ClinicError>> + Send;

    /// What is said when the server stops.
    fn bye() -> Message;
}

/// One message of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The id of the event in it, by which the stream is resumed. None: it carries none.
    pub id: Option<u64>,
    /// The item, as [`wire`] writes it.
    pub text: String,
    /// Whether nothing comes after it.
    pub is_last: bool,
}

impl Message {
    fn of(id: Option<u64>, item: &impl Serialize) -> Self {
        Self { id, text: wire::to_text(item), is_last: false }
    }

    fn last(item: &impl Serialize) -> Self {
        Self { is_last: true, ..Self::of(None, item) }
    }
}
