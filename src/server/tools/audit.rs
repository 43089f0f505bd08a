//! `owl audit verify`.

use super::ToolError;
use crate::server::{
    audit::{AuditKey, AuditKeyError, Report},
    clinic,
    config::{Audit, Tool},
    store::{Store, StoreError},
};

/// Reads the whole audit, and says whether anything is wrong with it. Makes nothing that is not there.
///
/// # Errors
/// See [`ToolError`]: nothing is known of the audit then.
pub async fn look_after_audit(task: Audit) -> Result<Report, ToolError> {
    let Audit::Verify(Tool { clinic: settings, storage, .. }) = task;
    let path = settings.audit.key_file(&storage.data_dir);
    let key = AuditKey::load(&path).map_err(StoreError::from)?;
    let store = Store::open_begun(&settings.database, &storage.data_dir).await?;
    let check = store.audit_key_check().await?;
    if check != key.check().to_string() && !check.is_empty() {
        return Err(StoreError::from(AuditKeyError::Another { path }).into());
    }
    let report = clinic::verify(&store, &key, &settings.audit.checkpoint_file(&storage.data_dir)).await?;
    store.close().await;
    Ok(report)
}
