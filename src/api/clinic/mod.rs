//! The clinic's part of the contract.

mod appointments;
mod card;
mod seat;

pub use appointments::{
    AppointmentDay, AppointmentFields, AppointmentRow, AppointmentView, HandedLink, ImportLine, LANGUAGES,
    Me, language_name,
};
pub use card::ClinicCard;
pub use seat::{Lang, ProviderStatus, SeatFacts, SeatView, WaitRange};
