//! The visits that are not over, folded, in memory: nothing that a page asks for again and again goes to the database.

use crate::{
    domain::{
        visit::{StaffId, StaffRole, Visit, VisitId},
        wait::Record,
    },
    server::store::{Store, StoreError, Stored, Tail},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// How many of each provider's visits that are over are read at the start, to know how long theirs take.
const PAST_VISITS: u32 = 80;

/// The visits that are not over, as of one event.
#[derive(Debug, Default)]
pub(super) struct Live {
    /// The id of the last event that is in here.
    pub last: u64,
    pub visits: HashMap<VisitId, Arc<Visit>>,
    /// How long the visits of each provider took, and who waits for them.
    pub record: Record,
    /// Whose they are: what one provider's patients ask must not cost more when others have many.
    of: HashMap<StaffId, HashSet<VisitId>>,
}

impl Live {
    /// Folds the logs of what is open, and of each provider's last visits.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        let Tail { last, mut events } = store.open_logs().await?;
        for provider in store.all_staff().await?.iter().filter(|staff| staff.role == StaffRole::Provider) {
            events.extend(store.last_logs(provider.id, PAST_VISITS, last).await?);
        }
        // As they happened. A visit that ended while this was read is in there twice.
        events.sort_unstable_by_key(|stored| stored.id);
        events.dedup_by_key(|stored| stored.id);
        let mut live = Self { last, ..Self::default() };
        let mut folded: HashMap<VisitId, Visit> = HashMap::new();
        for Stored { visit, event, .. } in &events {
            let before = folded.remove(visit);
            if let Some(after) = Visit::fold(before.clone(), event) {
                live.record.hear(*visit, event, before.as_ref(), &after);
                folded.insert(*visit, after);
            }
        }
        for (id, visit) in folded.into_iter().filter(|(_, visit)| !visit.stage.is_over()) {
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
        let before = self.visits.get(&stored.visit).map(AsRef::as_ref);
        self.record.hear(stored.visit, &stored.event, before, &after);
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
