//! What is written beside a visit's log has changed: pages that show it are told. That is no event, so it has numbers of its own, by
//! which every process on one database finds what others have changed.

use super::{Clinic, Tidings, rounds::Rounds};
use crate::{
    domain::visit::{Millis, VisitId},
    server::store::{Notice, Store, StoreError, Tx},
};
use sqlx::Row;
use std::{sync::Arc, time::Duration};
use tokio::sync::{Mutex, broadcast};
use tokio_util::sync::CancellationToken;

/// How often it is looked for what other processes have changed.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How many changes a watcher may be behind.
const BEHIND: usize = 256;

/// How far the clocks of processes may be apart.
const SKEW: Duration = Duration::from_mins(1);

/// Tells whose record has changed.
pub(super) struct Records {
    /// The number of the last change that was told.
    last: Mutex<i64>,
    news: broadcast::Sender<VisitId>,
}

impl Records {
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        let row = sqlx::query("SELECT last FROM record_head WHERE one = 1").fetch_one(store.pool()).await?;
        Ok(Self { last: Mutex::new(row.try_get(0)?), news: broadcast::channel(BEHIND).0 })
    }
}

impl Tx {
    /// Waits until nobody else corrects a record. Those who do it at once then see what the other did.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn lock_records(&mut self) -> Result<(), StoreError> {
        sqlx::query("UPDATE record_head SET last = last WHERE one = 1").execute(self.connection()).await?;
        Ok(())
    }

    /// Notes that something beside a visit's log has changed. [`Clinic::tell_of_records`] tells of it, after the commit.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn record_changed(&mut self, visit: VisitId, now: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE record_head SET last = last + 1 WHERE one = 1")
            .execute(self.connection())
            .await?;
        sqlx::query(
            "INSERT INTO record_changes (visit, id, changed_at) SELECT $1, last, $2 FROM record_head WHERE one = 1 \
             ON CONFLICT (visit) DO UPDATE SET id = excluded.id, changed_at = excluded.changed_at",
        )
        .bind(visit.to_string())
        .bind(i64::try_from(now.0).map_err(|_| StoreError::Damaged("number"))?)
        .execute(self.connection())
        .await?;
        self.tell(Notice::Record).await
    }
}

impl Clinic {
    /// Learns whose record changes, from now on.
    pub(super) fn watch_records(&self) -> broadcast::Receiver<VisitId> {
        self.records.news.subscribe()
    }

    /// Tells of all changes that were not told yet, whoever made them.
    ///
    /// # Errors
    /// See [`StoreError`]. What is not told now is told with the next ones.
    pub async fn tell_of_records(&self) -> Result<(), StoreError> {
        let mut last = self.records.last.lock().await;
        let rows = sqlx::query("SELECT id, visit FROM record_changes WHERE id > $1 ORDER BY id")
            .bind(*last)
            .fetch_all(self.store().pool())
            .await?;
        for row in rows {
            let id = visit_of(&row.try_get::<String, _>(1)?)?;
            *last = row.try_get(0)?;
            // Nobody watching is no trouble.
            drop(self.records.news.send(id));
            if let Some(visit) = self.hub().open_visit(id) {
                self.hub().tell_those_who_wait(visit.provider, Tidings::Record(id));
            }
        }
        Ok(())
    }

    /// Whose record has changed since an event happened, or a little before it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn records_changed_since(&self, event: u64) -> Result<Vec<VisitId>, StoreError> {
        let Some(since) = self.a_little_before(event).await? else { return Ok(Vec::new()) };
        let rows = sqlx::query("SELECT visit FROM record_changes WHERE changed_at >= $1 ORDER BY id")
            .bind(since)
            .fetch_all(self.store().pool())
            .await?;
        rows.iter().map(|row| visit_of(&row.try_get::<String, _>(0)?)).collect()
    }

    /// Whether the record of one visit has changed since an event happened, or a little before it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn record_has_changed_since(
        &self,
        visit: VisitId,
        event: u64,
    ) -> Result<bool, StoreError> {
        let Some(since) = self.a_little_before(event).await? else { return Ok(false) };
        let row = sqlx::query("SELECT 1 FROM record_changes WHERE visit = $1 AND changed_at >= $2")
            .bind(visit.to_string())
            .bind(since)
            .fetch_optional(self.store().pool())
            .await?;
        Ok(row.is_some())
    }

    /// A time before which nobody, by whichever process's clock, has corrected anything after this event.
    async fn a_little_before(&self, event: u64) -> Result<Option<i64>, StoreError> {
        let known = self.store().after(event.saturating_sub(1), 1).await?;
        let since = known.first().map(|stored| i64::try_from(stored.event.at.minus(SKEW).0));
        since.transpose().map_err(|_| StoreError::Damaged("number"))
    }
}

fn visit_of(text: &str) -> Result<VisitId, StoreError> {
    VisitId::try_from(text.to_owned()).map_err(|_| StoreError::Damaged("id"))
}

/// Tells of what other processes change until the server stops.
pub async fn keep_records(clinic: Arc<Clinic>, stopping: CancellationToken) {
    let mut rounds = Rounds::every(LOOK_EVERY, stopping);
    while rounds.next().await {
        if let Err(error) = clinic.tell_of_records().await {
            tracing::error!(%error, "corrections could not be told; they will be");
        }
    }
}
