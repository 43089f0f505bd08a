//! What the page of somebody who waits is told of other visits.

use super::Open;
use crate::domain::{
    visit::{Millis, Stage, Visit, VisitId},
    wait::Range,
};
use serde::{Deserialize, Serialize};

/// What a provider does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ProviderStatus {
    /// Has not come to the waiting room yet.
    NotHere,
    /// Is there.
    Here,
    /// Is with another patient.
    WithAnother,
}

/// A range for a wait, made from what really happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WaitRange {
    /// Minutes, at least; 0: it may be at once.
    pub from: u32,
    /// Minutes, at most.
    pub to: u32,
    /// How many days old the oldest visit is that it was made from, by the clinic's calendar; 0: all are of today.
    pub days: u32,
}

impl WaitRange {
    /// Without its age.
    pub fn range(self) -> Range {
        Range { from: self.from, to: self.to }
    }
}

/// What other visits have to do with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What the provider does.
    pub status: ProviderStatus,
    /// How many come before it for the same provider. None: it does not wait, or the clinic does not show it.
    pub before: Option<u32>,
    /// How long it may still take. None: it does not wait, or too little is known.
    pub wait: Option<WaitRange>,
}

/// How a clinic shows it.
#[derive(Clone, Copy)]
pub struct Showing<'a> {
    /// Whether it shows how many come before somebody.
    pub place: bool,
    /// How many days the second time is after the first, by the clinic's calendar.
    pub days: &'a dyn Fn(Millis, Millis) -> u32,
}

impl Open {
    /// What the page of this visit's patient is told of other visits. `shown`: the range that it was told last, which stays while it
    /// is true enough.
    pub fn facts(
        &self,
        (id, visit): (VisitId, &Visit),
        is_at_desk: bool,
        now: Millis,
        shown: Option<Range>,
        showing: Showing<'_>,
    ) -> Facts {
        let waits = visit.is_in_queue();
        let estimate = if waits { self.record.estimate(id, visit.provider, is_at_desk, now) } else { None };
        Facts {
            status: self.status(visit, is_at_desk),
            before: (waits && showing.place).then(|| self.before(visit)),
            wait: estimate.map(|estimate| {
                let Range { from, to } = Range::after(shown, &estimate);
                WaitRange { from, to, days: (showing.days)(estimate.oldest, now) }
            }),
        }
    }

    fn status(&self, visit: &Visit, is_at_desk: bool) -> ProviderStatus {
        let is_with = |other: &Visit| other.seat != visit.seat && other.stage.room().is_some();
        if self.of(visit.provider).any(is_with) {
            ProviderStatus::WithAnother
        } else if is_at_desk {
            ProviderStatus::Here
        } else {
            ProviderStatus::NotHere
        }
    }

    /// How many come before this one for the same provider. Who is away keeps the place, and is counted; so is who checked in
    /// earlier and is about to be ready, or "you are next" would be taken back a moment later.
    fn before(&self, visit: &Visit) -> u32 {
        let own = visit.queue_key();
        let comes =
            |other: &&Visit| other.is_in_queue() || (other.stage == Stage::CheckedIn && other.is_here());
        let before = self.of(visit.provider).filter(comes).filter(|other| other.queue_key() < own);
        u32::try_from(before.count()).unwrap_or(u32::MAX)
    }
}
