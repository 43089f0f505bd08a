//! Accounts: everybody's, for admins, and one's own.

mod all;
mod own;

pub use all::AccountsPage;
pub use own::{AccountPage, StayPage};
