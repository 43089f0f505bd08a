//! The parts that pages are made of. They know no server function and no video session: pages pass in what they show.

mod campfire;
mod chime;
mod not_running;
mod owl;
mod site;

pub use campfire::{Campfire, FetchFireplace, Fireplace, fireplace, fireplace_from};
pub use chime::ring;
pub use not_running::{NotReady, NotRunning};
pub use owl::Owl;
pub use site::{SiteFooter, SiteHeader};
