//! The clinic's pages: a patient's own visit, the provider's queue, one visit, and those for staff.

mod accounts;
mod appointments;
mod audit;
mod care;
mod desktop;
mod first;
mod fragment;
mod frame;
mod kept;
pub mod live;
mod patient;
mod problem;
mod queue;
mod replay;
mod right_patient;
mod staff;
mod tab;
mod trouble;
mod yielding;

pub use accounts::{AccountPage, AccountsPage, StayPage};
pub use appointments::{
    AppointmentPage, AppointmentsPage, CorrectPage, Handing, ImportPage, ImportedPage, NewAppointmentPage,
    PreviewPage,
};
pub use audit::AuditPage;
pub use care::CarePage;
pub use first::{First, first};
pub use frame::PatientFrame;
use kept::Kept;
pub use patient::{
    AnotherPage, CancelPage, CheckInPage, ConfirmPage, EarlyPage, ElsewherePage, LatePage, LinkPage,
    LinkProblem, OverPage, Said, SeatPage, Words, age_words, fill, place_words, status_words, wait_words,
    words,
};
pub use queue::{QueuePage, hydrate_queue};
pub use replay::{RefusedPage, ReplayPage};
use right_patient::{IS_IT_THEM, TAKES_OVER, TwoIdentifiers, WHAT_IT_ENDS};
pub use staff::{ForbiddenPage, LogInPage, StaffFrame, WelcomePage};
use staff::{NO_SCRIPT, NOT_READY, Session};
pub use trouble::TroublePage;
use yielding::yield_to_browser;
