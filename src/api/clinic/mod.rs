//! The clinic's part of the contract.

mod card;
mod seat;

pub use card::ClinicCard;
pub use seat::{Lang, ProviderStatus, SeatFacts, SeatView, WaitRange};
