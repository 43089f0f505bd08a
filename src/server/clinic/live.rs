//! The visits that are not over, folded, in memory: nothing that a page asks for again and again goes to the database.

use crate::{
    domain::visit::{StaffId, Visit, VisitId},
    server::store::{Store, StoreError, Stored},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// The visits that are not over, as of one event.
#[derive(Debug, Default)]
pub(super) struct Live {
    /// The id of the last event that is in here.
    pub last: u64,
    pub visits: HashMap<VisitId, Arc<Visit>>,
    /// Whose they are: what one provider's patients ask must not cost more when others have many.
    of: HashMap<StaffId, HashSet<VisitId>>,
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
        let mut live = Self { last: tail.last, ..Self::default() };
        for (id, visit) in folded {
            live.set(id, Some(Arc::new(visit)));
        }
        Ok(live)
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
        self.set(stored.visit, (!after.stage.is_over()).then_some(after));
    }

    /// The visits of one provider.
    pub fn of(&self, provider: StaffId) -> impl Iterator<Item = &Visit> {
        let ids = self.of.get(&provider).into_iter().flatten();
        ids.filter_map(|id| self.visits.get(id)).map(AsRef::as_ref)
    }

    /// How a visit stands from now on. None: it is over.
    fn set(&mut self, id: VisitId, now: Option<Arc<Visit>>) {
        let provider = now.as_ref().map(|visit| visit.provider);
        let before = match now {
            Some(visit) => self.visits.insert(id, visit),
            None => self.visits.remove(&id),
        };
        let before = before.map(|visit| visit.provider);
        if before == provider {
            return;
        }
        if let Some(before) = before
            && let Some(ids) = self.of.get_mut(&before)
        {
            ids.remove(&id);
            if ids.is_empty() {
                self.of.remove(&before);
            }
        }
        if let Some(provider) = provider {
            self.of.entry(provider).or_default().insert(id);
        }
    }
}
