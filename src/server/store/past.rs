//! The logs around a visit of the past: few, however many visits there were.

use super::{
    Store, StoreError, Stored,
    log::{number, stored},
};
use crate::domain::visit::{Millis, StaffId};

impl Store {
    /// The logs of all visits that this provider had at some time and that were appointed for a time between these two, or are not
    /// over yet and were appointed for a time before the second. By indexes: visits of other days cost nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn logs_around(
        &self,
        provider: StaffId,
        from: Millis,
        to: Millis,
    ) -> Result<Vec<Stored>, StoreError> {
        let mut found = Vec::new();
        // Whose a visit is now says nothing of whose it was: it may have been handed over since. Its events do.
        for sql in [
            "SELECT e.id, e.visit, e.event FROM visits v JOIN events e ON e.visit = v.id \
             WHERE v.starts_at >= $1 AND v.starts_at <= $2 \
             AND EXISTS (SELECT 1 FROM events h WHERE h.visit = v.id AND h.event LIKE $3)",
            "SELECT e.id, e.visit, e.event FROM visits v JOIN events e ON e.visit = v.id \
             WHERE v.ended_at IS NULL AND v.starts_at < $1 AND v.starts_at <= $2 \
             AND EXISTS (SELECT 1 FROM events h WHERE h.visit = v.id AND h.event LIKE $3)",
        ] {
            let rows = sqlx::query(sql)
                .bind(number(from.0)?)
                .bind(number(to.0)?)
                .bind(format!("%{provider}%"))
                .fetch_all(self.pool())
                .await?;
            for row in &rows {
                found.push(stored(row)?);
            }
        }
        Ok(found)
    }
}
