//! The visits that are not over, folded, in memory: nothing that a page asks for again and again goes to the database.

use crate::{
    domain::{
        others::{Open, Past},
        visit::{StaffRole, Visit},
    },
    server::store::{Store, StoreError, Stored, Tail},
};
use std::sync::Arc;

/// How many of each provider's visits that are over are read at the start, to know how long theirs take.
pub(super) const PAST_VISITS: u32 = 80;

/// The visits that are not over, as of one event.
#[derive(Debug, Default)]
pub(super) struct Live {
    /// The id of the last event that is in here.
    pub last: u64,
    pub open: Open,
}

impl Live {
    /// Folds the logs of what is open, and of each provider's last visits.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        let Tail { last, mut events } = store.open_logs().await?;
        for provider in store.all_staff().await?.iter().filter(|staff| staff.role == StaffRole::Provider) {
            events.extend(store.last_logs(provider.id, PAST_VISITS, None, Some(last)).await?);
        }
        // As they happened. A visit that ended while this was read is in there twice.
        events.sort_unstable_by_key(|stored| stored.id);
        events.dedup_by_key(|stored| stored.id);
        let mut past = Past::default();
        for Stored { visit, event, .. } in &events {
            past.take(*visit, event);
        }
        Ok(Self { last, open: past.open })
    }

    /// Takes the next event in. None, and nothing changes, if it is about a visit that is not in memory and did not begin
    /// with it: then its log has to be read.
    pub fn take(&mut self, stored: &Stored) -> Option<Arc<Visit>> {
        let after = self.open.take(stored.visit, &stored.event)?;
        self.last = stored.id;
        Some(after)
    }

    /// Takes the next event in whose visit is known to stand like this after it.
    pub fn put(&mut self, stored: &Stored, after: Arc<Visit>) {
        self.last = stored.id;
        self.open.put(stored.visit, &stored.event, after);
    }
}
