//! The visits that are not over, folded, in memory: nothing that a page asks for again and again goes to the database.

use crate::{
    domain::{
        visit::{StaffRole, Visit, VisitId},
        wait::Record,
    },
    server::store::{Store, StoreError, Stored},
};
use std::{collections::HashMap, sync::Arc};

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
}

impl Live {
    /// Folds the logs of what is open.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        let tail = store.open_logs().await?;
        let mut events = tail.events;
        let staff = store.all_staff().await?;
        for provider in staff.iter().filter(|staff| staff.role == StaffRole::Provider) {
            events.extend(store.last_logs(provider.id, PAST_VISITS, tail.last).await?);
        }
        // As they happened. A visit that ended in between was read twice.
        events.sort_by_key(|stored| stored.id);
        events.dedup_by_key(|stored| stored.id);
        let mut live = Self { last: tail.last, ..Self::default() };
        let mut folded: HashMap<VisitId, Visit> = HashMap::new();
        for Stored { visit, event, .. } in &events {
            let before = folded.remove(visit);
            if let Some(after) = Visit::fold(before.clone(), event) {
                live.record.hear(*visit, event, before.as_ref(), &after);
                folded.insert(*visit, after);
            }
        }
        let open = folded.into_iter().filter(|(_, visit)| !visit.stage.is_over());
        live.visits = open.map(|(id, visit)| (id, Arc::new(visit))).collect();
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
        if after.stage.is_over() {
            self.visits.remove(&stored.visit);
        } else {
            self.visits.insert(stored.visit, after);
        }
    }
}
