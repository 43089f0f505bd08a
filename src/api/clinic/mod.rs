//! The clinic's part of the contract.

mod card;
mod feed;
mod queue;
mod seat;

pub use card::ClinicCard;
pub use feed::{QueueItem, SeatItem};
pub use queue::{QueueEntry, QueueView, StaffCard};
pub use seat::{Lang, ProviderStatus, SeatFacts, SeatView, WaitRange};
