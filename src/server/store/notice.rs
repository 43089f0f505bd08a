//! What the processes that share a PostgreSQL tell each other as soon as it is committed (NOTIFY). A notice can be lost, as when a
//! connection breaks, so each only says where to look: everything else is in the tables.

use super::{DatabaseKind, Store, StoreError, Tx};
use crate::{
    domain::visit::{SeatId, StaffId},
    server::random::{self, RandomError},
};
use secrecy::ExposeSecret;
use sqlx::{AnyConnection, postgres::PgListener};
use std::fmt;

const CHANNEL: &str = "owl";

/// A process, for as long as it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(u128);

impl NodeId {
    pub(super) fn random() -> Result<Self, RandomError> {
        Ok(Self(u128::from_be_bytes(random::bytes()?)))
    }

    /// As it is stored. None if that is something else.
    pub fn parse(text: &str) -> Option<Self> {
        u128::from_str_radix(text, 16).ok().map(Self)
    }
}

impl From<NodeId> for u128 {
    fn from(node: NodeId) -> Self {
        node.0
    }
}

impl From<u128> for NodeId {
    fn from(node: u128) -> Self {
        Self(node)
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// What one process tells the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The log has grown up to this id.
    Log(u64),
    /// A place, in a visit of this provider, was taken by another device, or its links were taken away.
    Seat(StaffId, SeatId),
    /// Something beside a visit's log has changed.
    Record,
    /// Other pages are open at the sender than before.
    Pages,
    /// The sender lives.
    Beat,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Log(id) => write!(f, "log {id}"),
            Self::Seat(provider, seat) => write!(f, "seat {provider} {seat}"),
            Self::Record => f.write_str("record"),
            Self::Pages => f.write_str("pages"),
            Self::Beat => f.write_str("beat"),
        }
    }
}

impl Notice {
    /// None for what a newer version may say.
    fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        match words[..] {
            ["log", id] => id.parse().ok().map(Self::Log),
            ["seat", provider, seat] => Some(Self::Seat(
                StaffId::try_from(provider.to_owned()).ok()?,
                SeatId::try_from(seat.to_owned()).ok()?,
            )),
            ["record"] => Some(Self::Record),
            ["pages"] => Some(Self::Pages),
            ["beat"] => Some(Self::Beat),
            _ => None,
        }
    }
}

impl Tx {
    /// Tells the other processes, if this is committed. On SQLite there are none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn tell(&mut self, notice: Notice) -> Result<(), StoreError> {
        let node = self.node();
        match self.kind() {
            DatabaseKind::Sqlite => Ok(()),
            DatabaseKind::Postgres => tell(self.connection(), node, notice).await,
        }
    }
}

/// Tells the other processes, once what is under way on this connection is committed.
pub(super) async fn tell(
    connection: &mut AnyConnection,
    node: NodeId,
    notice: Notice,
) -> Result<(), StoreError> {
    sqlx::query("SELECT pg_notify($1, $2)")
        .bind(CHANNEL)
        .bind(format!("{node} {notice}"))
        .execute(connection)
        .await?;
    Ok(())
}

/// Hears what others tell, and oneself.
pub struct Listener(PgListener);

impl Store {
    /// Begins to listen. None on SQLite, where nobody tells anything.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn listen(&self) -> Result<Option<Listener>, StoreError> {
        let Some(url) = &self.url else { return Ok(None) };
        let mut listener = PgListener::connect(url.expose_secret()).await?;
        // A new one is made then, so that whoever listens learns of it.
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        Ok(Some(Listener(listener)))
    }
}

impl Listener {
    /// The next notice, and whose it is.
    ///
    /// # Errors
    /// When the connection is lost: what was told since may be missed. Make a new one, and look.
    pub async fn next(&mut self) -> Result<(NodeId, Notice), StoreError> {
        loop {
            let notification = self.0.try_recv().await?.ok_or(StoreError::Database("no connection"))?;
            let heard = notification
                .payload()
                .split_once(' ')
                .and_then(|(node, notice)| Some((NodeId::parse(node)?, Notice::parse(notice)?)));
            if let Some(heard) = heard {
                return Ok(heard);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_understood() {
        for notice in [
            Notice::Log(7),
            Notice::Seat(StaffId(1), SeatId(u128::MAX)),
            Notice::Record,
            Notice::Pages,
            Notice::Beat,
        ] {
            assert_eq!(Notice::parse(&notice.to_string()), Some(notice));
        }
        for other in ["", "log", "log x", "seat 1 2", "what a newer version says"] {
            assert_eq!(Notice::parse(other), None, "{other}");
        }
    }
}
