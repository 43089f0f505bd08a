//! Pages for those who work here: plain HTML and forms.

mod frame;
mod log_in;
mod session;
mod welcome;

pub use frame::{ForbiddenPage, NO_SCRIPT, NOT_READY, StaffFrame};
pub use log_in::LogInPage;
pub use session::{Session, SessionNotice};
pub use welcome::WelcomePage;
