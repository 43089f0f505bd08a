//! The pages, by step of the journey.

mod home;
mod not_found;
mod visit;

pub use home::HomePage;
pub use not_found::NotFoundPage;
pub use visit::{CallParts, CallState, VisitPage};
