//! What comes by a stream, as it happens. Each is one message, written by [`wire::to_text`](crate::api::wire::to_text); those that
//! carry events have the event's id.

use super::{QueueEntry, QueueView, SeatFacts, SeatView, SessionEnd, StaffCard};
use crate::domain::visit::{Event, StaffId, VisitId};
use serde::{Deserialize, Serialize};

/// The type of the event that says nothing, and comes when nothing else does. One that a browser hands to its page: a comment it
/// would keep for itself.
pub const BEAT: &str = "beat";

/// What the page of a patient or guest learns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatItem {
    /// How everything stands: first of all, and when too much was missed.
    Snapshot(Box<SeatView>),
    /// What happened in the visit, as this reader may see it.
    Event(Event),
    /// What other visits have to do with it has changed.
    Facts(SeatFacts),
    /// The program's build, where the page knows the rest: a page of another one reloads when it does not disturb.
    Build(String),
    /// The session is over: the link was taken away.
    Over,
    /// The server stops; another one will answer.
    Bye,
    /// Another visit was opened in this browser: nothing more is said of this one here.
    Another,
}

/// What the queue's page learns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueueItem {
    /// How everything stands: first of all, and when too much was missed.
    Snapshot(Box<QueueView>),
    /// What happened in a visit.
    Event(VisitId, Event),
    /// A visit is new, or what is written down for it has changed.
    Entry(Box<QueueEntry>),
    /// Somebody came to their desk, or went.
    Desk(StaffId, bool),
    /// Who the providers are, where the page may not know one of whom it hears.
    Providers(Vec<StaffCard>),
    /// The program's build, where the page knows the rest: a page of another one reloads when it does not disturb.
    Build(String),
    /// The reader's session ends at another time than was said.
    Session(Option<SessionEnd>),
    /// The session is over.
    Over,
    /// The server stops; another one will answer.
    Bye,
}
