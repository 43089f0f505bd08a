//! Slowing down who guesses: passwords, codes, birth dates. By what is guessed at, so that many addresses help nobody, and kept in
//! the store, so that neither a restart nor another node does.

use super::{Clinic, ClinicError, secret};
use crate::{
    domain::visit::Millis,
    server::store::{StoreError, Tx},
};
use sqlx::Row;
use std::time::Duration;

/// How many failures cost nothing: people mistype.
const FREE: u32 = 5;

/// The wait after the first failure that costs something. It doubles with each.
const FIRST_WAIT: Duration = Duration::from_secs(30);

/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// After so long without a failure all is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

/// What is guessed at. Its text is stored hashed.
#[derive(Debug, Clone)]
pub struct Target(String);

impl Target {
    /// The password of an account, whether it exists or not.
    pub fn password(email: &str) -> Self {
        Self(secret::hash(&format!("password:{email}")))
    }

    /// The codes beside links, from one network address.
    pub fn codes(address: &str) -> Self {
        Self(secret::hash(&format!("codes:{address}")))
    }

    /// The codes beside links, from anywhere: many addresses together.
    pub fn all_codes() -> Self {
        Self(secret::hash("codes"))
    }

    /// Who the patient at a place is.
    pub fn confirmation(seat: &str) -> Self {
        Self(secret::hash(&format!("confirmation:{seat}")))
    }
}

impl Clinic {
    /// How long to wait before the next try at this. None: it may be tried now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn blocked_for(&self, target: &Target) -> Result<Option<Duration>, ClinicError> {
        let row = sqlx::query("SELECT failures, last_at FROM throttle WHERE target = $1")
            .bind(&target.0)
            .fetch_optional(self.store().pool())
            .await
            .map_err(StoreError::from)?;
        let Some(row) = row else { return Ok(None) };
        let failures: i64 = row.try_get(0).map_err(StoreError::from)?;
        let last_at: i64 = row.try_get(1).map_err(StoreError::from)?;
        let until = Millis(u64::try_from(last_at).unwrap_or(0)).plus(wait(failures));
        let left = until.0.saturating_sub(self.now().0);
        Ok((left > 0).then(|| Duration::from_millis(left)))
    }

    /// Notes a failure.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn note_failure(&self, target: &Target) -> Result<(), ClinicError> {
        let now = number(self.now());
        let old = now - i64::try_from(FORGOTTEN_AFTER.as_millis()).unwrap_or(i64::MAX);
        let mut tx = self.store().begin().await?;
        run(&mut tx, "DELETE FROM throttle WHERE last_at < $1", old).await?;
        sqlx::query(
            "INSERT INTO throttle (target, failures, last_at) VALUES ($1, 1, $2) \
             ON CONFLICT (target) DO UPDATE SET failures = throttle.failures + 1, last_at = excluded.last_at",
        )
        .bind(&target.0)
        .bind(now)
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        Ok(tx.commit().await?)
    }

    /// Forgets the failures: it was guessed, or known.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_failures(&self, target: &Target) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        sqlx::query("DELETE FROM throttle WHERE target = $1")
            .bind(&target.0)
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        Ok(tx.commit().await?)
    }
}

async fn run(tx: &mut Tx, sql: &'static str, number: i64) -> Result<(), StoreError> {
    sqlx::query(sql).bind(number).execute(tx.connection()).await?;
    Ok(())
}

fn number(time: Millis) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}

/// How long after its last failure something with so many may not be tried.
fn wait(failures: i64) -> Duration {
    let costly = u32::try_from(failures).unwrap_or(u32::MAX).saturating_sub(FREE);
    match costly {
        0 => Duration::ZERO,
        _ => FIRST_WAIT.saturating_mul(2_u32.saturating_pow(costly - 1)).min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_mistakes_cost_nothing_and_then_each_costs_more_up_to_a_limit() {
        let waits = [0, 4, 5, 6, 7, 8, 20, i64::MAX].map(|failures| wait(failures).as_secs());
        assert_eq!(waits, [0, 0, 0, 30, 60, 120, 900, 900]);
    }
}
