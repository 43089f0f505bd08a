//! Every sentence that changes with the state of a call: short, kind, and with what to do next.

pub mod call;
mod readiness;
mod refusal;
mod replay;
mod told;

pub use readiness::readiness_words;
pub use refusal::{outcome_words, refusal};
pub use replay::Witness;
