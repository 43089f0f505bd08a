//! Slowing down who guesses: passwords, codes, birth dates. By what is guessed at, so that many addresses help nobody, and kept in
//! the store, so that neither a restart nor another node does.

use super::{Clinic, ClinicError, secret};
use crate::{
    domain::visit::Millis,
    server::store::{StoreError, Tx},
};
use sqlx::{Row, any::AnyRow};
use std::time::Duration;

/// How many failures cost nothing: people mistype.
const FREE: u32 = 5;

/// The wait after the first failure that costs something. It doubles with each.
const FIRST_WAIT: Duration = Duration::from_secs(30);

/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// After so long without a failure all is forgotten.
pub(super) const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

const READ: &str = "SELECT failures, last_at FROM throttle WHERE target = $1";

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

    /// Who the patient at a place is.
    pub fn confirmation(seat: &str) -> Self {
        Self(secret::hash(&format!("confirmation:{seat}")))
    }
}

impl Clinic {
    /// Counts a try at this, unless one has to wait: then it says how long. Whoever was right says so with
    /// [`forget_failures`](Self::forget_failures).
    ///
    /// Counted before it is known whether it is right: of many tries at once no more get through than of as many in a row.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn try_at(&self, target: &Target) -> Result<Option<Duration>, ClinicError> {
        let known = sqlx::query(READ).bind(&target.0).fetch_optional(self.store().pool()).await;
        if let Some(row) = known.map_err(StoreError::from)?
            && let Some(wait) = self.left_to_wait(&row)?
        {
            return Ok(Some(wait));
        }
        let now = number(self.now());
        let old = now - i64::try_from(FORGOTTEN_AFTER.as_millis()).unwrap_or(i64::MAX);
        let mut tx = self.store().begin().await?;
        run(&mut tx, "DELETE FROM throttle WHERE last_at < $1", old).await?;
        // Takes the row, so that others who try at once wait for it.
        sqlx::query(
            "INSERT INTO throttle (target, failures, last_at) VALUES ($1, 0, $2) \
             ON CONFLICT (target) DO UPDATE SET failures = throttle.failures",
        )
        .bind(&target.0)
        .bind(now)
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        let row = sqlx::query(READ).bind(&target.0).fetch_one(tx.connection()).await;
        if let Some(wait) = self.left_to_wait(&row.map_err(StoreError::from)?)? {
            return Ok(Some(wait));
        }
        sqlx::query("UPDATE throttle SET failures = failures + 1, last_at = $2 WHERE target = $1")
            .bind(&target.0)
            .bind(now)
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        tx.commit().await?;
        Ok(None)
    }

    fn left_to_wait(&self, row: &AnyRow) -> Result<Option<Duration>, StoreError> {
        let (failures, last_at): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let wait = wait(failures);
        if wait.is_zero() {
            // Another node's clock may be ahead: that makes nobody wait.
            return Ok(None);
        }
        let until = Millis(u64::try_from(last_at).unwrap_or(0)).plus(wait);
        let left = until.0.saturating_sub(self.now().0);
        Ok((left > 0).then(|| Duration::from_millis(left)))
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
