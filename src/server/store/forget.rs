//! What was deleted leaves the files, too.

use super::{DatabaseKind, Store, StoreError};
use sqlx::Row;

impl Store {
    /// Sees to it that what was deleted is in no file of the database any more. False: somebody was reading; try again.
    ///
    /// SQLite overwrites what is deleted (`secure_delete`, see [`Store::open`]), but its write-ahead log still holds the pages as
    /// they were. PostgreSQL does this by itself, in its own time (autovacuum, its own write-ahead log).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_deleted(&self) -> Result<bool, StoreError> {
        if self.kind() == DatabaseKind::Postgres {
            return Ok(true);
        }
        let _turn = self.writing.lock().await;
        let mut connection = self.pool().acquire().await?;
        // Everybody who writes waits meanwhile: not for long, if somebody reads for long.
        sqlx::query("PRAGMA busy_timeout = 250").execute(&mut *connection).await?;
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        sqlx::query("PRAGMA busy_timeout = 5000").execute(&mut *connection).await?;
        Ok(row?.try_get::<i64, _>(0)? == 0)
    }
}
