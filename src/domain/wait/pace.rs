//! What one provider's recent visits took, and what they do now.

use super::history::{History, Turn};
use crate::domain::visit::{Millis, VisitId};
use std::{collections::BTreeMap, time::Duration};

/// After so long without a patient a provider has not paused, but gone: what comes then is another session.
pub(super) const SESSION: Duration = Duration::from_hours(4);

/// Somebody who is in the provider's room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InRoom {
    pub admitted_at: Millis,
    pub gap: Option<Duration>,
}

/// Somebody who has checked in and is not in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Waiter {
    /// Where they stand in the queue.
    pub key: (Millis, Millis, u128),
    /// Whether they are ready, and not only getting ready.
    pub is_ready: bool,
    /// Since when they could be let in: ready, and their page is there. None: they could not now.
    pub available_since: Option<Millis>,
}

/// What one provider's recent visits took, and what they do now.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Pace {
    pub history: History,
    pub in_room: BTreeMap<VisitId, InRoom>,
    pub queue: BTreeMap<VisitId, Waiter>,
    /// When they last were free again.
    pub freed_at: Option<Millis>,
}

impl Pace {
    /// A patient was let in, who could have been since `available_since`.
    pub fn admitted(&mut self, visit: VisitId, now: Millis, available_since: Option<Millis>) {
        let freed_at = self.freed_at.filter(|freed| self.in_room.is_empty() && now <= freed.plus(SESSION));
        let gap = freed_at.zip(available_since).map(|(freed, since)| now.since(freed.max(since)));
        self.in_room.insert(visit, InRoom { admitted_at: now, gap });
    }

    /// A patient is not in the room any more. `seen`: and was not merely not ready for it.
    pub fn freed(&mut self, visit: VisitId, now: Millis, seen: bool) {
        let Some(InRoom { admitted_at, gap }) = self.in_room.remove(&visit) else { return };
        if !seen {
            return;
        }
        self.freed_at = Some(now);
        self.history.add(Turn { admitted_at, freed_at: now, gap });
    }

    /// Whether there is nothing in here that anybody could need.
    pub fn is_blank(&self) -> bool {
        self.history.is_empty() && self.in_room.is_empty() && self.queue.is_empty()
    }
}
