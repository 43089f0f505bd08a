//! Those who work here: accounts, passwords, sessions.

mod account;
mod admin;
mod invitation;
mod log_in;
mod manage;
mod password;
mod second;
mod session;
mod session_end;
mod watch;

pub use account::{AccountError, NewStaff};
pub use invitation::InvitationError;
pub use log_in::{LogInError, LoggedIn};
pub use manage::{AccountChange, OpenSession, PasswordError};
pub use second::Enrolment;
pub(super) use session_end::SessionUse;
pub use session_end::{ABSOLUTE_LIMIT, IDLE_LIMIT};
pub use watch::keep_sessions;
pub(super) use watch::{SessionWatch, Sessions};
