//! The clinic's pages: a patient's own visit, the provider's queue, one visit, and those for staff.

mod first;

pub use first::{First, first};
