//! What is known of every provider's pace, from every event of every visit.

use super::pace::{Pace, Waiter};
use crate::domain::visit::{Change, Event, Presence, StaffId, Stage, Visit, VisitId};
use std::collections::HashMap;

/// What is known of every provider's pace. Bounded: the last turns of each, and the visits that are not over.
#[derive(Debug, Clone, Default)]
pub struct Record {
    paces: HashMap<StaffId, Pace>,
}

impl Record {
    /// Takes in the next event of a visit, and how it stood before and stands after it. Events come in the order in which they
    /// happened; those of visits that are not over must not be missing.
    pub fn hear(&mut self, id: VisitId, event: &Event, before: Option<&Visit>, after: &Visit) {
        let with = |visit: &Visit| visit.stage.room().map(|_| visit.provider);
        let waiter = before.and_then(|visit| {
            let queue = &mut self.paces.get_mut(&visit.provider)?.queue;
            queue.remove(&id)
        });
        let available_since = waiter.and_then(|waiter| waiter.available_since);
        let (was_with, is_with) = (before.and_then(with), with(after));
        if was_with != is_with {
            if let Some(pace) = was_with.and_then(|provider| self.paces.get_mut(&provider)) {
                pace.freed(id, event.at, event.change != Change::PutOff);
            }
            if let Some(provider) = is_with {
                self.of(provider).admitted(id, event.at, available_since);
            }
        }
        let waits = matches!(after.stage, Stage::CheckedIn | Stage::Waiting);
        if waits {
            let is_ready = after.stage == Stage::Waiting;
            let is_available = is_ready && after.presence == Presence::Here;
            let available_since = is_available.then(|| available_since.unwrap_or(event.at));
            self.of(after.provider).history.forget(event.at);
            let waiter = Waiter { key: after.queue_key(), is_ready, available_since };
            self.of(after.provider).queue.insert(id, waiter);
        }
        if let Some(before) = before.filter(|before| before.provider != after.provider || !waits)
            && self.paces.get(&before.provider).is_some_and(Pace::is_blank)
        {
            self.paces.remove(&before.provider);
        }
    }

    pub(super) fn pace(&self, provider: StaffId) -> Option<&Pace> {
        self.paces.get(&provider)
    }

    fn of(&mut self, provider: StaffId) -> &mut Pace {
        self.paces.entry(provider).or_default()
    }
}
