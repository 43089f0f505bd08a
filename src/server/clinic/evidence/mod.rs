//! The audit after it is written: its key and checkpoints, whether it is whole, and how it is read. What is written is in
//! [`audit`](super::audit).

mod checkpoints;
mod export;
mod search;
mod settings;
mod verify;
mod words;

pub use checkpoints::CheckpointError;
pub use search::{AuditPage, AuditSearch, AuditSearchError};
pub use settings::SettingsError;
pub use verify::{VerifyError, verify};

use crate::server::{
    audit::{AuditKey, AuditKeyError},
    config,
    store::{Store, StoreError},
};
use std::sync::Arc;

/// The key with which this database's audit is sealed. Made if nothing is sealed yet.
///
/// # Errors
/// [`StoreError::AuditKey`].
pub(super) async fn key_of(
    store: &Store,
    settings: &config::AuditFiles,
) -> Result<Arc<AuditKey>, StoreError> {
    let path = settings.key_file(store.data_dir());
    let is_new = store.audit_key_check().await?.is_empty();
    let key = if is_new { AuditKey::load_or_create(&path)? } else { AuditKey::load(&path)? };
    if is_new {
        // Of two nodes that start at once with keys of their own, one is told so below.
        let mut tx = store.begin().await?;
        tx.claim_audit(&key).await?;
        tx.commit().await?;
    }
    if store.audit_key_check().await? != key.check().to_string() {
        return Err(AuditKeyError::Another { path }.into());
    }
    Ok(Arc::new(key))
}
