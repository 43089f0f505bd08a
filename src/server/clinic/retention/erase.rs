//! Erasing one patient, who has asked for it. The front desk does it: an admin sees no patients, and a provider has no say over
//! what colleagues have written down.

use super::sweep::erased;
use crate::{
    domain::visit::{StaffRole, VisitId},
    server::{
        clinic::{AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, StaffSession},
        store::{StoreError, Tx},
    },
};
use sqlx::Row;

/// Why a patient was not erased. The text is for the person who tries.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// Something is planned, or under way.
    #[error(
        "This patient still has a visit that is planned or under way. Please call it off or end it first; then the data can be erased."
    )]
    OpenVisit,
    /// It is not theirs to do.
    #[error("Only the front desk erases a patient\u{2019}s data.")]
    NotAllowed,
    /// The store failed.
    #[error("The server had a problem. Please try again.")]
    Clinic(#[from] ClinicError),
}

impl From<StoreError> for EraseError {
    fn from(error: StoreError) -> Self {
        Self::Clinic(error.into())
    }
}

impl Clinic {
    /// Erases the patient of this visit: name and birth date, and what lies beside each of their visits.
    ///
    /// # Errors
    /// See [`EraseError`]. Nothing is erased then.
    pub async fn erase_patient_of(&self, visit: VisitId, by: &StaffSession) -> Result<(), EraseError> {
        let patient = self.visit(visit).await?.ok_or(ClinicError::NotFound)?.patient;
        let (actor, now) = (AuditActor::Staff(by.staff), self.now());
        let refused = AuditEntry { outcome: AuditOutcome::Refused, ..erased(actor, Some(visit), patient) };
        if by.role != StaffRole::FrontDesk {
            self.audit(refused).await?;
            return Err(EraseError::NotAllowed);
        }
        let mut tx = self.store().begin().await?;
        // Whoever corrects the record at the same moment is done, or finds that there is nothing to correct any more.
        tx.lock_records().await?;
        let patient_id = patient.to_string();
        if tx.has_open_visit(&patient_id).await? {
            tx.audit(&refused, now).await?;
            tx.commit().await?;
            return Err(EraseError::OpenVisit);
        }
        let rows = sqlx::query("SELECT id FROM visits WHERE patient = $1 ORDER BY id")
            .bind(patient_id.clone())
            .fetch_all(tx.connection())
            .await
            .map_err(StoreError::from)?;
        for row in rows {
            let id = row.try_get::<String, _>(0).map_err(StoreError::from)?;
            let id = VisitId::try_from(id).map_err(|_| StoreError::Damaged("id"))?;
            if tx.erase_beside(id).await? {
                tx.audit(&erased(actor, Some(id), patient), now).await?;
            }
        }
        sqlx::query("DELETE FROM patients WHERE id = $1")
            .bind(patient_id)
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        tx.audit(&erased(actor, None, patient), now).await?;
        tx.commit().await?;
        self.clean().await;
        Ok(())
    }
}

impl Tx {
    async fn has_open_visit(&mut self, patient: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM visits WHERE patient = $1 AND ended_at IS NULL")
            .bind(patient.to_owned())
            .fetch_one(self.connection())
            .await?;
        Ok(row.try_get::<i64, _>(0)? > 0)
    }
}
