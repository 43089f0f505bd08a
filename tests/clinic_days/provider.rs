//! What providers do.

use super::{
    patient::Patient,
    random::minutes,
    world::{Plan, World},
};
use owl_hospital::domain::{
    queue,
    visit::{Actor, Command, Outcome, Presence, Refusal, SeatId},
};
use std::time::Duration;

/// Minutes after eight o'clock.
const NOON: u64 = 4 * 60;

impl World {
    pub fn sits(&mut self, provider: usize) {
        self.providers[provider].is_at_desk = true;
        let turn = self.providers[provider].turn;
        let time = minutes(self.random.between(0.3, 4.0));
        self.plan_in(time, Plan::LooksForNext { provider, turn });
    }

    pub fn looks_for_next(&mut self, provider: usize) {
        if self.providers[provider].with.is_some() || !self.providers[provider].is_at_desk {
            return;
        }
        if self.minute_of_day() > NOON && !self.providers[provider].has_eaten {
            self.providers[provider].has_eaten = true;
            return self.goes(provider, 25.0, 50.0);
        }
        self.try_what_is_refused(provider);
        if let Some(patient) = self.choose(provider) {
            return self.admit(provider, patient);
        }
        // Nobody to see: whoever has too many is helped.
        let colleague = 1 - provider;
        if self.queue_of(colleague).len() > 3
            && self.random.chance(0.5)
            && let Some(patient) = self.choose(colleague)
        {
            self.must(patient, self.providers[provider].actor(), Command::TakeOver);
            return self.admit(provider, patient);
        }
        self.providers[provider].is_idle = true;
        // Those who were sent back for something call nobody when it is done.
        let turn = self.providers[provider].turn;
        let aside = self.queue_of(provider).into_iter().map(|n| self.patients[n].set_aside_until);
        if let Some(until) = aside.filter(|until| *until > self.now).min() {
            self.plan(until, Plan::LooksForNext { provider, turn });
        }
    }

    /// Leaves the desk for a while.
    fn goes(&mut self, provider: usize, from: f64, to: f64) {
        self.providers[provider].is_at_desk = false;
        self.providers[provider].turn += 1;
        let time = minutes(self.random.between(from, to));
        self.plan_in(time, Plan::Sits { provider });
    }

    /// Those who wait for a provider, whoever is there or not, the first first.
    fn queue_of(&self, provider: usize) -> Vec<usize> {
        let id = self.providers[provider].id;
        let waits = |patient: &Patient| patient.visit.is_in_queue() && patient.visit.provider == id;
        let mut queue: Vec<usize> = (0..self.patients.len()).filter(|n| waits(&self.patients[*n])).collect();
        queue.sort_by_key(|n| queue::order(&self.patients[*n].visit));
        queue
    }

    /// The first who is there; now and then the one after.
    fn choose(&mut self, provider: usize) -> Option<usize> {
        let now = self.now;
        let can_come = |patient: &Patient| patient.is_waiting_here() && patient.set_aside_until <= now;
        let mut there: Vec<usize> = self.queue_of(provider);
        there.retain(|n| can_come(&self.patients[*n]));
        let nth = usize::from(self.random.chance(0.05)).min(there.len().saturating_sub(1));
        there.get(nth).copied()
    }

    fn admit(&mut self, provider: usize, patient: usize) {
        let room = self.new_room();
        let actor = self.providers[provider].actor();
        self.must(patient, actor, Command::Admit { room });
        self.score(patient, provider);
        let refused = self.wish(patient, actor, Command::Admit { room });
        assert_eq!(
            refused,
            Err(Refusal::AdmittedAlready { provider: self.providers[provider].id }),
            "once only"
        );
        let provider_now = &mut self.providers[provider];
        provider_now.with = Some(patient);
        provider_now.is_idle = false;
        provider_now.turn += 1;
        let (turn, mood) = (provider_now.turn, provider_now.mood);
        let mut takes = self.providers[provider].habits.visit(&mut self.random).mul_f64(mood);
        if let Some((when, pause)) = self.providers[provider].habits.step_out(takes, &mut self.random) {
            self.plan_in(when + Duration::from_secs(10), Plan::StepsOut { provider, turn });
            self.plan_in(when + pause + Duration::from_secs(10), Plan::StepsBack { provider, turn });
            takes += pause;
        }
        let answers = minutes(self.random.between(0.02, 0.15));
        self.plan_in(answers, Plan::AnswersNotice { patient, provider, turn });
        self.plan_in(takes + Duration::from_secs(12), Plan::Finishes { provider, turn });
        if self.random.chance(0.04) {
            self.bring_somebody(patient);
        }
    }

