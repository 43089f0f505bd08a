//! What one provider's last turns took, as spreads of which sums are made.

use super::spread::{Cumulative, Spread};
use crate::domain::visit::Millis;
use std::{collections::VecDeque, sync::OnceLock, time::Duration};

/// How many turns are kept of each provider: some days' work, so that a new way of working soon shows.
pub(super) const KEPT: usize = 60;
/// Turns that are older say nothing of today.
const TOO_OLD: Duration = Duration::from_hours(30 * 24);
/// Fewer turns say too little.
const ENOUGH_TURNS: usize = 8;
/// Fewer gaps say too little.
const ENOUGH_GAPS: usize = 5;
/// When what is in progress outlasts all but so few that were seen, nobody knows how long it will go on.
const ENOUGH_THAT_LASTED: usize = 3;
/// For whoever has more before them nothing is foretold.
const MOST_BEFORE: usize = 24;

/// From letting a patient in to being free again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub admitted_at: Millis,
    pub freed_at: Millis,
    /// How long the provider had been free, and the patient there, before it. None: it began a session.
    pub gap: Option<Duration>,
}

/// What one provider's last turns took.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct History {
    /// The oldest first.
    turns: VecDeque<Turn>,
    /// Made when first asked for, anew after each turn.
    spreads: OnceLock<Option<Spreads>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Spreads {
    gap: Spread,
    /// What one patient takes: a turn, and the gap after it.
    patient: Spread,
    /// By how many patients.
    several: [OnceLock<(Spread, Cumulative)>; MOST_BEFORE + 1],
}

impl History {
    pub fn add(&mut self, turn: Turn) {
        self.turns.push_back(turn);
        if self.turns.len() > KEPT {
            self.turns.pop_front();
        }
        self.spreads = OnceLock::new();
    }

    /// Forgets what is too old.
    pub fn forget(&mut self, now: Millis) {
        let is_old = |turn: &Turn| turn.freed_at.plus(TOO_OLD) < now;
        while self.turns.front().is_some_and(is_old) {
            self.turns.pop_front();
            self.spreads = OnceLock::new();
        }
    }

    pub fn is_empty(&self) -> bool {
        self.turns.is_empty()
    }

    /// When the oldest and the newest turn ended.
    pub fn age(&self) -> Option<(Millis, Millis)> {
        Some((self.turns.front()?.freed_at, self.turns.back()?.freed_at))
    }

    /// How long a provider takes who is with somebody since so long, until one more is let in. None: longer than is known of.
    pub fn rest_of_turn(&self, since: Duration) -> Option<Spread> {
        let turns = self.turns.iter().map(|turn| turn.freed_at.since(turn.admitted_at));
        Some(rest(turns, since)?.then(&self.spreads()?.gap))
    }

    /// How long a provider takes who is free since so long, until one more is let in. None: longer than is known of.
    pub fn rest_of_gap(&self, since: Duration) -> Option<Spread> {
        self.spreads()?;
        rest(self.turns.iter().filter_map(|turn| turn.gap), since)
    }

    /// How long so many patients take, one after another. None: too little is known, or they are too many.
    pub fn several(&self, patients: usize) -> Option<&Cumulative> {
        Some(&self.spreads()?.several(patients)?.1)
    }

    fn spreads(&self) -> Option<&Spreads> {
        self.spreads.get_or_init(|| Spreads::of(&self.turns)).as_ref()
    }
}

impl Spreads {
    fn of(turns: &VecDeque<Turn>) -> Option<Self> {
        let gaps = turns.iter().filter_map(|turn| turn.gap);
        if turns.len() < ENOUGH_TURNS || gaps.clone().count() < ENOUGH_GAPS {
            return None;
        }
        let gap = Spread::of(gaps)?;
        let turn = Spread::of(turns.iter().map(|turn| turn.freed_at.since(turn.admitted_at)))?;
        Some(Self { patient: turn.then(&gap), gap, several: Default::default() })
    }

    fn several(&self, patients: usize) -> Option<&(Spread, Cumulative)> {
        let known = self.several.get(patients)?;
        if let Some(known) = known.get() {
            return Some(known);
        }
        let spread = match patients.checked_sub(1) {
            None => Spread::nothing(),
            Some(others) => self.several(others)?.0.then(&self.patient),
        };
        let cumulative = spread.cumulative();
        Some(known.get_or_init(|| (spread, cumulative)))
    }
}

/// What was left of those times that took longer than this has taken already.
fn rest(times: impl Iterator<Item = Duration> + Clone, taken: Duration) -> Option<Spread> {
    let left = times.filter_map(|time| time.checked_sub(taken)).filter(|left| !left.is_zero());
    if left.clone().count() < ENOUGH_THAT_LASTED {
        return None;
    }
    Spread::of(left)
}
