//! What belongs to a visit and is no event.

use super::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, SeatSession};
use crate::{
    domain::{
        check::Readiness,
        visit::{Command, Refusal, Visit, decide},
    },
    server::store::StoreError,
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
        self.write_said(session, &visit, location, call_back).await?;
        self.carry_out(session.visit, Command::CheckIn, session.actor).await.map(drop)
    }

    async fn write_said(
        &self,
        session: &SeatSession,
        visit: &Visit,
        location: String,
        call_back: String,
    ) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        // This alone: reason and language are the clinic's, who may be correcting them at the same moment.
        sqlx::query(
            "INSERT INTO visit_details (visit, location, call_back, consented_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (visit) DO UPDATE SET location = excluded.location, call_back = excluded.call_back, \
             consented_at = excluded.consented_at",
        )
        .bind(session.visit.to_string())
        .bind(location)
        .bind(call_back)
        .bind(i64::try_from(self.now().0).map_err(|_| StoreError::Damaged("number"))?)
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        tx.audit(&changed(session, visit), self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Writes down what came of trying camera and microphone out, and tells the queue. Said twice, it is nothing.
    ///
    /// # Errors
    /// [`ClinicError::Refused`] to everybody but a patient who has checked in.
    pub async fn tell_devices(&self, session: &SeatSession, readiness: Readiness) -> Result<(), ClinicError> {
        let visit = self.visit(session.visit).await?.ok_or(ClinicError::NotFound)?;
        // Asked before anything is written: what lies beside the log has no rules of its own.
        decide(Some(&visit), Command::TellDevices, session.actor, self.now(), self.policy())?;
        if self.store().details(session.visit).await?.devices == readiness.as_str() {
            return Ok(());
        }
        let mut tx = self.store().begin().await?;
        // This alone: at the same moment somebody else may write down something else.
        sqlx::query(
            "INSERT INTO visit_details (visit, devices) VALUES ($1, $2) \
             ON CONFLICT (visit) DO UPDATE SET devices = excluded.devices",
        )
        .bind(session.visit.to_string())
        .bind(readiness.as_str())
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        tx.audit(&changed(session, &visit), self.now()).await?;
        tx.commit().await?;
        match self.carry_out(session.visit, Command::TellDevices, session.actor).await {
            // Over meanwhile: nobody looks for it any more.
            Ok(_) | Err(ClinicError::Refused(Refusal::Ended { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn changed(session: &SeatSession, visit: &Visit) -> AuditEntry {
    AuditEntry {
        actor: AuditActor::Seat(session.seat),
        action: AuditAction::RecordChanged,
        visit: Some(session.visit),
        patient: Some(visit.patient),
        outcome: AuditOutcome::Done,
    }
}
