//! A provider's private note on a visit. Only the visit's provider reads and writes it; who takes a visit over has it then.

use super::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, StaffSession};
use crate::{
    domain::{
        NoteMark, NoteSaved,
        visit::{Refusal, Visit, VisitId},
    },
    server::store::StoreError,
};
use sqlx::{Any, Executor, Row};
use std::sync::Arc;

/// The longest note, in characters.
pub const MAX_NOTE: usize = 20_000;

impl Clinic {
    /// The note. Empty: there is none yet.
    ///
    /// # Errors
    /// [`ClinicError::Refused`] for everybody but the visit's provider.
    pub async fn note(&self, visit: VisitId, session: &StaffSession) -> Result<String, ClinicError> {
        let state = self.own_visit(visit, session).await?;
        self.audit(entry(session, visit, &state, AuditAction::RecordOpened)).await?;
        Ok(written(visit, self.store().pool()).await?)
    }

    /// Writes the note anew. `on`: the words that the page has known or sent; if others are written down by now, nothing happens, and
    /// the answer says which.
    ///
    /// # Errors
    /// [`ClinicError::Refused`] for everybody but the visit's provider; [`ClinicError::NotFound`] when the patient is erased.
    pub async fn write_note(
        &self,
        visit: VisitId,
        session: &StaffSession,
        text: &str,
        on: &[NoteMark],
    ) -> Result<NoteSaved, ClinicError> {
        let state = self.own_visit(visit, session).await?;
        let now = self.now();
        let mut tx = self.store().begin().await?;
        // What was erased does not come back from a page that is still open, nor from one that saves at this moment.
        tx.lock_records().await?;
        if tx.patient(state.patient).await?.is_none() {
            return Err(ClinicError::NotFound);
        }
        let stored = written(visit, tx.connection()).await?;
        if stored == text {
            return Ok(NoteSaved::Yes);
        }
        if !on.contains(&NoteMark::of(&stored)) {
            return Ok(NoteSaved::Changed(stored));
        }
        sqlx::query(
            "INSERT INTO notes (visit, text, written_by, written_at) VALUES ($1, $2, $3, $4) ON CONFLICT (visit) \
             DO UPDATE SET text = excluded.text, written_by = excluded.written_by, written_at = excluded.written_at",
        )
        .bind(visit.to_string())
        .bind(text)
        .bind(session.staff.to_string())
        .bind(i64::try_from(now.0).map_err(|_| StoreError::Damaged("number"))?)
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        tx.audit(&entry(session, visit, &state, AuditAction::RecordChanged), now).await?;
        tx.commit().await?;
        Ok(NoteSaved::Yes)
    }

    async fn own_visit(&self, visit: VisitId, session: &StaffSession) -> Result<Arc<Visit>, ClinicError> {
        let state = self.visit(visit).await?.ok_or(ClinicError::NotFound)?;
        let actor = session.actor();
        if actor.provider() == Some(state.provider) {
            return Ok(state);
        }
        let line = entry(session, visit, &state, AuditAction::RecordOpened);
        self.audit(AuditEntry { outcome: AuditOutcome::Refused, ..line }).await?;
        Err(match actor.provider() {
            Some(_) => Refusal::AnothersPatient { provider: state.provider }.into(),
            None => Refusal::NotAllowed.into(),
        })
    }
}

/// What is written down.
async fn written<'c>(visit: VisitId, at: impl Executor<'c, Database = Any>) -> Result<String, StoreError> {
    let row = sqlx::query("SELECT text FROM notes WHERE visit = $1")
        .bind(visit.to_string())
        .fetch_optional(at)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or_default())
}

fn entry(session: &StaffSession, visit: VisitId, state: &Visit, action: AuditAction) -> AuditEntry {
    AuditEntry {
        actor: AuditActor::Staff(session.staff),
        action,
        visit: Some(visit),
        patient: Some(state.patient),
        outcome: AuditOutcome::Done,
    }
}
