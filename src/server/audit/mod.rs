//! The audit as evidence: lines that are sealed in a chain, checkpoints beside it, and whether all of it is whole. What is
//! written into a line is decided in [`clinic`](super::clinic), how it gets into the database in [`store`](super::store). Here is
//! no database: a key, its seals, and files.

mod checkpoint;
mod evidence;
mod key;
mod line;
mod problem;

pub use checkpoint::{Appended, Checkpoint, CheckpointFile};
pub use evidence::{Evidence, Head, Report};
pub use key::{AuditKey, AuditKeyError};
pub use line::{Line, Mac, SealedLine};
pub use problem::Problem;

#[cfg(test)]
mod tests;
