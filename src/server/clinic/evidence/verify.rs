//! Reads the whole audit, and holds it against its seals and checkpoints.

use crate::server::{
    audit::{AuditKey, Evidence, Report},
    store::{Store, StoreError},
};
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// So many lines are read at once.
const PAGE: u32 = 1000;

/// Why the audit was not checked.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The checkpoints cannot be read.
    #[error("The audit's checkpoints {path} cannot be read ({problem}). Run this as the server's user.")]
    Checkpoints {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        problem: ErrorKind,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether the audit is whole. The server may run meanwhile.
///
/// # Errors
/// See [`VerifyError`].
pub async fn verify(store: &Store, key: &AuditKey, checkpoints: &Path) -> Result<Report, VerifyError> {
    // Before the lines: they hold all that a checkpoint speaks of.
    let checkpoints = match fs::read(checkpoints) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => {
            return Err(VerifyError::Checkpoints { path: checkpoints.to_owned(), problem: error.kind() });
        }
    };
    let mut evidence = Evidence::new(key, checkpoints.as_deref());
    // An id below 1 is nobody's, and is to be found too.
    let mut last = i64::MIN;
    show(store, &mut evidence, &mut last, i64::MAX).await?;
    // After the lines, so that none of them is behind it; those that were added meanwhile are shown as well.
    let head = store.audit_head().await?;
    show(store, &mut evidence, &mut last, head.last).await?;
    Ok(evidence.end(&head))
}

/// Shows the lines after `last` that have at most this number.
async fn show(
    store: &Store,
    evidence: &mut Evidence<'_>,
    last: &mut i64,
    at_most: i64,
) -> Result<(), StoreError> {
    loop {
        let lines = store.audit_after(*last, PAGE).await?;
        let is_all = lines.len() < PAGE as usize;
        for row in lines {
            if row.id > at_most {
                return Ok(());
            }
            *last = row.id;
            evidence.show(&row);
        }
        if is_all {
            return Ok(());
        }
    }
}
