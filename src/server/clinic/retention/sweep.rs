//! What is old enough to go.

use crate::{
    domain::visit::{Millis, PatientId, VisitId},
    server::{
        clinic::{ABSOLUTE_LIMIT, AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError},
        store::StoreError,
    },
};
use sqlx::Row;
use std::time::Duration;

/// How many visits or patients are erased in one transaction: others want to write, too.
const BATCH: i64 = 50;

/// An old link is remembered for so long, so that its page can say kindly that it is old.
const LINKS_REMEMBERED: Duration = Duration::from_hours(24 * 30);

/// What has ended is kept for so long before it is swept away: clocks of several nodes differ, and a visit can be moved.
const MARGIN: Duration = Duration::from_hours(24);

impl Clinic {
    /// Erases all that is old at this time: the data of people, and what has ended by itself.
    ///
    /// # Errors
    /// See [`StoreError`]. What was erased until then is erased; the rest is found the next time.
    pub async fn sweep(&self, now: Millis) -> Result<(), ClinicError> {
        let before = now.minus(self.settings().times.retention);
        while self.erase_old_visits(before, now).await? {}
        while self.erase_old_patients(before, now).await? {}
        self.sweep_ended(now).await?;
        self.sweep_throttle(now).await?;
        self.clean().await;
        Ok(())
    }

    /// Some of the visits that ended before then. Says whether there may be more.
    async fn erase_old_visits(&self, before: Millis, now: Millis) -> Result<bool, ClinicError> {
        let mut tx = self.store().begin().await?;
        let rows = sqlx::query(
            "SELECT v.id, v.patient FROM visits v WHERE v.ended_at < $1 AND ( \
             EXISTS (SELECT 1 FROM visit_details d WHERE d.visit = v.id) \
             OR EXISTS (SELECT 1 FROM notes n WHERE n.visit = v.id) \
             OR EXISTS (SELECT 1 FROM seat_sessions s WHERE s.visit = v.id) \
             OR EXISTS (SELECT 1 FROM links l WHERE l.visit = v.id)) LIMIT $2",
        )
        .bind(number(before))
        .bind(BATCH)
        .fetch_all(tx.connection())
        .await
        .map_err(StoreError::from)?;
        for row in &rows {
            let visit = VisitId::try_from(text(row, 0)?).map_err(|_| StoreError::Damaged("id"))?;
            let patient = PatientId::try_from(text(row, 1)?).map_err(|_| StoreError::Damaged("id"))?;
            if tx.erase_beside(visit).await? {
                tx.audit(&erased(AuditActor::System, Some(visit), patient), now).await?;
            }
        }
        tx.commit().await?;
        Ok(!rows.is_empty())
    }

    /// Some of the patients who have had no visit since then, and have none planned. Says whether there may be more.
    async fn erase_old_patients(&self, before: Millis, now: Millis) -> Result<bool, ClinicError> {
        let mut tx = self.store().begin().await?;
        let rows = sqlx::query(
            "DELETE FROM patients WHERE id IN (SELECT p.id FROM patients p WHERE p.created_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.patient = p.id AND (v.ended_at IS NULL OR v.ended_at >= $1)) \
             LIMIT $2) RETURNING id",
        )
        .bind(number(before))
        .bind(BATCH)
        .fetch_all(tx.connection())
        .await
        .map_err(StoreError::from)?;
        for row in &rows {
            let patient = PatientId::try_from(text(row, 0)?).map_err(|_| StoreError::Damaged("id"))?;
            tx.audit(&erased(AuditActor::System, None, patient), now).await?;
        }
        tx.commit().await?;
        Ok(!rows.is_empty())
    }

    /// Links, sessions and invitations that mean nothing any more.
    async fn sweep_ended(&self, now: Millis) -> Result<(), ClinicError> {
        let long_ago = |time: Duration| number(now.minus(MARGIN).minus(time));
        let retained = number(now.minus(self.settings().times.retention));
        let mut tx = self.store().begin().await?;
        for (sql, before) in [
            ("DELETE FROM desk_log WHERE at < $1", retained),
            ("DELETE FROM links WHERE expires_at < $1", long_ago(LINKS_REMEMBERED)),
            (
                "DELETE FROM seat_sessions WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.id = seat_sessions.link \
                 AND l.revoked_at IS NULL AND l.expires_at >= $1)",
                long_ago(Duration::ZERO),
            ),
            // Whoever sees a patient keeps a session for longer than its limit; but not for a day more.
            ("DELETE FROM staff_sessions WHERE created_at < $1", long_ago(ABSOLUTE_LIMIT)),
            ("DELETE FROM staff_invitations WHERE expires_at < $1", long_ago(Duration::ZERO)),
        ] {
            sqlx::query(sql).bind(before).execute(tx.connection()).await.map_err(StoreError::from)?;
        }
        Ok(tx.commit().await?)
    }
}

pub(super) fn erased(actor: AuditActor, visit: Option<VisitId>, patient: PatientId) -> AuditEntry {
    AuditEntry {
        actor,
        action: AuditAction::RecordErased,
        visit,
        patient: Some(patient),
        outcome: AuditOutcome::Done,
    }
}

fn text(row: &sqlx::any::AnyRow, column: usize) -> Result<String, StoreError> {
    Ok(row.try_get(column)?)
}

fn number(time: Millis) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}