    /// A guest comes, and has to go again: the visit goes on in another room.
    fn bring_somebody(&mut self, patient: usize) {
        let (seat, room) = (SeatId(u128::MAX), self.new_room());
        self.must(patient, Actor::Patient, Command::InviteGuest { seat });
        let admitted_to = self.patients[patient].truth.room;
        assert_eq!(self.patients[patient].visit.room_for(Actor::Guest(seat)).ok(), admitted_to);
        self.must(patient, Actor::Patient, Command::RemoveGuest { seat, room });
        assert!(self.patients[patient].visit.room_for(Actor::Guest(seat)).is_err());
    }

    pub fn answers_notice(&mut self, patient: usize, provider: usize) {
        if !self.patients[patient].page_is_there {
            return;
        }
        if !self.patients[patient].has_put_off && self.random.chance(0.03) {
            self.patients[patient].has_put_off = true;
            self.must(patient, Actor::Patient, Command::PutOff);
            self.is_free(provider, minutes(0.7));
        } else if self.random.chance(0.4) {
            self.must(patient, Actor::Patient, Command::StartNow);
        }
    }

    fn is_free(&mut self, provider: usize, gap: Duration) {
        self.providers[provider].with = None;
        self.providers[provider].turn += 1;
        let turn = self.providers[provider].turn;
        self.plan_in(gap, Plan::LooksForNext { provider, turn });
    }

    pub fn steps(&mut self, provider: usize, command: Command) {
        if let Some(patient) = self.providers[provider].with {
            self.must(patient, self.providers[provider].actor(), command);
        }
    }

    pub fn finishes(&mut self, provider: usize) {
        let Some(patient) = self.providers[provider].with else { return };
        let actor = self.providers[provider].actor();
        let colleague = 1 - provider;
        match self.random.unit() {
            0.0..0.03 => {
                self.patients[patient].set_aside_until =
                    self.now.plus(minutes(self.random.between(0.0, 25.0)));
                self.must(patient, actor, Command::SendBack);
            }
            0.03..0.05 if self.providers[colleague].is_at_desk => {
                let to = self.providers[colleague].id;
                self.must(patient, actor, Command::HandOver { to });
            }
            _ => self.must(patient, actor, Command::End { outcome: Outcome::Seen }),
        }
        let gap = self.providers[provider].habits.gap(&mut self.random);
        self.is_free(provider, gap);
        if self.random.chance(0.02) {
            self.goes(provider, 4.0, 15.0);
        }
    }

    /// What others do by mistake changes nothing.
    fn try_what_is_refused(&mut self, provider: usize) {
        let queue = self.queue_of(provider);
        let Some(first) = queue.first().copied().filter(|_| self.random.chance(0.1)) else { return };
        let room = self.new_room();
        let colleague = self.providers[1 - provider].actor();
        let refused = self.wish(first, colleague, Command::Admit { room });
        let owner = self.providers[provider].id;
        assert_eq!(refused, Err(Refusal::AnothersPatient { provider: owner }));
        if let Presence::Away { .. } = self.patients[first].visit.presence {
            let refused = self.wish(first, self.providers[provider].actor(), Command::Admit { room });
            assert_eq!(refused, Err(Refusal::PatientAway), "bug 9: nobody is let in who is not there");
        }
    }
}
