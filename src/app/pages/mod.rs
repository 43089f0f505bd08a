//! The pages, by step of the journey.

mod home;

pub use home::HomePage;
