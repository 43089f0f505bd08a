//! Who came to their desk, and who went.

use super::{
    NodeId, Store, StoreError,
    log::{natural, number},
};
use crate::domain::{
    others::DeskChange,
    visit::{Millis, StaffId},
};
use sqlx::{AnyConnection, Row, any::AnyRow};

/// So many changes of one provider before a time say how things stood then: they have few pages open.
const BEFORE: i64 = 100;

impl Store {
    /// Writes comings and goings down, in order.
    ///
    /// # Errors
    /// See [`StoreError`]. Nothing is written then, or all of it, which may be written once more.
    pub async fn add_to_desk_log(&self, changes: &[DeskChange]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for change in changes {
            add(tx.connection(), *change).await?;
        }
        tx.commit().await
    }

    /// What was written down of this provider between these times, and what says how things stood before.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn desk_log(
        &self,
        provider: StaffId,
        from: Millis,
        to: Millis,
    ) -> Result<Vec<DeskChange>, StoreError> {
        let mut found = self.desk_rows(provider.to_string(), (from, to), BEFORE).await?;
        // A process that is gone took its pages along: as far back as those go, however many have begun since.
        let earliest = found.iter().map(|change| change.at).fold(from, Millis::min);
        found.extend(self.desk_rows(String::new(), (earliest, to), 1).await?);
        Ok(found)
    }

    /// All between these times, and so many before.
    async fn desk_rows(
        &self,
        staff: String,
        (from, to): (Millis, Millis),
        before: i64,
    ) -> Result<Vec<DeskChange>, StoreError> {
        let mut found = Vec::new();
        for (sql, limit) in [
            (
                "SELECT node, staff, at, is_there FROM desk_log WHERE staff = $1 AND at < $2 AND at <= $3 \
                 ORDER BY at DESC LIMIT $4",
                before,
            ),
            (
                "SELECT node, staff, at, is_there FROM desk_log WHERE staff = $1 AND at >= $2 AND at <= $3 \
                 ORDER BY at LIMIT $4",
                i64::MAX,
            ),
        ] {
            let rows = sqlx::query(sql)
                .bind(staff.clone())
                .bind(number(from.0)?)
                .bind(number(to.0)?)
                .bind(limit)
                .fetch_all(self.pool())
                .await?;
            for row in &rows {
                found.push(change(row)?);
            }
        }
        Ok(found)
    }
}

/// With what else is written.
pub(super) async fn add(connection: &mut AnyConnection, change: DeskChange) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO desk_log (node, staff, at, is_there) VALUES ($1, $2, $3, $4)")
        .bind(change.node.map(|node| NodeId::from(node).to_string()).unwrap_or_default())
        .bind(change.staff.map(|staff| staff.to_string()).unwrap_or_default())
        .bind(number(change.at.0)?)
        .bind(i64::from(change.is_there))
        .execute(connection)
        .await?;
    Ok(())
}

fn change(row: &AnyRow) -> Result<DeskChange, StoreError> {
    let (node, staff): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let node = match node.as_str() {
        "" => None,
        node => Some(NodeId::parse(node).ok_or(StoreError::Damaged("id"))?.into()),
    };
    let staff = match staff.as_str() {
        "" => None,
        _ => Some(StaffId::try_from(staff).map_err(|_| StoreError::Damaged("id"))?),
    };
    let (at, is_there) = (natural(row.try_get(2)?)?, row.try_get::<i64, _>(3)? != 0);
    Ok(DeskChange { node, staff, at: Millis(at), is_there })
}
