//! A visit as an append-only log: [`decide()`] holds the rules, [`Visit::fold`] the changes, and nothing else does.
//!
//! Pure, and the same in the server and in the browser: the server appends what `decide` answers, streams it, and the page
//! folds it. Events hold ids only; names, reasons, notes and call-back numbers lie in tables beside the log, where they can be
//! corrected and erased.

mod actor;
mod command;
mod courtesy;
mod decide;
mod event;
mod fold;
mod id;
mod policy;
mod project;
mod recording;
mod refusal;
mod replay;
mod screen;
mod stage;
#[cfg(test)]
mod tests;

pub use actor::{Actor, StaffRole};
pub use command::Command;
pub use courtesy::{Courtesy, Owed};
pub use decide::decide;
pub use event::{Change, Event};
pub use fold::Visit;
pub use id::{Millis, PatientId, RoomName, SeatId, StaffId, VisitId};
pub use policy::Policy;
pub use project::{Reader, project, project_visit};
pub use recording::{FORMAT, ORIGIN, Recording, Times, VERSION};
pub use refusal::Refusal;
pub use replay::{Cause, Moment, Seen, WaitingRoom, replay};
pub use screen::Screen;
pub use stage::{Outcome, Presence, Stage};
