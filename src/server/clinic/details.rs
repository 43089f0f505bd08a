//! What belongs to a visit and is no event.

use super::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, SeatSession};
use crate::server::store::VisitDetails;

impl Clinic {
    /// Writes down what a patient says of their visit.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn write_details(
        &self,
        session: &SeatSession,
        details: &VisitDetails,
    ) -> Result<(), ClinicError> {
        let visit = self.visit(session.visit).await?.ok_or(ClinicError::NotFound)?;
        let line = AuditEntry {
            actor: AuditActor::Seat(session.seat),
            action: AuditAction::RecordChanged,
            visit: Some(session.visit),
            patient: Some(visit.patient),
            outcome: AuditOutcome::Done,
        };
        let mut tx = self.store().begin().await?;
        tx.put_details(session.visit, details).await?;
        tx.audit(&line, self.now()).await?;
        Ok(tx.commit().await?)
    }
}
