//! The visits that are not over, folded, and how long those of each provider take.

use crate::domain::{
    visit::{Event, StaffId, Visit, VisitId},
    wait::Record,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// The visits that are not over, as of one event.
#[derive(Debug, Default)]
pub struct Open {
    visits: HashMap<VisitId, Arc<Visit>>,
    /// How long the visits of each provider took, and who waits for them.
    pub(super) record: Record,
    /// Whose they are: what one provider's patients ask must not cost more when others have many.
    of: HashMap<StaffId, HashSet<VisitId>>,
}

impl Open {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = (VisitId, &Arc<Visit>)> {
        self.visits.iter().map(|(id, visit)| (*id, visit))
    }

    /// One of them. None: it is over, or there is no such visit.
    pub fn get(&self, id: VisitId) -> Option<&Arc<Visit>> {
        self.visits.get(&id)
    }

    /// Those of one provider.
    pub fn of(&self, provider: StaffId) -> impl Iterator<Item = &Visit> {
        let ids = self.of.get(&provider).into_iter().flatten();
        ids.filter_map(|id| self.visits.get(id)).map(AsRef::as_ref)
    }

    /// Takes the next event in. None, and nothing changes, if it is about a visit that is not in here and did not begin with it:
    /// then its log has to be read.
    pub fn take(&mut self, id: VisitId, event: &Event) -> Option<Arc<Visit>> {
        let before = self.visits.get(&id).map(|visit| Visit::clone(visit));
        let after = Arc::new(Visit::fold(before, event)?);
        self.put(id, event, Arc::clone(&after));
        Some(after)
    }

    /// Takes the next event in whose visit is known to stand like this after it.
    pub fn put(&mut self, id: VisitId, event: &Event, after: Arc<Visit>) {
        let before = self.visits.get(&id).map(AsRef::as_ref);
        self.record.hear(id, event, before, &after);
        self.set(id, (!after.stage.is_over()).then_some(after));
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

/// The same, made from logs: it remembers visits that are over as well, since who left may come back.
#[derive(Debug, Default)]
pub struct Past {
    over: HashMap<VisitId, Arc<Visit>>,
    /// As of the last event taken in.
    pub open: Open,
}

impl Past {
    /// Takes the next event in. How its visit stands after it; none if its log does not begin with an appointment.
    pub fn take(&mut self, id: VisitId, event: &Event) -> Option<Arc<Visit>> {
        let Some(over) = self.over.remove(&id) else {
            let after = self.open.take(id, event)?;
            return Some(self.remember(id, after));
        };
        let after = Arc::new(Visit::fold(Some(Visit::clone(&over)), event)?);
        self.open.put(id, event, Arc::clone(&after));
        Some(self.remember(id, after))
    }

    fn remember(&mut self, id: VisitId, after: Arc<Visit>) -> Arc<Visit> {
        if after.stage.is_over() {
            self.over.insert(id, Arc::clone(&after));
        }
        after
    }
}
