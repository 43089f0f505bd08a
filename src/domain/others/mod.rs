//! What other visits have to do with one: what its provider does now, how many come before it, how long it may take. The pages
//! of those who wait are told so from what is in memory now ([`Open::facts`]), and a replay tells it once more from the logs
//! ([`Around::retell`]), by the same rules.

mod desks;
mod facts;
mod open;
mod retell;
#[cfg(test)]
mod tests;

pub use desks::{DeskChange, Desks, desk_of};
pub use facts::{Facts, ProviderStatus, Showing, WaitRange};
pub use open::{Open, Past};
pub use retell::{Around, Retold, Told, Why};

use std::time::Duration;

/// How often what is left of a wait is looked at while nothing happens: it grows shorter, or longer than anybody knows of.
pub const LOOK_AGAIN: Duration = Duration::from_secs(30);
