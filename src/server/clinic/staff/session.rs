//! Sessions of staff: how they are recognised, and when they end.

use super::session_end::{SessionUse, WithPatient};
use crate::{
    api::clinic::SessionEnd,
    domain::visit::{Change, Event, Millis, StaffId},
    server::{
        clinic::{Clinic, ClinicError, SessionKey, StaffSession, on_the_wall, secret},
        store::{Staff, StoreError},
    },
};
use sqlx::Row;
use std::time::Duration;

/// Use is written down at most so often.
const NOTED_EVERY: Duration = Duration::from_secs(30);

/// So long before a session ends that cannot be kept, every page says so.
const TOLD_BEFORE: Duration = Duration::from_mins(20);

impl Clinic {
    /// Who has logged in with this secret, if that has not ended since. `in_use`: a person does something now, so the idle limit
    /// begins anew; a page that only listens does not count.
    ///
    /// Whoever sees a patient keeps a session that was good when they let the patient in until that is over: a time-out never ends a
    /// call. A session that had ended before, on a machine that somebody has left, stays ended.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn staff_session(
        &self,
        secret: &str,
        in_use: bool,
    ) -> Result<Option<StaffSession>, ClinicError> {
        self.staff_session_by_key(&secret::key(secret), in_use).await
    }

    /// The same, by what the session is stored under.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(in crate::server::clinic) async fn staff_session_by_key(
        &self,
        key: &SessionKey,
        in_use: bool,
    ) -> Result<Option<StaffSession>, ClinicError> {
        let row = sqlx::query("SELECT staff, created_at, seen_at FROM staff_sessions WHERE hash = $1")
            .bind(&key.0)
            .fetch_optional(self.store().pool())
            .await
            .map_err(StoreError::from)?;
        let Some(row) = row else { return Ok(None) };
        let staff: String = row.try_get(0).map_err(StoreError::from)?;
        let id = StaffId::try_from(staff).map_err(|_| StoreError::Damaged("id"))?;
        let time = |column: usize| -> Result<Millis, StoreError> {
            Ok(Millis(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0)))
        };
        let (mut used, now) = (
            SessionUse { created: time(1)?, seen: time(2)?, with_patient: self.with_patient(id) },
            self.now(),
        );
        if used.is_over(now) || self.was_over_before_the_visit(used, id, now).await? {
            self.end_session(&key.0).await?;
            self.sessions.changed();
            return Ok(None);
        }
        let Some(Staff { name, role, disabled: false, .. }) = self.store().staff(id).await? else {
            self.end_session(&key.0).await?;
            self.sessions.changed();
            return Ok(None);
        };
        if in_use && used.seen.plus(NOTED_EVERY) <= now {
            self.note_use(&key.0, now).await?;
            used.seen = now;
            self.sessions.changed();
        }
        let ends_soon = self.ends_soon(used, now);
        Ok(Some(StaffSession { staff: id, role, name, session: key.clone(), used, ends_soon }))
    }

    /// Somebody says that they are still there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn stay_logged_in(&self, session: &StaffSession) -> Result<(), ClinicError> {
        self.note_use(&session.session.0, self.now()).await?;
        self.sessions.changed();
        Ok(())
    }

    /// Whether it is alive by a patient alone who was let in after it had ended: then its owner is somewhere else.
    async fn was_over_before_the_visit(
        &self,
        used: SessionUse,
        staff: StaffId,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let by_itself = SessionUse { with_patient: WithPatient::Never, ..used }.ends();
        match (used.with_patient, by_itself) {
            (WithPatient::Now, Some(end)) if end.at <= now => {
                Ok(!self.sees_somebody_since_before(end.at, staff).await?)
            }
            _ => Ok(false),
        }
    }

    /// Whether they have a patient with them whom they let in before that time: then they are not away from their desk, whatever the
    /// keyboard says.
    async fn sees_somebody_since_before(&self, then: Millis, staff: StaffId) -> Result<bool, StoreError> {
        for (id, visit) in self.open_visits() {
            if visit.provider != staff || !visit.is_with_provider() {
                continue;
            }
            let log = self.store().read(id).await?;
            let is_admission = |event: &&Event| matches!(event.change, Change::Admitted { .. });
            if log.iter().rev().find(is_admission).is_some_and(|admission| admission.at < then) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// When a session ends, as its page counts it. None: not while the patient is there.
    pub(in crate::server::clinic) fn session_end(&self, session: &StaffSession) -> Option<SessionEnd> {
        let now = self.now();
        session
            .used
            .ends()
            .map(|ends| SessionEnd { left: ends.at.0.saturating_sub(now.0), can_stay: ends.can_stay })
    }

    /// The time of day at which it ends, when that is soon and nothing can be done about it.
    fn ends_soon(&self, used: SessionUse, now: Millis) -> Option<String> {
        let ends = used.ends().filter(|ends| !ends.can_stay && ends.at <= now.plus(TOLD_BEFORE))?;
        Some(on_the_wall(&self.settings().time_zone, ends.at).strftime("%H:%M").to_string())
    }

    pub(super) async fn end_session(&self, hash: &str) -> Result<(), StoreError> {
        let mut tx = self.store().begin().await?;
        sqlx::query("DELETE FROM staff_sessions WHERE hash = $1")
            .bind(hash.to_owned())
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }

    async fn note_use(&self, hash: &str, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.store().begin().await?;
        sqlx::query("UPDATE staff_sessions SET seen_at = $2 WHERE hash = $1")
            .bind(hash.to_owned())
            .bind(i64::try_from(now.0).unwrap_or(i64::MAX))
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }
}
