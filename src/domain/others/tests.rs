//! What is retold is what was told.

use super::*;
use crate::domain::{
    visit::{
        Actor, Change, Event, Millis, Outcome, PatientId, RoomName, SeatId, StaffId, StaffRole, Visit,
        VisitId,
    },
    wait::Range,
};
use proptest::prelude::*;
use std::collections::HashMap;

const OKAFOR: StaffId = StaffId(1);
const LINDQVIST: StaffId = StaffId(2);
const START: Millis = Millis(1_800_000_000_000);

fn days(from: Millis, to: Millis) -> u32 {
    u32::try_from(to.0 / 86_400_000 - from.0 / 86_400_000).unwrap()
}

const SHOWING: Showing<'static> = Showing { place: true, days: &days };

/// A clinic as a process lives it, and what the pages of those who wait were told.
struct Life {
    open: Past,
    log: Vec<(VisitId, Event)>,
    now: Millis,
    desks: Desks,
    at_desk: bool,
    shown: HashMap<VisitId, Range>,
    looked: HashMap<VisitId, Millis>,
    /// What was told: to whom, after how many events of theirs, when, and what.
    told: Vec<(VisitId, u64, Millis, Told)>,
}

impl Life {
    /// Twelve visits of different lengths are over, and somebody sits at the desk since.
    fn new() -> Self {
        let mut life = Self {
            open: Past::default(),
            log: Vec::new(),
            now: START,
            desks: Desks::from([(OKAFOR, vec![(START, true)]), (LINDQVIST, vec![(START, false)])]),
            at_desk: true,
            shown: HashMap::new(),
            looked: HashMap::new(),
            told: Vec::new(),
        };
        for n in 100..112_u64 {
            let id = VisitId(u128::from(n));
            life.comes(id);
            for (minutes, change) in [
                (2, Change::Admitted { room: RoomName(1), opens_at: START }),
                (8 + n % 5, Change::Ended { outcome: Outcome::Seen }),
            ] {
                life.pass(minutes * 60);
                life.happens(id, change);
            }
        }
        life
    }

    fn comes(&mut self, id: VisitId) {
        let change = Change::Scheduled {
            patient: PatientId(id.0),
            provider: OKAFOR,
            seat: SeatId(id.0),
            starts_at: self.now,
            minutes: 15,
            interpreter: false,
        };
        for change in [change, Change::CheckedIn, Change::ReadyToWait] {
            self.happens(id, change);
        }
    }

    fn happens(&mut self, id: VisitId, change: Change) {
        // Not two things in the same millisecond, so that every moment is told apart.
        self.now = Millis(self.now.0 + 1);
        let before = self.open.open.get(id).map(|visit| (visit.seq, visit.provider));
        let seq = self.log.iter().rev().find(|(other, _)| *other == id).map_or(0, |(_, event)| event.seq);
        let by = Actor::Staff(OKAFOR, StaffRole::Provider);
        let event = Event { seq: seq + 1, at: self.now, by, change };
        let after = self.open.take(id, &event).unwrap();
        self.log.push((id, event));
        let of = [Some(after.provider), before.map(|(_, provider)| provider)];
        self.all_look(|other, visit| other == id || of.contains(&Some(visit.provider)));
    }

    /// As pages do, each for itself.
    fn pass(&mut self, seconds: u64) {
        let until = self.now.plus(Duration::from_secs(seconds));
        loop {
            let waits =
                |id: &VisitId| self.open.open.get(*id).is_some_and(|v| v.is_in_queue() && v.is_here());
            let looked = self.looked.iter().filter(|(id, _)| waits(id)).map(|(_, at)| at.plus(LOOK_AGAIN));
            let Some(now) = looked.min().filter(|at| *at <= until) else { break };
            self.now = now;
            let due = self.looked.clone();
            self.all_look(|id, visit| visit.is_here() && due[&id].plus(LOOK_AGAIN) == now);
        }
        self.now = until;
    }

    fn desk(&mut self, is_there: bool) {
        self.now = Millis(self.now.0 + 1);
        self.at_desk = is_there;
        self.desks.get_mut(&OKAFOR).unwrap().push((self.now, is_there));
        self.all_look(|_, visit| visit.provider == OKAFOR);
    }

