//! A day: who comes when, and what then happens, one thing after another.

use super::{
    check::check_day,
    patient::{Patient, arrival, outage},
    random::minutes,
    world::{Plan, World},
};
use owl_hospital::domain::visit::{
    Actor, Command, Millis, Outcome, PatientId, Policy, Presence, SeatId, StaffId, StaffRole, VisitId,
};
use std::{cmp::Reverse, time::Duration};

const DAY: u64 = 24 * 3_600_000;
/// Doors open at eight.
const OPENS: u64 = 8 * 3_600_000;
/// Minutes of appointments in a day.
const HOURS: f64 = 7.5 * 60.0;
/// How often a page is looked at.
const EVERY: Duration = Duration::from_mins(5);
/// As the server's (`server/clinic/presence.rs`).
const GRACE: Duration = Duration::from_secs(30);

const FRONT_DESK: Actor = Actor::Staff(StaffId(9), StaffRole::FrontDesk);

impl World {
    /// Lives through one day.
    pub fn day(&mut self, day: u64) {
        self.now = Millis(day * DAY + OPENS);
        self.patients.clear();
        for provider in 0..self.providers.len() {
            self.open(day, provider);
        }
        while let Some(Reverse((at, _, plan))) = self.plans.pop() {
            self.now = at;
            self.happen(plan);
        }
        check_day(self);
    }

    fn open(&mut self, day: u64, provider: usize) {
        let start = self.now.plus(Duration::from_mins(30));
        let mood = self.providers[provider].habits.mood(&mut self.random);
        let late = self.providers[provider].habits.late(&mut self.random);
        let own = &mut self.providers[provider];
        (own.mood, own.is_at_desk, own.is_idle, own.has_eaten, own.with) = (mood, false, false, false, None);
        self.plan(start.plus(late), Plan::Sits { provider });
        let slot = self.providers[provider].habits.slot;
        let mut at = 0.0;
        while at < HOURS {
            // Nobody is appointed for noon.
            if !(210.0..250.0).contains(&at) {
                self.appoint(day, provider, start.plus(minutes(at)));
            }
            at += slot;
        }
    }

    fn appoint(&mut self, day: u64, provider: usize, starts_at: Millis) {
        let patient = self.patients.len();
        let id = u128::from(day) << 32 | patient as u128;
        let command = Command::Schedule {
            patient: PatientId(id),
            provider: self.providers[provider].id,
            seat: SeatId(id),
            starts_at,
            minutes: 15,
            interpreter: false,
        };
        let made = self.now.minus(Duration::from_hours(24));
        self.patients.push(Patient::new(VisitId(id), command, FRONT_DESK, made));
        match arrival(starts_at, &mut self.random) {
            Some(at) => self.plan(at, Plan::Arrives { patient }),
            None => self.plan(starts_at.plus(Duration::from_hours(1)), Plan::Closing { patient }),
        }
    }

    fn happen(&mut self, plan: Plan) {
        let is_now = |world: &Self, provider: usize, turn: u32| world.providers[provider].turn == turn;
        match plan {
            Plan::Sits { provider } => self.sits(provider),
            Plan::LooksForNext { provider, turn } if is_now(self, provider, turn) => {
                self.looks_for_next(provider);
            }
            Plan::StepsOut { provider, turn } if is_now(self, provider, turn) => {
                self.steps(provider, Command::StepOut);
            }
            Plan::StepsBack { provider, turn } if is_now(self, provider, turn) => {
                self.steps(provider, Command::StepBack);
            }
            Plan::Finishes { provider, turn } if is_now(self, provider, turn) => self.finishes(provider),
            Plan::AnswersNotice { patient, provider, turn } if is_now(self, provider, turn) => {
                self.answers_notice(patient, provider);
            }
            Plan::Arrives { patient } => self.arrives(patient),
            Plan::IsReady { patient } => self.is_ready(patient),
            Plan::PageDies { patient, page } => self.page_dies(patient, page),
            Plan::PageIsMissed { patient, page, since } => self.page_is_missed(patient, page, since),
            Plan::PlaceIsLost { patient, page } => self.place_is_lost(patient, page),
            Plan::PageLives { patient, page } => self.page_lives(patient, page),
            Plan::GivesUp { patient } => self.gives_up(patient),
            Plan::Looks { patient } => self.looks(patient),
            Plan::Closing { patient } => {
                self.must(patient, FRONT_DESK, Command::End { outcome: Outcome::NoShow });
            }
            Plan::LooksForNext { .. }
            | Plan::StepsOut { .. }
            | Plan::StepsBack { .. }
            | Plan::Finishes { .. }
            | Plan::AnswersNotice { .. } => {}
        }
    }

