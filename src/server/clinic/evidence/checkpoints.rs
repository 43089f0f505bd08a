//! A checkpoint at the start, every minute, and when the server has stopped.

use crate::server::{
    audit::{Appended, Mac},
    clinic::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError},
    file_trouble::remedy,
    store::StoreError,
};
use std::{io::ErrorKind, path::PathBuf, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// How often.
const EVERY: Duration = Duration::from_mins(1);

/// How often to look again when the file knows of more lines than the database, which is so for a moment when another process
/// has just written a checkpoint, and for good when lines were removed.
const TRIES: u32 = 8;

/// Why there is no checkpoint. The text is for the person who starts the server.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The file cannot be written.
    #[error(
        "The audit's checkpoints cannot be written to {path} ({problem}). {} Or set AUDIT_CHECKPOINT_FILE.",
        remedy(*.problem)
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        problem: ErrorKind,
    },
    /// The store failed.
    #[error(transparent)]
    Clinic(#[from] ClinicError),
}

impl From<StoreError> for CheckpointError {
    fn from(error: StoreError) -> Self {
        Self::Clinic(error.into())
    }
}

impl Clinic {
    /// Writes down, outside of the database, how long the audit is now.
    ///
    /// # Errors
    /// See [`CheckpointError`].
    pub async fn checkpoint(&self) -> Result<(), CheckpointError> {
        let mut tries = 1..=TRIES;
        let is_shortened = loop {
            let head = self.store().audit_head().await?;
            let (key, file) = (Arc::clone(&self.audit_key), Arc::clone(&self.checkpoints));
            let at = i64::try_from(self.now().0).unwrap_or(i64::MAX);
            let stands = (at, head.last, Mac::parse(&head.mac).unwrap_or(Mac::NONE));
            let anyway = tries.next().is_none();
            let written = tokio::task::spawn_blocking(move || file.append(&key, stands, anyway)).await;
            let failed = |problem| CheckpointError::Io { path: self.checkpoints.path().to_owned(), problem };
            match written.map_err(|_| failed(ErrorKind::Other))?.map_err(|error| failed(error.kind()))? {
                Appended::Behind => {}
                Appended::Written { is_shortened, .. } => break is_shortened,
            }
        };
        if is_shortened {
            tracing::error!("lines of the audit's checkpoints were removed or changed while the server ran");
            self.audit(AuditEntry {
                actor: AuditActor::System,
                action: AuditAction::CheckpointsShortened,
                visit: None,
                patient: None,
                outcome: AuditOutcome::Done,
            })
            .await?;
        }
        Ok(())
    }

    /// Writes checkpoints until the server stops. A disk that refuses stops nobody's visit: it is told, and tried again.
    pub async fn keep_checkpoints(self: Arc<Self>, stopping: CancellationToken) {
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                () = tokio::time::sleep(EVERY) => self.checkpoint_or_say().await,
            }
        }
    }

    /// As [`Clinic::checkpoint`], where nobody can be told but by the log.
    pub async fn checkpoint_or_say(&self) {
        if let Err(error) = self.checkpoint().await {
            tracing::error!(%error, "no checkpoint of the audit was written");
        }
    }
}
