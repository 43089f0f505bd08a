//! Those who work here: accounts, passwords, sessions.

mod account;
mod invitation;
mod log_in;
mod manage;
mod password;
mod second;
mod session;

pub use account::{AccountError, NewStaff};
pub use invitation::InvitationError;
pub use log_in::{LogInError, LoggedIn};
pub use manage::{AccountChange, OpenSession, PasswordError};
pub use second::Enrolment;
pub use session::{ABSOLUTE_LIMIT, IDLE_LIMIT};
