//! Writing: all or nothing, one after another.

use super::{DatabaseKind, Store, StoreError};
use sqlx::{Any, AnyConnection, Transaction};
use tokio::sync::OwnedMutexGuard;

/// What is written together. Dropped without [`Tx::commit`], it never happened.
pub struct Tx {
    inner: Transaction<'static, Any>,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Store {
    /// Begins to write.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let turn = match &self.writing {
            Some(turn) => Some(std::sync::Arc::clone(turn).lock_owned().await),
            None => None,
        };
        let inner = match self.kind() {
            // The lock is taken now, not at the first write, when another process's write would make it fail.
            DatabaseKind::Sqlite => self.pool().begin_with("BEGIN IMMEDIATE").await?,
            DatabaseKind::Postgres => self.pool().begin().await?,
        };
        Ok(Tx { inner, _turn: turn })
    }
}

impl Tx {
    /// The connection, for a statement within it.
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }

    /// Makes it last. When this has returned, it outlives the process and the power.
    ///
    /// # Errors
    /// When the database refuses. Then nothing has happened, or, if the connection was lost, it may have.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.inner.commit().await?)
    }
}
