//! Links for patients and guests, in place of accounts: a secret in a link's fragment, or the code printed beside it, exchanged for
//! a cookie. Bound to one visit and one place in it; they end, and can be taken away.

mod code;
mod enter;
mod family_name;
mod issue;
mod session;

pub use enter::{EnterError, Entered};
pub use issue::Link;
pub(super) use issue::{FreshLink, Revoked};
pub use session::ConfirmError;
