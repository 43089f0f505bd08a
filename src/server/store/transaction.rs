//! Writing: all or nothing, one after another.

use super::{DatabaseKind, NodeId, Store, StoreError};
use crate::server::audit::{AuditKey, Line};
use sqlx::{Any, AnyConnection, Transaction};
use std::sync::Arc;
use tokio::sync::OwnedMutexGuard;

/// The lock that every writer of a PostgreSQL takes. Any number does, as long as all nodes have the same.
const WRITING: i64 = 0x6f77_6c20_6c6f_6773;

/// What is written together. Dropped without [`Tx::commit`], it never happened.
pub struct Tx {
    inner: Transaction<'static, Any>,
    kind: DatabaseKind,
    node: NodeId,
    audit_key: Option<Arc<AuditKey>>,
    lines: Vec<Line>,
    _turn: OwnedMutexGuard<()>,
}

impl Store {
    /// Begins to write. Writers go one after the other, also those of other processes: what a transaction has read, nobody
    /// changes before its end.
    ///
    /// # Errors
    /// When the database does not answer, or another process writes for too long.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        // Waiting here, they take no connections from those who read.
        let turn = Arc::clone(&self.writing).lock_owned().await;
        let inner = match self.kind() {
            // The lock is taken now, not at the first write, when another process's write would make it fail.
            DatabaseKind::Sqlite => self.pool().begin_with("BEGIN IMMEDIATE").await?,
            DatabaseKind::Postgres => {
                let mut inner = self.pool().begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
                sqlx::query("SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock($1)")
                    .bind(WRITING)
                    .execute(&mut *inner)
                    .await?;
                inner
            }
        };
        Ok(Tx {
            inner,
            kind: self.kind(),
            node: self.node(),
            audit_key: self.audit_key.clone(),
            lines: Vec::new(),
            _turn: turn,
        })
    }
}

impl Tx {
    /// The connection, for a statement within it.
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }

    /// Which database it is.
    pub fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// Which process writes.
    pub(super) fn node(&self) -> NodeId {
        self.node
    }

    /// Notes a line of the audit. It is written with the commit.
    pub fn note(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Makes it last. When this has returned, it outlives the process and the power.
    ///
    /// # Errors
    /// When the database refuses. Then nothing has happened, or, if the connection was lost, it may have.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let lines = std::mem::take(&mut self.lines);
        if !lines.is_empty() {
            let key = self.audit_key.clone().ok_or(StoreError::NoAuditKey)?;
            self.write_lines(&key, &lines).await?;
        }
        Ok(self.inner.commit().await?)
    }
}
