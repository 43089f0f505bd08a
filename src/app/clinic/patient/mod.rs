//! The pages of a patient or guest: from the link to the goodbye. All of them work without JavaScript, but for the call itself.

mod cancel;
mod check;
mod check_in;
mod link;
mod live;
mod over;
mod plain;
mod seat_frame;
mod words;

pub use cancel::CancelPage;
pub use check_in::{CheckInPage, ConfirmPage, Said};
pub use link::{LinkPage, LinkProblem};
pub use live::SeatPage;
pub use over::OverPage;
pub use plain::{AnotherPage, EarlyPage, ElsewherePage, LatePage};
pub use seat_frame::Help;
pub use words::{Words, age_words, fill, place_words, status_words, wait_words, words};
