//! Every sentence that changes with the state of a call: short, kind, and with what to do next.

mod advice;
mod devices;
mod people;
mod readiness;
mod refusal;
mod replay;
mod status;

pub use advice::{Advice, Offer, advice, media_stuck_advice};
pub use devices::devices_advice;
pub use people::{own_label, role_label};
pub use readiness::readiness_words;
pub use refusal::{outcome_words, refusal};
pub use replay::Witness;
pub use status::status;
