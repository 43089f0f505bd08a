//! What belongs to a visit and is no event.

use super::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, SeatSession};
use crate::{
    domain::visit::{Command, Visit, decide},
    server::store::VisitDetails,
};

impl Clinic {
    /// A patient has come: where they are, the number to call them at, and that they agreed are written down, if they may check in
    /// now. Nobody else says that of them, and nobody once the visit is under way.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn check_in(
        &self,
        session: &SeatSession,
        location: String,
        call_back: String,
    ) -> Result<(), ClinicError> {
        let visit = self.visit(session.visit).await?.ok_or(ClinicError::NotFound)?;
        decide(Some(&visit), Command::CheckIn, session.actor, self.now(), self.policy())?;
        let before = self.store().details(session.visit).await?;
        let details = VisitDetails { location, call_back, consented_at: Some(self.now()), ..before };
        self.write_details(session, &visit, &details).await?;
        self.carry_out(session.visit, Command::CheckIn, session.actor).await.map(drop)
    }

    async fn write_details(
        &self,
        session: &SeatSession,
        visit: &Visit,
        details: &VisitDetails,
    ) -> Result<(), ClinicError> {
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
