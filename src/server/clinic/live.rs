//! The visits that are not over, folded, in memory: nothing that a page asks for again and again goes to the database.

use crate::{
    domain::visit::{Visit, VisitId},
    server::store::{Store, StoreError, Stored},
};
use std::{collections::HashMap, sync::Arc};

/// The visits that are not over, as of one event.
#[derive(Debug, Default)]
pub(super) struct Live {
    /// The id of the last event that is in here.
    pub last: u64,
    pub visits: HashMap<VisitId, Arc<Visit>>,
}

impl Live {
    /// Folds the logs of what is open.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        let tail = store.open_logs().await?;
        let mut folded: HashMap<VisitId, Visit> = HashMap::new();
        for Stored { visit, event, .. } in &tail.events {
            if let Some(state) = Visit::fold(folded.remove(visit), event) {
                folded.insert(*visit, state);
            }
        }
        let visits = folded.into_iter().map(|(id, visit)| (id, Arc::new(visit))).collect();
        Ok(Self { last: tail.last, visits })
    }

    /// Takes the next event in. None, and nothing changes, if it is about a visit that is not in memory and did not begin
    /// with it: then its log has to be read.
    pub fn take(&mut self, stored: &Stored) -> Option<Arc<Visit>> {
        let before = self.visits.get(&stored.visit).map(|visit| Visit::clone(visit));
        let after = Arc::new(Visit::fold(before, &stored.event)?);
        self.put(stored, Arc::clone(&after));
        Some(after)
    }

    /// Takes the next event in whose visit is known to stand like this after it.
    pub fn put(&mut self, stored: &Stored, after: Arc<Visit>) {
        self.last = stored.id;
        if after.stage.is_over() {
            self.visits.remove(&stored.visit);
        } else {
            self.visits.insert(stored.visit, after);
        }
    }
}
