//! The wait that is left, as a low and a high quantile of what it may be.

use super::{
    pace::{Pace, SESSION, Waiter},
    record::Record,
    spread::Spread,
};
use crate::domain::visit::{Millis, StaffId, VisitId};

/// One wait in ten is shorter than this, …
const LOW: f64 = 0.1;
/// … and one in ten longer than this.
const HIGH: f64 = 0.9;

/// How long a wait may still be, and what that was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Minutes; few waits are shorter.
    pub low: u32,
    /// Minutes; few waits are longer.
    pub high: u32,
    /// When the oldest turn that counted ended.
    pub oldest: Millis,
    /// When the newest did.
    pub newest: Millis,
}

impl Record {
    /// How long the patient of this visit, who is ready and waits for this provider, may still wait. None: too little is known, or
    /// the provider is not there. `is_at_desk`: whether a page of the provider's is open.
    pub fn estimate(
        &self,
        visit: VisitId,
        provider: StaffId,
        is_at_desk: bool,
        now: Millis,
    ) -> Option<Estimate> {
        let pace = self.pace(provider)?;
        let own = pace.queue.get(&visit).filter(|waiter| waiter.is_ready)?;
        let before = |waiter: &&Waiter| waiter.key < own.key;
        let sure = pace.queue.values().filter(before).filter(|other| other.available_since.is_some()).count();
        // Who gets ready, or is away, may come in time to keep the place, or not.
        let unsure = pace.queue.values().filter(before).count() - sure;
        let is_free = pace.in_room.is_empty();
        let until_next = if is_free { pace.gap_left(is_at_desk, now)? } else { pace.turns_left(now)? };
        let is_next = is_free && sure == 0;
        let at_most = if is_next { sure } else { sure + unsure };
        let (oldest, newest) = pace.history.age()?;
        Some(Estimate {
            low: until_next.quantile_with(pace.history.several(sure)?, LOW)?,
            high: until_next.quantile_with(pace.history.several(at_most)?, HIGH)?,
            oldest,
            newest,
        })
    }
}

impl Pace {
    /// Until whoever is in the room has left it, and one more is let in.
    fn turns_left(&self, now: Millis) -> Option<Spread> {
        let left =
            |sum: Spread, in_room: Millis| Some(sum.then(&self.history.rest_of_turn(now.since(in_room))?));
        self.in_room.values().map(|in_room| in_room.admitted_at).try_fold(Spread::nothing(), left)
    }

    /// Until the provider, who is free, lets one more in. Who has not begun, or is not there, may do so at any time.
    fn gap_left(&self, is_at_desk: bool, now: Millis) -> Option<Spread> {
        let freed_at = self.freed_at.filter(|freed| is_at_desk && now <= freed.plus(SESSION))?;
        let available = self.queue.values().filter(|waiter| waiter.available_since.is_some());
        let first = available.min_by_key(|waiter| waiter.key).and_then(|waiter| waiter.available_since);
        self.history.rest_of_gap(now.since(freed_at.max(first.unwrap_or(now))))
    }
}
