//! The clinic's pages: a patient's own visit, the provider's queue, one visit, and those for staff.

mod accounts;
mod appointments;
mod care;
mod first;
mod fragment;
mod frame;
mod kept;
pub mod live;
mod patient;
mod problem;
mod queue;
mod staff;

pub use accounts::{AccountPage, AccountsPage, StayPage};
pub use appointments::{
    AppointmentPage, AppointmentsPage, ImportPage, ImportedPage, NewAppointmentPage, PreviewPage,
};
pub use care::CarePage;
pub use first::{First, first};
pub use frame::PatientFrame;
use kept::Kept;
pub use patient::{
    CheckInPage, ConfirmPage, EarlyPage, ElsewherePage, GetReadyPage, LatePage, LinkPage, LinkProblem,
    OverPage, SeatPage, Words, fill, words,
};
pub use queue::QueuePage;
use staff::NO_SCRIPT;
pub use staff::{ForbiddenPage, LogInPage, StaffFrame, WelcomePage};
