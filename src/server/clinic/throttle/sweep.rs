//! Failures that cost nobody anything any more are forgotten: so the table holds what was tried in the last half hour, and of those
//! who erred more often a little more. That is bounded, since every try is hashed, or counts at a place that a patient has.

use super::{FORGOTTEN_AFTER, ONE, millis, number};
use crate::{
    domain::visit::Millis,
    server::{
        clinic::{Clinic, ClinicError, rounds::Rounds},
        store::StoreError,
    },
};
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// How often they are looked for.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

/// How many are forgotten in one transaction: others want to write, too.
const BATCH: u16 = 500;

impl Clinic {
    /// Forgets the failures that are all forgiven at this time, and what is older than a day in any case.
    ///
    /// # Errors
    /// See [`StoreError`]. The rest is forgotten the next time.
    pub async fn sweep_throttle(&self, now: Millis) -> Result<(), ClinicError> {
        while self.sweep_some_of_throttle(now).await? {}
        Ok(())
    }

    /// Some of them. Says whether there may be more.
    async fn sweep_some_of_throttle(&self, now: Millis) -> Result<bool, ClinicError> {
        let mut tx = self.store().begin().await?;
        // Of all targets that of one person is forgiven most slowly.
        let swept = sqlx::query(
            "DELETE FROM throttle WHERE target IN (SELECT target FROM throttle \
             WHERE last_at < $1 AND (last_at < $2 OR last_at + failures * $3 <= $4) LIMIT $5)",
        )
        .bind(number(now.minus(ONE.forgiven_after)))
        .bind(number(now.minus(FORGOTTEN_AFTER)))
        .bind(millis(ONE.forgiven_after))
        .bind(number(now))
        .bind(i64::from(BATCH))
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        tx.commit().await?;
        Ok(swept.rows_affected() >= u64::from(BATCH))
    }
}

/// Forgets failures until the server stops.
pub async fn keep_throttle(clinic: Arc<Clinic>, stopping: CancellationToken) {
    let mut rounds = Rounds::every(SWEEP_EVERY, stopping);
    while rounds.next().await {
        if let Err(error) = clinic.sweep_throttle(clinic.now()).await {
            tracing::error!(%error, "old failures could not be forgotten; they will be");
        }
    }
}
