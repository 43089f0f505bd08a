//! The audit's lines: sealed and written at the end of a transaction, read for whoever checks or searches.

use super::{Store, StoreError, Tx};
use crate::server::audit::{AuditKey, Head, Line, Mac, SealedLine};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

impl Tx {
    /// Seals the lines that were noted and writes them, as the last thing of all: whoever else commits waits from here on, and
    /// holds nothing that this one waits for.
    pub(super) async fn write_lines(&mut self, key: &AuditKey, lines: &[Line]) -> Result<(), StoreError> {
        let count = i64::try_from(lines.len()).map_err(|_| StoreError::Damaged("number"))?;
        let row = sqlx::query("UPDATE audit_head SET last = last + $1 WHERE one = 1 RETURNING last, mac")
            .bind(count)
            .fetch_one(self.connection())
            .await?;
        let last: i64 = row.try_get(0)?;
        // A head that somebody has spoilt must not stop the clinic: the chain breaks here, which is found.
        let mut mac = Mac::parse(&row.try_get::<String, _>(1)?).unwrap_or(Mac::NONE);
        for (id, line) in (last - count + 1..).zip(lines) {
            mac = key.seal(mac, id, line);
            sqlx::query(
                "INSERT INTO audit (id, at, actor, action, visit, patient, about, outcome, mac) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(id)
            .bind(line.at)
            .bind(&line.actor)
            .bind(&line.action)
            .bind(line.visit.clone())
            .bind(line.patient.clone())
            .bind(line.about.clone())
            .bind(&line.outcome)
            .bind(mac.to_string())
            .execute(self.connection())
            .await?;
        }
        sqlx::query("UPDATE audit_head SET mac = $1 WHERE one = 1")
            .bind(mac.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says with which key this database's audit is sealed, if that was not said before.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn claim_audit(&mut self, key: &AuditKey) -> Result<(), StoreError> {
        sqlx::query("UPDATE audit_head SET key_check = $1 WHERE one = 1 AND key_check = ''")
            .bind(key.check().to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

impl Store {
    /// The last line's number and seal, as the database has them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn audit_head(&self) -> Result<Head, StoreError> {
        let row =
            sqlx::query("SELECT last, mac FROM audit_head WHERE one = 1").fetch_one(self.pool()).await?;
        Ok(Head { last: row.try_get(0)?, mac: row.try_get(1)? })
    }

    /// The check of the key with which the audit is sealed. Empty: with none yet.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn audit_key_check(&self) -> Result<String, StoreError> {
        let row =
            sqlx::query("SELECT key_check FROM audit_head WHERE one = 1").fetch_one(self.pool()).await?;
        Ok(row.try_get(0)?)
    }

    /// At most `limit` lines of the audit after the one with this number, in order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn audit_after(&self, id: i64, limit: u32) -> Result<Vec<SealedLine>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, at, actor, action, visit, patient, about, outcome, mac FROM audit WHERE id > $1 \
             ORDER BY id LIMIT $2",
        )
        .bind(id)
        .bind(i64::from(limit))
        .fetch_all(self.pool())
        .await?;
        rows.iter().map(sealed_line).collect()
    }

    /// At most `limit` lines with numbers and times between these, the first of each pair of numbers and the last of each not among
    /// them, by number. `conditions` and `order` are SQL of our own; what anybody typed is in `texts`, for its placeholders from
    /// `$6`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn audit_found(
        &self,
        conditions: &str,
        order: &'static str,
        (after, before, from, until, limit): (i64, i64, i64, i64, u32),
        texts: Vec<String>,
    ) -> Result<Vec<SealedLine>, StoreError> {
        let sql = format!(
            "SELECT id, at, actor, action, visit, patient, about, outcome, mac FROM audit \
             WHERE id > $1 AND id < $2 AND at >= $3 AND at < $4{conditions} ORDER BY id {order} LIMIT $5"
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for number in [after, before, from, until, i64::from(limit)] {
            query = query.bind(number);
        }
        for text in texts {
            query = query.bind(text);
        }
        let rows = query.fetch_all(self.pool()).await?;
        rows.iter().map(sealed_line).collect()
    }
}

fn sealed_line(row: &AnyRow) -> Result<SealedLine, StoreError> {
    Ok(SealedLine {
        id: row.try_get(0)?,
        line: Line {
            at: row.try_get(1)?,
            actor: row.try_get(2)?,
            action: row.try_get(3)?,
            visit: row.try_get(4)?,
            patient: row.try_get(5)?,
            about: row.try_get(6)?,
            outcome: row.try_get(7)?,
        },
        mac: row.try_get(8)?,
    })
}
