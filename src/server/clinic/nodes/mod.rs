//! Several processes at one PostgreSQL: what one does, the others' pages show; who is at one is there for all.
//!
//! Nobody leads. Each process writes down whose pages are open at it, reads what the others have written, and does everything itself
//! that any of them may do; what two do at once, the log lets happen once. On SQLite there are no others, and nothing here runs.

mod company;
mod neighbours;

pub use company::keep_company;
pub(super) use neighbours::Neighbours;

use super::{Clinic, ClinicError};
use crate::server::store::Who;
use neighbours::Neighbour;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// After so many beats of this process without one of another, that is dead.
const SILENT_BEATS: u32 = 5;

impl Clinic {
    /// Whether this process knows whose pages are open at the others. Always, where there are none.
    pub fn knows_the_others(&self) -> bool {
        !self.store().is_shared() || self.neighbours.is_fresh(self.now())
    }

    /// Publishes what other processes have committed, if this one's memory is behind.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn keep_up(&self) -> Result<(), ClinicError> {
        if self.store().is_shared() && self.store().last().await? > self.hub().last() {
            self.hub().catch_up(self.store()).await?;
        }
        Ok(())
    }

    /// Shows the other processes that this one lives, and whose pages are open here.
    ///
    /// # Errors
    /// See [`ClinicError`]. The next time makes up for it.
    pub async fn show_up(&self) -> Result<(), ClinicError> {
        let mut shown = self.neighbours.shown.lock().await;
        let now: HashSet<Who> =
            self.presence.counted(self.now()).into_iter().chain(self.desk.all()).collect();
        let is_known = match &*shown {
            Some(before) => {
                let came: Vec<Who> = now.difference(before).copied().collect();
                let went: Vec<Who> = before.difference(&now).copied().collect();
                self.store().beat(&came, &went).await?
            }
            None => false,
        };
        if !is_known {
            if shown.take().is_some() {
                self.desk.note_all(self.now());
            }
            let pages: Vec<Who> = now.iter().copied().collect();
            self.store().join_nodes(self.neighbours.rooms(), self.now(), &pages).await?;
        }
        *shown = Some(now);
        Ok(())
    }

    /// Looks whose pages are open at the other processes. `after_a_beat`: who has not moved since the last such look may be dead.
    ///
    /// # Errors
    /// See [`ClinicError`]. What was known stays.
    pub async fn look_around(&self, after_a_beat: bool) -> Result<(), ClinicError> {
        let known = self.neighbours.all();
        let mut others = HashMap::new();
        for row in self.store().nodes().await? {
            if row.id == self.store().node() {
                continue;
            }
            let before = known.get(&row.id);
            let silent = match before {
                Some(before) if before.beat == row.beat => before.silent + u32::from(after_a_beat),
                _ => 0,
            };
            if silent >= SILENT_BEATS {
                tracing::warn!(
                    "another node gives no sign of life any more; its patients are looked for elsewhere"
                );
                self.store().leave_nodes(row.id, Some(row.beat), self.now()).await?;
                continue;
            }
            let pages = match before {
                Some(before) if before.changes == row.changes => Arc::clone(&before.pages),
                _ => Arc::new(self.store().pages_at(row.id).await?),
            };
            if before.is_none() && !is_same_place(&row.rooms, self.neighbours.rooms()) {
                tracing::error!(
                    "another node on this database has its rooms elsewhere: people at different nodes cannot meet. Give all nodes \
                     the same ROOMS_URL, or Twilio"
                );
            }
            others.insert(row.id, Neighbour { beat: row.beat, changes: row.changes, silent, pages });
        }
        for (staff, is_there) in self.neighbours.replace(others, self.now()) {
            if !self.desk.is_there(staff) {
                self.tell_of(staff, is_there);
            }
        }
        Ok(())
    }
}

/// Rooms within a process are at no other.
fn is_same_place(one: &str, other: &str) -> bool {
    one == other && one != neighbours::WITHIN
}
