//! Personal data end: some time after the visit that they belong to (`RETENTION_DAYS`), or when somebody asks for it. The log of
//! the visit stays, and tells what happened to nobody in particular.
//!
//! What was deleted is overwritten in SQLite's file (`secure_delete`), and its write-ahead log is emptied. Several nodes may sweep
//! at once: what one has erased, the other does not find.

mod erase;
mod sweep;

pub use erase::EraseError;

use super::Clinic;
use crate::{
    domain::visit::VisitId,
    server::store::{StoreError, Tx},
};
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// How often old data are looked for.
const SWEEP_EVERY: Duration = Duration::from_hours(24);

/// When to try again what did not work.
const TRY_AGAIN: Duration = Duration::from_mins(10);

/// When to try again to empty the database's files, which somebody was reading.
const CLEAN_AGAIN: Duration = Duration::from_secs(10);

/// What lies beside the log of one visit. A table that is added to the clinic belongs here, into [`sweep`], or to what is kept:
/// `tests/clinic/retention.rs` asks.
const BESIDE_A_VISIT: [&str; 4] = [
    "DELETE FROM visit_details WHERE visit = $1",
    "DELETE FROM notes WHERE visit = $1",
    "DELETE FROM seat_sessions WHERE visit = $1",
    "DELETE FROM links WHERE visit = $1",
];

impl Clinic {
    /// Erases what is old, now and every day, until the server stops.
    pub async fn keep_retention(self: Arc<Self>, stopping: CancellationToken) {
        loop {
            let next = match self.sweep(self.now()).await {
                Ok(()) => SWEEP_EVERY,
                Err(error) => {
                    tracing::error!(%error, "old data could not be erased; it will be tried again");
                    TRY_AGAIN
                }
            };
            let sweep_again = tokio::time::sleep(next);
            tokio::pin!(sweep_again);
            loop {
                tokio::select! {
                    () = stopping.cancelled() => return,
                    () = &mut sweep_again => break,
                    () = self.erased.notified() => {}
                }
                if !self.clean_files().await {
                    tokio::select! {
                        () = stopping.cancelled() => return,
                        () = tokio::time::sleep(CLEAN_AGAIN) => self.erased.notify_one(),
                    }
                }
            }
        }
    }

    /// Sees to it that nothing of what was erased is left in the database's files, now or as soon as nobody reads them.
    async fn clean(&self) {
        if !self.clean_files().await {
            self.erased.notify_one();
        }
    }

    async fn clean_files(&self) -> bool {
        self.store().forget_deleted().await.unwrap_or_else(|error| {
            tracing::error!(%error, "the database's files could not be cleaned; it will be tried again");
            false
        })
    }
}

impl Tx {
    /// Erases what lies beside the log of one visit. Says whether there was anything.
    async fn erase_beside(&mut self, visit: VisitId) -> Result<bool, StoreError> {
        let mut rows = 0;
        for sql in BESIDE_A_VISIT {
            rows +=
                sqlx::query(sql).bind(visit.to_string()).execute(self.connection()).await?.rows_affected();
        }
        Ok(rows > 0)
    }
}
