//! The processes that share a PostgreSQL, and whose pages are open at which.

use super::{
    DatabaseKind, NodeId, Notice, Store, StoreError, desk_log,
    log::{natural, number},
    notice,
};
use crate::domain::{
    others::DeskChange,
    visit::{Millis, StaffId, VisitId},
};
use sqlx::{Any, Row, Transaction};
use std::{collections::HashSet, fmt};

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// The patient of this visit.
    Patient(VisitId),
    /// Somebody who works here.
    Staff(StaffId),
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Patient(visit) => write!(f, "visit:{visit}"),
            Self::Staff(staff) => write!(f, "staff:{staff}"),
        }
    }
}

impl Who {
    fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        match kind {
            "visit" => VisitId::try_from(id.to_owned()).ok().map(Self::Patient),
            "staff" => StaffId::try_from(id.to_owned()).ok().map(Self::Staff),
            _ => None,
        }
    }
}

/// A process, as its row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeRow {
    /// Which.
    pub id: NodeId,
    /// Grows every few seconds while it lives.
    pub beat: i64,
    /// Grows when its pages change.
    pub changes: i64,
    /// Where its calls are.
    pub rooms: String,
}

impl Store {
    /// Which process this is.
    pub fn node(&self) -> NodeId {
        self.node
    }

    /// Whether other processes may write as well, so that this one's memory can be behind.
    pub fn is_shared(&self) -> bool {
        self.kind() == DatabaseKind::Postgres
    }

    /// Renews this process's row; with what has changed since the last time. False, and nothing is written, when the row is gone:
    /// others took this process for dead.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn beat(&self, came: &[Who], went: &[Who]) -> Result<bool, StoreError> {
        let mut tx = self.begin_own().await?;
        let changed = !came.is_empty() || !went.is_empty();
        let renewed = sqlx::query("UPDATE nodes SET beat = beat + 1, changes = changes + $2 WHERE id = $1")
            .bind(self.node.to_string())
            .bind(i64::from(changed))
            .execute(&mut *tx)
            .await?;
        if renewed.rows_affected() == 0 {
            return Ok(false);
        }
        for who in went {
            sqlx::query("DELETE FROM pages WHERE node = $1 AND who = $2")
                .bind(self.node.to_string())
                .bind(who.to_string())
                .execute(&mut *tx)
                .await?;
        }
        self.add_pages(&mut tx, came).await?;
        let notice = if changed { Notice::Pages } else { Notice::Beat };
        notice::tell(&mut tx, self.node, notice).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Makes this process known to the others, with all its pages. `rooms`: where its calls are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn join_nodes(&self, rooms: &str, now: Millis, pages: &[Who]) -> Result<(), StoreError> {
        let mut tx = self.begin_own().await?;
        forget(&mut tx, self.node).await?;
        sqlx::query("INSERT INTO nodes (id, beat, changes, rooms) VALUES ($1, 0, $2, $3)")
            .bind(self.node.to_string())
            // A number that it had not when the others took it for dead.
            .bind(number(now.0)?)
            .bind(rooms.to_owned())
            .execute(&mut *tx)
            .await?;
        self.add_pages(&mut tx, pages).await?;
        notice::tell(&mut tx, self.node, Notice::Pages).await?;
        Ok(tx.commit().await?)
    }

    /// Takes a process out of the list: this one, which ends, or (`beat`: what was seen of it last) another one that is dead. Not
    /// if that lives all the same. `now`: from then on nobody is at their desk there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn leave_nodes(&self, node: NodeId, beat: Option<i64>, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.begin_own().await?;
        if let Some(beat) = beat {
            let dead = sqlx::query("DELETE FROM nodes WHERE id = $1 AND beat = $2")
                .bind(node.to_string())
                .bind(beat)
                .execute(&mut *tx)
                .await?;
            if dead.rows_affected() == 0 {
                return Ok(());
            }
        }
        forget(&mut tx, node).await?;
        let gone = DeskChange { node: Some(node.into()), staff: None, at: now, is_there: false };
        desk_log::add(&mut tx, gone).await?;
        notice::tell(&mut tx, self.node, Notice::Pages).await?;
        Ok(tx.commit().await?)
    }

    /// All processes that are known, with this one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn nodes(&self) -> Result<Vec<NodeRow>, StoreError> {
        let rows = sqlx::query("SELECT id, beat, changes, rooms FROM nodes").fetch_all(self.pool()).await?;
        rows.iter()
            .map(|row| {
                let id = NodeId::parse(&row.try_get::<String, _>(0)?).ok_or(StoreError::Damaged("id"))?;
                Ok(NodeRow { id, beat: row.try_get(1)?, changes: row.try_get(2)?, rooms: row.try_get(3)? })
            })
            .collect()
    }

    /// Whose pages are open at a process.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn pages_at(&self, node: NodeId) -> Result<HashSet<Who>, StoreError> {
        let rows = sqlx::query("SELECT who FROM pages WHERE node = $1")
            .bind(node.to_string())
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| Who::parse(&row.try_get::<String, _>(0)?).ok_or(StoreError::Damaged("id")))
            .collect()
    }

    /// The id of the last event that anybody has committed.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn last(&self) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT last FROM head WHERE one = 1").fetch_one(self.pool()).await?;
        natural(row.try_get(0)?)
    }

    /// For rows that no other process writes: it does not wait in line, so a sign of life is never late because others write much.
    async fn begin_own(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.pool().begin().await?)
    }

    async fn add_pages(&self, tx: &mut Transaction<'static, Any>, pages: &[Who]) -> Result<(), StoreError> {
        for who in pages {
            sqlx::query("INSERT INTO pages (node, who) VALUES ($1, $2) ON CONFLICT (node, who) DO NOTHING")
                .bind(self.node.to_string())
                .bind(who.to_string())
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }
}

async fn forget(tx: &mut Transaction<'static, Any>, node: NodeId) -> Result<(), StoreError> {
    for statement in ["DELETE FROM pages WHERE node = $1", "DELETE FROM nodes WHERE id = $1"] {
        sqlx::query(statement).bind(node.to_string()).execute(&mut **tx).await?;
    }
    Ok(())
}
