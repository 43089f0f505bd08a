//! Slowing down who guesses: passwords, codes, birth dates. By what is guessed at, so that many addresses help nobody, and kept in
//! the store, so that neither a restart nor another node does.

mod sweep;

pub use sweep::keep_throttle;

use super::{Clinic, ClinicError, Whence, secret};
use crate::{
    domain::visit::Millis,
    server::store::{StoreError, Tx},
};
use sqlx::{Row, any::AnyRow};
use std::time::Duration;

/// How much may go wrong before somebody has to wait, and how long then.
#[derive(Debug)]
struct Allowance {
    /// How many failures cost nothing: people mistype.
    free: u32,
    /// The wait after the first failure that costs something. It doubles with each.
    first_wait: Duration,
    /// The longest wait.
    longest_wait: Duration,
    /// One failure less counts each time so long has passed since the last. Not below the longest wait, or nobody would have to
    /// wait for it.
    forgiven_after: Duration,
}

/// For one account, one seat, one network.
const ONE: Allowance = Allowance {
    free: 5,
    first_wait: Duration::from_secs(30),
    longest_wait: Duration::from_mins(15),
    forgiven_after: Duration::from_mins(30),
};

/// For everybody whose network cannot be told, together: six strangers' mistakes must not lock all patients out. Six guesses a
/// minute, once the allowance is used up, find one of 10,000 codes of 50 bits in thousands of years.
const ALL: Allowance = Allowance {
    free: 1_000,
    first_wait: Duration::from_secs(10),
    longest_wait: Duration::from_secs(10),
    forgiven_after: Duration::from_secs(10),
};

/// After so long without a failure all is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

const READ: &str = "SELECT failures, last_at FROM throttle WHERE target = $1";

/// What is guessed at. Its text is stored hashed.
#[derive(Debug, Clone)]
pub struct Target {
    key: String,
    allowance: &'static Allowance,
}

impl Target {
    /// The password of an account, whether it exists or not.
    pub fn password(email: &str) -> Self {
        Self::one(&format!("password:{email}"))
    }

    /// The codes beside links, from one place on the network.
    pub fn codes(from: Whence) -> Self {
        match from {
            Whence::Network(network) => Self::one(&format!("codes:{network}")),
            Whence::Unknown => Self { key: secret::hash("codes:"), allowance: &ALL },
        }
    }

    /// Who the patient at a place is.
    pub fn confirmation(seat: &str) -> Self {
        Self::one(&format!("confirmation:{seat}"))
    }

    /// The same as [`Clinic::forget_failures`], together with what else is written.
    pub(super) async fn forget(&self, tx: &mut Tx) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM throttle WHERE target = $1")
            .bind(&self.key)
            .execute(tx.connection())
            .await?;
        Ok(())
    }

    fn one(text: &str) -> Self {
        Self { key: secret::hash(text), allowance: &ONE }
    }
}

