//! What is told of a wait, and when nothing is.

mod estimates;
mod nothing;
mod ranges;

use super::*;
use crate::domain::visit::{
    Actor, Change, Event, Millis, Outcome, PatientId, RoomName, SeatId, StaffId, StaffRole, Visit, VisitId,
};
use std::{collections::BTreeMap, time::Duration};

const OKAFOR: StaffId = StaffId(1);
const LINDQVIST: StaffId = StaffId(2);

/// A clinic, by the minute.
#[derive(Clone)]
pub struct Clinic {
    record: Record,
    visits: BTreeMap<VisitId, Visit>,
    now: Millis,
}

impl Clinic {
    fn new() -> Self {
        Self { record: Record::default(), visits: BTreeMap::new(), now: Millis(1_800_000_000_000) }
    }

    /// One where Dr. Okafor has seen patients for so many minutes each, with so many in between, while the next one waited.
    fn after(turns: &[u64], gap: u64) -> Self {
        let mut clinic = Self::new();
        for (n, minutes) in (1000..).zip(turns) {
            let next = clinic.comes(n);
            clinic.pass(gap);
            clinic.admits(next);
            clinic.pass(*minutes);
            clinic.ends(next);
        }
        clinic
    }

    fn pass(&mut self, minutes: u64) {
        self.now = self.now.plus(Duration::from_mins(minutes));
    }

    fn happens(&mut self, id: VisitId, change: Change) {
        let before = self.visits.remove(&id);
        let seq = before.as_ref().map_or(0, |visit| visit.seq) + 1;
        let by = Actor::Staff(OKAFOR, StaffRole::Provider);
        let event = Event { seq, at: self.now, by, change };
        let after = Visit::fold(before.clone(), &event).unwrap();
        self.record.hear(id, &event, before.as_ref(), &after);
        self.visits.insert(id, after);
    }

    /// A patient checks in, and does not say yet that they are ready.
    fn gets_ready(&mut self, n: u128) -> VisitId {
        let id = VisitId(n);
        let change = Change::Scheduled {
            patient: PatientId(n),
            provider: OKAFOR,
            seat: SeatId(n),
            starts_at: self.now,
            minutes: 15,
            interpreter: false,
        };
        self.happens(id, change);
        self.happens(id, Change::CheckedIn);
        id
    }

    /// A patient comes and waits.
    fn comes(&mut self, n: u128) -> VisitId {
        let id = self.gets_ready(n);
        self.happens(id, Change::ReadyToWait);
        id
    }

    fn admits(&mut self, id: VisitId) {
        let opens_at = self.now.plus(Duration::from_secs(10));
        self.happens(id, Change::Admitted { room: RoomName(1), opens_at });
    }

    fn ends(&mut self, id: VisitId) {
        self.happens(id, Change::Ended { outcome: Outcome::Seen });
    }

    /// Low and high, in minutes, with the provider at the desk.
    fn told(&self, id: VisitId) -> Option<(u32, u32)> {
        let estimate = self.record.estimate(id, self.visits[&id].provider, true, self.now)?;
        Some((estimate.low, estimate.high))
    }
}
