//! All sockets, and how many of them wait without a seat: they may not take the place of those who have one.

use super::{
    connection::{Connection, Phase},
    ids::ConnectionId,
};
use std::{collections::HashMap, time::Duration};

/// All sockets.
#[derive(Debug, Default)]
pub(super) struct Connections {
    all: HashMap<ConnectionId, Connection>,
    greeted: usize,
}

impl Connections {
    pub fn get(&self, id: ConnectionId) -> Option<&Connection> {
        self.all.get(&id)
    }

    /// To change anything but its phase: see [`enter`](Self::enter).
    pub fn get_mut(&mut self, id: ConnectionId) -> Option<&mut Connection> {
        self.all.get_mut(&id)
    }

    /// A new one, of which nothing is known.
    pub fn insert(&mut self, id: ConnectionId, connection: Connection) {
        self.all.insert(id, connection);
    }

    /// Moves one into another phase. False if there is no such one.
    pub fn enter(&mut self, id: ConnectionId, phase: Phase, now: Duration) -> bool {
        let Some(connection) = self.all.get_mut(&id) else { return false };
        let before = connection.phase;
        connection.enter(phase, now);
        self.count(before, false);
        self.count(phase, true);
        true
    }

    pub fn remove(&mut self, id: ConnectionId) -> Option<Connection> {
        let connection = self.all.remove(&id)?;
        self.count(connection.phase, false);
        Some(connection)
    }

    /// How many were greeted and have no seat.
    pub fn greeted(&self) -> usize {
        self.greeted
    }

    /// In no order.
    pub fn iter(&self) -> impl Iterator<Item = (ConnectionId, &Connection)> {
        self.all.iter().map(|(id, connection)| (*id, connection))
    }

    /// How many there are, with those that have not said hello, and those that are about to close.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    fn count(&mut self, phase: Phase, is_one_more: bool) {
        if phase == Phase::Greeted {
            self.greeted = self.greeted.saturating_add_signed(if is_one_more { 1 } else { -1 });
        }
    }
}
