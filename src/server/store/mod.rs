//! What is kept: the visits' logs, and beside them the data of people. Rules live in `domain`, use cases in
//! [`clinic`](super::clinic); here is SQL and nothing else.
//!
//! One set of SQL for SQLite and PostgreSQL: placeholders `$1`, TEXT and BIGINT only (ids are 32 hexadecimal digits, times
//! milliseconds since 1970, truth values 0 and 1). Only connecting, locking and telling other processes differ.

mod audit;
mod backup;
mod connect;
mod desk_log;
mod error;
mod file;
mod forget;
mod log;
mod migrations;
mod nodes;
mod notice;
mod past;
mod people;
mod transaction;

pub use backup::{BackupError, Contents, back_up, restore};
pub use connect::{DatabaseKind, Store};
pub use error::StoreError;
pub use file::InUse;
pub use log::{Stored, Tail};
pub use nodes::{NodeRow, Who};
pub use notice::{Listener, NodeId, Notice};
pub use people::{Patient, Staff, VisitDetails};
pub use transaction::Tx;