    fn all_look(&mut self, looks: impl Fn(VisitId, &Visit) -> bool) {
        self.shown.retain(|id, _| self.open.open.get(*id).is_some_and(|visit| visit.is_in_queue()));
        let waiting: Vec<_> = self.open.open.all().map(|(id, visit)| (id, visit.clone())).collect();
        for (id, visit) in waiting.into_iter().filter(|(_, visit)| visit.is_in_queue()) {
            if !looks(id, &visit) {
                continue;
            }
            let is_at_desk = self.at_desk && visit.provider == OKAFOR;
            let shown = self.shown.get(&id).copied();
            let facts = self.open.open.facts((id, &visit), is_at_desk, self.now, shown, SHOWING);
            match facts.wait {
                Some(wait) => drop(self.shown.insert(id, wait.range())),
                None => drop(self.shown.remove(&id)),
            }
            self.looked.insert(id, self.now);
            self.told.push((id, visit.seq, self.now, facts.into()));
        }
    }

    fn retold(&self, visit: VisitId, desks: &Desks) -> Vec<Retold> {
        Around { visit, events: &self.log, desks, showing: SHOWING, until: self.now }.retell()
    }
}

/// What somebody does, by number.
fn step(life: &mut Life, what: u8, who: u8) {
    let id = VisitId(u128::from(who % 4) + 1);
    let Some(visit) = life.open.open.get(id).cloned() else {
        if !life.log.iter().any(|(other, _)| *other == id) {
            life.comes(id);
        }
        return;
    };
    let waits = visit.is_in_queue();
    let change = match what % 8 {
        0 | 1 if waits => Change::Admitted { room: RoomName(2), opens_at: life.now },
        2 | 3 if !waits => Change::Ended { outcome: Outcome::Seen },
        4 if !waits => Change::SentBack,
        5 if visit.is_here() => Change::WentAway { since: life.now },
        5 => Change::CameBack,
        6 => Change::Assigned { provider: if visit.provider == OKAFOR { LINDQVIST } else { OKAFOR } },
        7 => {
            let is_there = !life.at_desk;
            return life.desk(is_there);
        }
        _ => return,
    };
    life.happens(id, change);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever happens: at each moment at which a page looked, what is retold is what it was told.
    #[test]
    fn what_is_retold_is_what_was_told(steps in prop::collection::vec((any::<u8>(), any::<u8>(), 0..400_u64), 1..30)) {
        let mut life = Life::new();
        for (what, who, seconds) in steps {
            life.pass(seconds);
            step(&mut life, what, who);
        }
        for id in (1..=4).map(VisitId) {
            let retold = life.retold(id, &life.desks);
            for pair in retold.windows(2) {
                prop_assert!(pair[0].told != pair[1].told || pair[1].why.is_none(), "nothing new: {pair:?}");
            }
            for (_, seq, at, told) in life.told.iter().filter(|(other, ..)| *other == id) {
                let last = retold.iter().rev().find(|retold| retold.seq <= *seq && retold.at <= *at);
                prop_assert_eq!(last.map(|retold| retold.told), Some(*told), "{:?} at {:?}", id, at);
            }
        }
    }
}

#[test]
fn whether_a_provider_was_there_is_not_made_up() {
    let mut life = Life::new();
    let (first, second) = (VisitId(1), VisitId(2));
    life.comes(first);
    life.comes(second);
    life.pass(60);
    life.happens(first, Change::Admitted { room: RoomName(2), opens_at: life.now });
    let retold = life.retold(second, &Desks::default());
    let (free, busy) = (retold.first().unwrap(), retold.last().unwrap());
    assert_eq!((free.told.status, free.told.before, free.told.wait), (None, Some(1), None));
    assert_eq!((busy.told.status, busy.why), (Some(ProviderStatus::WithAnother), Some(Why::Queue)));
    assert!(busy.told.wait.is_some(), "it depends on no desk");
    let known = life.retold(second, &life.desks);
    assert_eq!(known.first().unwrap().told.status, Some(ProviderStatus::Here));
    assert!(known.first().unwrap().told.wait.is_some());
}

#[test]
fn where_the_clinic_shows_no_place_nothing_moves_when_the_queue_does() {
    let mut life = Life::new();
    for n in 1..=3 {
        life.comes(VisitId(n));
    }
    life.happens(VisitId(1), Change::Ended { outcome: Outcome::LeftWithoutBeingSeen });
    let count = |place| {
        let showing = Showing { place, days: &days };
        let events: Vec<_> = life.log.iter().filter(|(id, _)| id.0 < 100).cloned().collect();
        let around =
            Around { visit: VisitId(3), events: &events, desks: &life.desks, showing, until: life.now };
        around.retell().iter().map(|retold| (retold.why, retold.told.before)).collect::<Vec<_>>()
    };
    assert_eq!(count(true), [(None, Some(2)), (Some(Why::Queue), Some(1))]);
    assert_eq!(count(false), [(None, None)]);
}
