//! Those who work here: accounts, passwords, sessions.

mod account;
mod invitation;
mod log_in;
mod password;
mod session;

pub use account::{AccountError, NewStaff};
pub use invitation::InvitationError;
pub use log_in::{LogInError, LoggedIn};
pub use session::{ABSOLUTE_LIMIT, IDLE_LIMIT};