    fn arrives(&mut self, patient: usize) {
        self.patients[patient].page_is_there = true;
        self.must(patient, Actor::Patient, Command::CheckIn);
        let prepares = minutes(self.random.between(0.2, 4.0));
        self.plan_in(prepares, Plan::IsReady { patient });
    }

    fn is_ready(&mut self, patient: usize) {
        self.must(patient, Actor::Patient, Command::Wait);
        self.looks(patient);
        if self.random.chance(0.35) {
            let dies = minutes(self.random.exponential(15.0));
            self.plan_in(dies, Plan::PageDies { patient, page: 0 });
        }
        if self.random.chance(0.05) {
            let patience = minutes(10.0 + self.random.exponential(20.0));
            self.plan_in(patience, Plan::GivesUp { patient });
        }
    }

    fn page_dies(&mut self, patient: usize, page: u32) {
        let gone = &mut self.patients[patient];
        if gone.page != page || gone.visit.stage.is_over() {
            return;
        }
        gone.page_is_there = false;
        self.plan_in(GRACE, Plan::PageIsMissed { patient, page, since: self.now });
        if let Some(time) = outage(&mut self.random) {
            self.plan_in(time, Plan::PageLives { patient, page });
        }
    }

    fn page_is_missed(&mut self, patient: usize, page: u32, since: Millis) {
        let gone = &self.patients[patient];
        if gone.page == page && !gone.page_is_there && !gone.visit.stage.is_over() {
            self.must(patient, Actor::System, Command::GoAway { since });
            self.plan(since.plus(Policy::default().keeps_place), Plan::PlaceIsLost { patient, page });
        }
    }

    fn place_is_lost(&mut self, patient: usize, page: u32) {
        let gone = &self.patients[patient];
        if gone.page != page || gone.page_is_there || gone.visit.stage.is_over() {
            return;
        }
        if gone.visit.stage.room().is_some() {
            return self.plan_in(Duration::from_mins(5), Plan::PlaceIsLost { patient, page });
        }
        self.must(patient, Actor::System, Command::End { outcome: Outcome::LeftWithoutBeingSeen });
    }

    fn page_lives(&mut self, patient: usize, page: u32) {
        let back = &mut self.patients[patient];
        if back.page != page || back.page_is_there {
            return;
        }
        back.page += 1;
        back.page_is_there = true;
        let (page, is_away) = (back.page, matches!(back.visit.presence, Presence::Away { .. }));
        if (is_away && !back.visit.stage.is_over()) || back.has_left() {
            self.must(patient, Actor::Patient, Command::ComeBack);
            self.looks(patient);
        }
        if self.random.chance(0.3) {
            let dies = minutes(self.random.exponential(10.0));
            self.plan_in(dies, Plan::PageDies { patient, page });
        }
    }

    fn gives_up(&mut self, patient: usize) {
        if !self.patients[patient].is_waiting_here() || !self.patients[patient].page_is_there {
            return;
        }
        self.must(patient, Actor::Patient, Command::End { outcome: Outcome::LeftWithoutBeingSeen });
        let gone = &mut self.patients[patient];
        gone.page_is_there = false;
        let page = gone.page;
        if self.random.chance(0.3) {
            let thinks = minutes(self.random.between(1.0, 20.0));
            self.plan_in(thinks, Plan::PageLives { patient, page });
        }
    }

    /// Looks at the page now, and again as long as there is something to wait for.
    fn looks(&mut self, patient: usize) {
        if !self.patients[patient].is_waiting_here() || !self.patients[patient].page_is_there {
            return;
        }
        self.look(patient);
        self.plan_in(EVERY, Plan::Looks { patient });
    }

    pub fn minute_of_day(&self) -> u64 {
        (self.now.0 % DAY).saturating_sub(OPENS) / 60_000
    }
}
