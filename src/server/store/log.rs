//! The visits' logs.

use super::{Notice, Store, StoreError, Tx};
use crate::domain::visit::{Event, Millis, StaffId, Stage, Visit, VisitId};
use sqlx::{Row, any::AnyRow};

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its place in the order of all commits: 1, 2, 3 … over all visits.
    pub id: u64,
    /// Whose log it belongs to.
    pub visit: VisitId,
    /// What happened.
    pub event: Event,
}

/// The logs of all visits that are not over, and where the whole stands.
#[derive(Debug, Default)]
pub struct Tail {
    /// The id of the last event of all.
    pub last: u64,
    /// Their events, in order.
    pub events: Vec<Stored>,
}

impl Tx {
    /// Appends to one visit's log. `after` is what the log amounts to with `events`; they are numbered on from `after.seq`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the log has grown since it was read: nothing is written then.
    pub async fn append(
        &mut self,
        visit: VisitId,
        events: &[Event],
        after: &Visit,
    ) -> Result<Vec<Stored>, StoreError> {
        let count = events.len() as u64;
        // Everybody who appends waits here for whoever came before, so ids are in the order of commits.
        let last: i64 = sqlx::query("UPDATE head SET last = last + $1 WHERE one = 1 RETURNING last")
            .bind(number(count)?)
            .fetch_one(self.connection())
            .await?
            .try_get(0)?;
        let first = natural(last)? + 1 - count;
        let known: Option<i64> = sqlx::query("SELECT seq FROM visits WHERE id = $1")
            .bind(visit.to_string())
            .fetch_optional(self.connection())
            .await?
            .map(|row| row.try_get(0))
            .transpose()?;
        if natural(known.unwrap_or(0))? != after.seq - count {
            return Err(StoreError::Conflict);
        }
        let mut stored = Vec::with_capacity(events.len());
        for (id, event) in (first..).zip(events) {
            let text = serde_json::to_string(event).map_err(|_| StoreError::Damaged("event"))?;
            sqlx::query("INSERT INTO events (id, visit, seq, event) VALUES ($1, $2, $3, $4)")
                .bind(number(id)?)
                .bind(visit.to_string())
                .bind(number(event.seq)?)
                .bind(text)
                .execute(self.connection())
                .await?;
            stored.push(Stored { id, visit, event: event.clone() });
        }
        let ended_at = match (after.stage, events.last()) {
            (Stage::Ended(_), Some(event)) => Some(number(event.at.0)?),
            _ => None,
        };
        sqlx::query(
            "INSERT INTO visits (id, seq, patient, provider, starts_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, provider = excluded.provider, \
             starts_at = excluded.starts_at, ended_at = excluded.ended_at",
        )
        .bind(visit.to_string())
        .bind(number(after.seq)?)
        .bind(after.patient.to_string())
        .bind(after.provider.to_string())
        .bind(number(after.starts_at.0)?)
        .bind(ended_at)
        .execute(self.connection())
        .await?;
        self.tell(Notice::Log(natural(last)?)).await?;
        Ok(stored)
    }
}

impl Store {
    /// One visit's log, from its beginning. Empty if there is no such visit.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn read(&self, visit: VisitId) -> Result<Vec<Event>, StoreError> {
        let rows = sqlx::query("SELECT event FROM events WHERE visit = $1 ORDER BY seq")
            .bind(visit.to_string())
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(|row| event(&row.try_get::<String, _>(0)?)).collect()
    }

    /// At most `limit` events of all visits after the one with this id, in order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn after(&self, id: u64, limit: u32) -> Result<Vec<Stored>, StoreError> {
        let rows = sqlx::query("SELECT id, visit, event FROM events WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(number(id)?)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(stored).collect()
    }

    /// The events of one visit after the one with this id (of all visits), in order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn after_of(&self, visit: VisitId, id: u64) -> Result<Vec<Stored>, StoreError> {
        let rows =
            sqlx::query("SELECT id, visit, event FROM events WHERE visit = $1 AND id > $2 ORDER BY id")
                .bind(visit.to_string())
                .bind(number(id)?)
                .fetch_all(self.pool())
                .await?;
        rows.iter().map(stored).collect()
    }

    /// The logs of all visits that are not over. Old visits cost nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open_logs(&self) -> Result<Tail, StoreError> {
        // Read before the events: what is appended in between is read twice rather than never.
        let last: i64 =
            sqlx::query("SELECT last FROM head WHERE one = 1").fetch_one(self.pool()).await?.try_get(0)?;
        let rows = sqlx::query(
            "SELECT e.id, e.visit, e.event FROM visits v JOIN events e ON e.visit = v.id \
             WHERE v.ended_at IS NULL AND e.id <= $1 ORDER BY e.id",
        )
        .bind(last)
        .fetch_all(self.pool())
        .await?;
        Ok(Tail { last: natural(last)?, events: rows.iter().map(stored).collect::<Result<_, _>>()? })
    }

    /// The logs of a provider's last visits that are over, by the appointed time: of at most so many visits, and where these are
    /// given, only of those that were appointed for a time `before` this one, and of events none after the one with the id `until`.
    /// By an index: older visits cost nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn last_logs(
        &self,
        provider: StaffId,
        visits: u32,
        before: Option<Millis>,
        until: Option<u64>,
    ) -> Result<Vec<Stored>, StoreError> {
        let bound = |given: Option<u64>| given.map_or(Ok(i64::MAX), number);
        let rows = sqlx::query(
            "SELECT e.id, e.visit, e.event FROM (SELECT id FROM visits WHERE provider = $1 AND ended_at IS NOT NULL \
             AND starts_at < $3 ORDER BY starts_at DESC LIMIT $2) v JOIN events e ON e.visit = v.id WHERE e.id <= $4",
        )
        .bind(provider.to_string())
        .bind(i64::from(visits))
        .bind(bound(before.map(|before| before.0))?)
        .bind(bound(until)?)
        .fetch_all(self.pool())
        .await?;
        rows.iter().map(stored).collect()
    }
}

pub(super) fn stored(row: &AnyRow) -> Result<Stored, StoreError> {
    Ok(Stored {
        id: natural(row.try_get(0)?)?,
        visit: VisitId::try_from(row.try_get::<String, _>(1)?).map_err(|_| StoreError::Damaged("id"))?,
        event: event(&row.try_get::<String, _>(2)?)?,
    })
}

fn event(text: &str) -> Result<Event, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged("event"))
}

/// Databases know no unsigned numbers.
pub(super) fn number(natural: u64) -> Result<i64, StoreError> {
    i64::try_from(natural).map_err(|_| StoreError::Damaged("number"))
}

pub(super) fn natural(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Damaged("number"))
}
