//! The clinic's part of the contract.

mod accounts;
mod act;
mod appointments;
mod audit;
mod card;
mod feed;
mod queue;
mod replay;
mod seat;

pub use accounts::{AccountRow, SecondFactor, SessionRow, role_name, role_of, role_value};
pub use act::{
    ActInSeat, ActOnVisit, JoinVisit, Joining, ReadNote, SeatWish, StaffWish, StayLoggedIn, TellDevices,
    WriteNote, act_in_seat, act_on_visit, join_visit, read_note, stay_logged_in, tell_devices, write_note,
};
pub use appointments::{
    AppointmentDay, AppointmentFields, AppointmentRow, AppointmentView, Erasure, GuestRow, HandedLink,
    ImportLine, ImportSays, LANGUAGES, Me, RecordFields, language_name,
};
pub use audit::{AuditFields, AuditRow, AuditView};
pub use card::ClinicCard;
pub use feed::{BEAT, QueueItem, SeatItem};
pub use queue::{QueueEntry, QueueView, SessionEnd, StaffCard, VisitView};
pub use replay::{ReplayRow, ReplayView};
pub use seat::{Lang, ProviderStatus, SeatFacts, SeatView, WaitRange};
