//! The clinic's part of the contract.

mod accounts;
mod act;
mod appointments;
mod card;
mod feed;
mod queue;
mod seat;

pub use accounts::{AccountRow, SecondFactor, SessionRow, role_name, role_of, role_value};
pub use act::{
    ActInSeat, ActOnVisit, JoinVisit, ReadNote, SeatWish, StaffWish, WriteNote, act_in_seat, act_on_visit,
    join_visit, read_note, write_note,
};
pub use appointments::{
    AppointmentDay, AppointmentFields, AppointmentRow, AppointmentView, HandedLink, ImportLine, LANGUAGES,
    Me, language_name,
};
pub use card::ClinicCard;
pub use feed::{QueueItem, SeatItem};
pub use queue::{QueueEntry, QueueView, StaffCard, VisitView};
pub use seat::{Lang, ProviderStatus, SeatFacts, SeatView, WaitRange};
