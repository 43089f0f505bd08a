//! A clinic with its providers and a day's patients, and what is planned to happen, in the order of time.

use super::{
    check::check,
    habits::Habits,
    patient::{Look, Patient},
    random::{Random, minutes},
    score::Score,
};
use owl_hospital::domain::{
    visit::{Actor, Command, Millis, Refusal, RoomName, StaffId, StaffRole},
    wait::{Range, Record},
};
use std::{cmp::Reverse, collections::BinaryHeap, time::Duration};

/// What is planned. What is about a visit in progress or a page carries its number, and is dropped when that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plan {
    Sits { provider: usize },
    LooksForNext { provider: usize, turn: u32 },
    StepsOut { provider: usize, turn: u32 },
    StepsBack { provider: usize, turn: u32 },
    Finishes { provider: usize, turn: u32 },
    Arrives { patient: usize },
    IsReady { patient: usize },
    AnswersNotice { patient: usize, provider: usize, turn: u32 },
    PageDies { patient: usize, page: u32 },
    PageIsMissed { patient: usize, page: u32, since: Millis },
    PlaceIsLost { patient: usize, page: u32 },
    PageLives { patient: usize, page: u32 },
    GivesUp { patient: usize },
    Looks { patient: usize },
    Closing { patient: usize },
}

pub struct Provider {
    pub id: StaffId,
    pub habits: Habits,
    pub mood: f64,
    pub is_at_desk: bool,
    /// Free, at the desk, and nobody was there to let in.
    pub is_idle: bool,
    pub has_eaten: bool,
    pub with: Option<usize>,
    /// Counts what they begin.
    pub turn: u32,
}

impl Provider {
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.id, StaffRole::Provider)
    }
}

pub struct World {
    pub random: Random,
    pub now: Millis,
    pub plans: BinaryHeap<Reverse<(Millis, u64, Plan)>>,
    planned: u64,
    pub record: Record,
    pub providers: Vec<Provider>,
    pub patients: Vec<Patient>,
    rooms: u128,
    pub scores: Vec<Score>,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let provider = |id| Provider {
            id: StaffId(id),
            habits: Habits::of(&mut random),
            mood: 1.0,
            is_at_desk: false,
            is_idle: false,
            has_eaten: false,
            with: None,
            turn: 0,
        };
        let providers = [1, 2].map(provider).into();
        Self {
            random,
            now: Millis(0),
            plans: BinaryHeap::new(),
            planned: 0,
            record: Record::default(),
            providers,
            patients: Vec::new(),
            rooms: 0,
            scores: vec![Score::default(), Score::default()],
        }
    }

    pub fn plan(&mut self, at: Millis, plan: Plan) {
        self.planned += 1;
        self.plans.push(Reverse((at.max(self.now), self.planned, plan)));
    }

    pub fn plan_in(&mut self, time: Duration, plan: Plan) {
        self.plan(self.now.plus(time), plan);
    }

    /// What somebody wants, through the rules; then all that must hold is looked at.
    pub fn wish(&mut self, patient: usize, actor: Actor, command: Command) -> Result<(), Refusal> {
        let was_waiting = self.patients[patient].is_waiting_here();
        let provider_before = self.patients[patient].visit.provider;
        let outcome = self.patients[patient].wish(actor, command, self.now, &mut self.record);
        check(self, patient);
        let after = &self.patients[patient];
        if after.is_waiting_here() && (!was_waiting || after.visit.provider != provider_before) {
            self.tell_idle_provider(patient);
        }
        outcome
    }

    /// What nothing speaks against.
    pub fn must(&mut self, patient: usize, actor: Actor, command: Command) {
        let wish = format!("{actor:?} {command:?}");
        let outcome = self.wish(patient, actor, command);
        assert!(outcome.is_ok(), "{wish}: {outcome:?} in {:?}", self.patients[patient].visit.stage);
    }

    pub fn new_room(&mut self) -> RoomName {
        self.rooms += 1;
        RoomName(self.rooms)
    }

    pub fn provider_of(&self, patient: usize) -> usize {
        let id = self.patients[patient].visit.provider;
        self.providers.iter().position(|provider| provider.id == id).unwrap()
    }

    fn tell_idle_provider(&mut self, patient: usize) {
        let provider = self.provider_of(patient);
        if self.providers[provider].is_idle {
            self.providers[provider].is_idle = false;
            let reaction = minutes(self.random.between(0.3, 2.5));
            let turn = self.providers[provider].turn;
            self.plan_in(reaction, Plan::LooksForNext { provider, turn });
        }
    }

    /// What the patient's page shows now, as the server would have it show.
    pub fn look(&mut self, patient: usize) {
        let provider = self.provider_of(patient);
        let (id, is_at_desk) = (self.providers[provider].id, self.providers[provider].is_at_desk);
        let now = self.now;
        let visit = self.patients[patient].id;
        let estimate = self.record.estimate(visit, id, is_at_desk, now);
        let patient = &mut self.patients[patient];
        patient.shown = estimate.map(|estimate| Range::after(patient.shown, &estimate));
        patient.looks.push(Look { at: now, shown: patient.shown });
    }

    /// Let in: now it is known how long the wait really was, at every look.
    pub fn score(&mut self, patient: usize, provider: usize) {
        let now = self.now;
        let patient = &mut self.patients[patient];
        if let Some(ready) = patient.ready_at.filter(|_| patient.visit.checked_in_at.is_some()) {
            self.scores[provider].waits.push(in_minutes(now.since(ready)));
        }
        for (n, look) in patient.looks.drain(..).enumerate() {
            self.scores[provider].count(look.shown, in_minutes(now.since(look.at)), n == 0);
        }
        patient.shown = None;
    }
}

pub fn in_minutes(time: Duration) -> f64 {
    time.as_secs_f64() / 60.0
}
