//! How long somebody may still wait, made from what their provider's visits really took, or nothing.
//!
//! [`Record`] hears every event of every visit and keeps of each provider the last turns (from letting a patient in to being
//! free again) and the gaps before them (how long the provider was free and the patient there until they were let in). What is
//! left of a wait is a sum: the rest of the turn in progress, then for everybody before one a gap and a turn, and a gap. The
//! spread of that sum is the convolution of the spreads that were observed; of what is in progress only those count that took
//! longer than this has taken already. The range that is shown goes from one low quantile of the sum to a high one.
//!
//! So nothing is assumed of the shape of a turn, nothing is drawn by chance, and nothing is set by hand but how sure to be.
//! Sources: the empirical distribution as the estimate of an unknown one, and sums from it (Efron, Tibshirani: *An Introduction
//! to the Bootstrap*, 1993), here computed exactly instead of by drawing; residual times given the age of what is in progress
//! (Cox: *Renewal Theory*, 1962); announcing a high and a low quantile of the wait rather than its mean (Ibrahim, Armony,
//! Bassamboo: *Does the Past Predict the Future? The Case of Delay Announcements in Service Systems*, Management Science, 2017).

mod estimate;
mod history;
mod pace;
mod range;
mod record;
mod spread;
#[cfg(test)]
mod tests;

pub use estimate::Estimate;
pub use range::Range;
pub use record::Record;
