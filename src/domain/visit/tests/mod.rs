//! The rules of a visit, one by one and in every order.

mod courtesy;
mod journeys;
mod projection;
mod properties;
mod replaying;
mod rules;
mod together;

use super::*;
use std::time::Duration;

pub const START: Millis = Millis(1_800_000_000_000);
pub const PROVIDER: Actor = Actor::Staff(StaffId(1), StaffRole::Provider);
pub const COLLEAGUE: Actor = Actor::Staff(StaffId(2), StaffRole::Provider);
pub const FRONT_DESK: Actor = Actor::Staff(StaffId(3), StaffRole::FrontDesk);
pub const ADMIN: Actor = Actor::Staff(StaffId(4), StaffRole::Admin);

/// A log, its state and its clock.
#[derive(Debug, Clone)]
pub struct Clinic {
    pub log: Vec<Event>,
    pub visit: Option<Visit>,
    pub now: Millis,
    pub rooms: u128,
}

impl Clinic {
    pub fn empty() -> Self {
        Self { log: Vec::new(), visit: None, now: START, rooms: 0 }
    }

    /// An appointment in half an hour.
    pub fn scheduled() -> Self {
        let mut clinic = Self::empty();
        clinic.may(FRONT_DESK, schedule());
        clinic
    }

    pub fn waiting() -> Self {
        let mut clinic = Self::scheduled();
        clinic.may(Actor::Patient, Command::CheckIn);
        clinic.may(Actor::Patient, Command::Wait);
        clinic
    }

    pub fn admitted() -> Self {
        let mut clinic = Self::waiting();
        clinic.admit(PROVIDER).expect("admitted");
        clinic
    }

    pub fn try_to(&mut self, actor: Actor, command: Command) -> Result<(), Refusal> {
        for change in decide(self.visit.as_ref(), command, actor, self.now, &Policy::default())? {
            let event = Event { seq: self.log.len() as u64 + 1, at: self.now, by: actor, change };
            self.visit = Visit::fold(self.visit.take(), &event);
            self.log.push(event);
        }
        Ok(())
    }

    pub fn admit(&mut self, actor: Actor) -> Result<(), Refusal> {
        self.rooms += 1;
        self.try_to(actor, Command::Admit { room: RoomName(self.rooms) })
    }

    pub fn may(&mut self, actor: Actor, command: Command) {
        let wish = format!("{actor:?} {command:?}");
        self.try_to(actor, command).unwrap_or_else(|why| panic!("{wish}: {why}"));
    }

    pub fn pass(&mut self, time: Duration) {
        self.now = self.now.plus(time);
    }

    pub fn visit(&self) -> &Visit {
        self.visit.as_ref().expect("a visit")
    }

    pub fn stage(&self) -> Stage {
        self.visit().stage
    }
}

pub fn schedule() -> Command {
    Command::Schedule {
        patient: PatientId(1),
        provider: StaffId(1),
        seat: SeatId(1),
        starts_at: START.plus(Duration::from_mins(30)),
        minutes: 20,
        interpreter: false,
    }
}
