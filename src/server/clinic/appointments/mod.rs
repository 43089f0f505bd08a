//! Appointments: made, moved and called off by the front desk and by providers, one by one or by a day's list. What the wall's
//! clock means is in `local`, what somebody typed in `typed`; the rules are those of every visit.

mod book;
mod correct;
mod day;
mod guests;
mod list;
mod local;
mod make;
mod typed;

pub use book::BookError;
pub use correct::CorrectError;
pub use list::{ListError, ListLine, read_list};
pub use local::{Which, moment_of, on_the_wall, time_of_day};
pub use make::Made;
pub use typed::{Plan, Typed, TypedError};
