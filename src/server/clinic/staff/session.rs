//! Sessions of staff: how they are recognised, and when they end.

use crate::{
    domain::visit::{Millis, StaffId, Stage},
    server::{
        clinic::{Clinic, ClinicError, StaffSession, secret},
        store::{Staff, StoreError},
    },
};
use sqlx::Row;
use std::time::Duration;

/// A session ends when nobody has used it for so long.
pub const IDLE_LIMIT: Duration = Duration::from_mins(15);

/// A session ends so long after the log-in, used or not.
pub const ABSOLUTE_LIMIT: Duration = Duration::from_hours(12);

/// Use is written down at most so often.
const NOTED_EVERY: Duration = Duration::from_secs(30);

impl Clinic {
    /// Who has logged in with this secret, if that has not ended since. `in_use`: a person does something now, so the idle limit
    /// begins anew; a page that only listens does not count.
    ///
    /// Whoever sees a patient keeps the session until that is over: a time-out never ends a call.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn staff_session(
        &self,
        secret: &str,
        in_use: bool,
    ) -> Result<Option<StaffSession>, ClinicError> {
        let key = secret::key(secret);
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
        let (created, seen, now) = (time(1)?, time(2)?, self.now());
        let is_over = created.plus(ABSOLUTE_LIMIT) <= now || seen.plus(IDLE_LIMIT) <= now;
        if is_over && !self.is_seeing_somebody(id) {
            self.end_session(&key.0).await?;
            return Ok(None);
        }
        let Some(Staff { name, role, disabled: false, .. }) = self.store().staff(id).await? else {
            self.end_session(&key.0).await?;
            return Ok(None);
        };
        if in_use && seen.plus(NOTED_EVERY) <= now {
            self.note_use(&key.0, now).await?;
        }
        Ok(Some(StaffSession { staff: id, role, name, session: key }))
    }

    /// Whether they have a patient with them: then they are not away from their desk, whatever the keyboard says.
    fn is_seeing_somebody(&self, staff: StaffId) -> bool {
        self.hub().any_open(|visit| {
            visit.provider == staff
                && matches!(visit.stage, Stage::Admitted { .. } | Stage::SteppedOut { .. })
        })
    }

    async fn end_session(&self, hash: &str) -> Result<(), StoreError> {
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
