//! The clinic's pages: a patient's own visit, the provider's queue, one visit, and those for staff.

mod accounts;
mod appointments;
mod first;
mod fragment;
mod frame;
pub mod live;
mod patient;
mod problem;
mod staff;

pub use accounts::{AccountPage, AccountsPage, StayPage};
pub use appointments::{
    AppointmentPage, AppointmentsPage, ImportPage, ImportedPage, NewAppointmentPage, PreviewPage,
};
pub use first::{First, first};
pub use frame::PatientFrame;
pub use patient::{
    CheckInPage, ConfirmPage, EarlyPage, ElsewherePage, GetReadyPage, LatePage, LinkPage, LinkProblem,
    OverPage, Words, fill, words,
};
pub use staff::{ForbiddenPage, LogInPage, StaffFrame, WelcomePage};
