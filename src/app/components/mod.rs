//! The parts that pages are made of. They know no server function and no video session: pages pass in what they show.

mod campfire;
mod chime;
mod owl;
mod site;

pub use campfire::{Campfire, FetchFireplace, Fireplace, fireplace, fireplace_from};
pub use chime::ring;
pub use owl::Owl;
pub use site::{SiteFooter, SiteHeader};