/// A try that was counted as a failure, until it is known that it was none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    /// When it was counted. No two at one target have the same.
    at: i64,
    /// Since when there were the failures before it.
    before: i64,
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
        Ok(self.count_try(target).await?.err())
    }

    /// The same, for whoever may have to [take it back](Self::take_back): `Err` is how long to wait.
    pub(super) async fn count_try(&self, target: &Target) -> Result<Result<Counted, Duration>, ClinicError> {
        let known = sqlx::query(READ).bind(&target.key).fetch_optional(self.store().pool()).await;
        if let Some(row) = known.map_err(StoreError::from)?
            && let Some(wait) = self.left_to_wait(&Failures::read(&row)?, target.allowance)
        {
            return Ok(Err(wait));
        }
        let now = number(self.now());
        let mut tx = self.store().begin().await?;
        // Takes the row, so that others who try at once wait for it.
        sqlx::query(
            "INSERT INTO throttle (target, failures, last_at) VALUES ($1, 0, $2) \
             ON CONFLICT (target) DO UPDATE SET failures = throttle.failures",
        )
        .bind(&target.key)
        .bind(now)
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        let row = sqlx::query(READ).bind(&target.key).fetch_one(tx.connection()).await;
        let failures = Failures::read(&row.map_err(StoreError::from)?)?;
        if let Some(wait) = self.left_to_wait(&failures, target.allowance) {
            return Ok(Err(wait));
        }
        let left = failures.aged(now, target.allowance);
        let counted = Counted { at: now.max(failures.last_at.saturating_add(1)), before: left.last_at };
        sqlx::query("UPDATE throttle SET failures = $2, last_at = $3 WHERE target = $1")
            .bind(&target.key)
            .bind(left.count.saturating_add(1))
            .bind(counted.at)
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        tx.commit().await?;
        Ok(Ok(counted))
    }

    fn left_to_wait(&self, failures: &Failures, allowance: &Allowance) -> Option<Duration> {
        let left = failures.aged(number(self.now()), allowance);
        let wait = wait(left.count, allowance);
        if wait.is_zero() {
            // Another node's clock may be ahead: that makes nobody wait.
            return None;
        }
        let until = Millis(u64::try_from(failures.last_at).unwrap_or(0)).plus(wait);
        let left = until.0.saturating_sub(self.now().0);
        (left > 0).then(|| Duration::from_millis(left))
    }

    /// Takes one try back: it was no guess. What went wrong besides counts as it did, since it may have been somebody else's.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn take_back(&self, target: &Target, counted: Counted) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        sqlx::query(
            "UPDATE throttle SET failures = failures - 1, \
             last_at = CASE WHEN last_at = $2 THEN $3 ELSE last_at END WHERE target = $1 AND failures > 0",
        )
        .bind(&target.key)
        .bind(counted.at)
        .bind(counted.before)
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        Ok(tx.commit().await?)
    }

    /// Forgets the failures: it was guessed, or known. Only for what belongs to one person.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_failures(&self, target: &Target) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        target.forget(&mut tx).await?;
        Ok(tx.commit().await?)
    }
}

/// What has gone wrong, as the row has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failures {
    count: i64,
    last_at: i64,
}

impl Failures {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self { count: row.try_get(0)?, last_at: row.try_get(1)? })
    }

    /// What of it counts now, and since when: what is left of the time in which the next one is forgiven stays.
    fn aged(self, now: i64, allowance: &Allowance) -> Self {
        let period = millis(allowance.forgiven_after);
        let forgiven = (now.saturating_sub(self.last_at).max(0) / period).min(self.count);
        Self {
            count: self.count - forgiven,
            last_at: self.last_at.saturating_add(forgiven.saturating_mul(period)),
        }
    }
}

fn number(time: Millis) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// How long after its last failure something with so many may not be tried.
fn wait(failures: i64, allowance: &Allowance) -> Duration {
    let costly = u32::try_from(failures).unwrap_or(u32::MAX).saturating_sub(allowance.free);
    match costly {
        0 => Duration::ZERO,
        _ => {
            allowance.first_wait.saturating_mul(2_u32.saturating_pow(costly - 1)).min(allowance.longest_wait)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_mistakes_cost_nothing_and_then_each_costs_more_up_to_a_limit() {
        let waits = [0, 4, 5, 6, 7, 8, 20, i64::MAX].map(|failures| wait(failures, &ONE).as_secs());
        assert_eq!(waits, [0, 0, 0, 30, 60, 120, 900, 900]);
        let waits = [6, 1_000, 1_001, i64::MAX].map(|failures| wait(failures, &ALL).as_secs());
        assert_eq!(waits, [0, 0, 10, 10]);
    }

    #[test]
    fn mistakes_are_forgiven_one_by_one_and_never_sooner_than_the_wait_for_them_is_over() {
        let minutes = |minutes: i64| minutes * 60_000;
        let seven = Failures { count: 7, last_at: minutes(100) };
        for (now, count, since) in
            [(0, 7, 100), (100, 7, 100), (129, 7, 100), (130, 6, 130), (170, 5, 160), (9_000, 0, 310)]
        {
            let left = Failures { count, last_at: minutes(since) };
            assert_eq!(seven.aged(minutes(now), &ONE), left, "{now}");
        }
        for allowance in [&ONE, &ALL] {
            assert!(allowance.longest_wait <= allowance.forgiven_after);
        }
    }
}
