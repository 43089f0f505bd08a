//! One patient of a day: the log of their visit, their page, and what the simulation itself knows to be so.

use super::random::{Random, minutes};
use owl_hospital::domain::{
    visit::{
        Actor, Change, Command, Event, Millis, Outcome, Policy, Refusal, RoomName, Stage, Visit, VisitId,
        decide,
    },
    wait::{Range, Record},
};
use std::time::Duration;

/// A look at the page while its patient waits: what it showed.
pub struct Look {
    pub at: Millis,
    pub shown: Option<Range>,
}

pub struct Patient {
    pub id: VisitId,
    pub log: Vec<Event>,
    pub visit: Visit,
    /// Counts the page's comings and goings, so that what was planned for an earlier one is dropped.
    pub page: u32,
    pub page_is_there: bool,
    pub has_put_off: bool,
    /// Sent back for something that takes time: the provider sees others first.
    pub set_aside_until: Millis,
    pub shown: Option<Range>,
    pub looks: Vec<Look>,
    pub ready_at: Option<Millis>,
    pub truth: Truth,
}

/// What is so, whatever the log says.
#[derive(Default)]
pub struct Truth {
    pub first_check_in: Option<Millis>,
    /// The room that the provider has let them into, until it was closed behind them.
    pub room: Option<RoomName>,
    /// Whether a provider sits before them.
    pub provider_is_with_them: bool,
    pub is_over: bool,
}

impl Patient {
    pub fn new(id: VisitId, command: Command, actor: Actor, now: Millis) -> Self {
        let changes = decide(None, command, actor, now, &Policy::default()).unwrap();
        let log: Vec<Event> =
            (1..).zip(changes).map(|(seq, change)| Event { seq, at: now, by: actor, change }).collect();
        let visit = Visit::of(&log).unwrap();
        Self {
            id,
            log,
            visit,
            page: 0,
            page_is_there: false,
            has_put_off: false,
            set_aside_until: Millis(0),
            shown: None,
            looks: Vec::new(),
            ready_at: None,
            truth: Truth::default(),
        }
    }

    /// Through the real rules and the real fold, as the server does it.
    pub fn wish(
        &mut self,
        actor: Actor,
        command: Command,
        now: Millis,
        record: &mut Record,
    ) -> Result<(), Refusal> {
        for change in decide(Some(&self.visit), command, actor, now, &Policy::default())? {
            let event = Event { seq: self.visit.seq + 1, at: now, by: actor, change };
            let after = Visit::fold(Some(self.visit.clone()), &event).unwrap();
            record.hear(self.id, &event, Some(&self.visit), &after);
            self.visit = after;
            self.note(&event);
            self.log.push(event);
        }
        Ok(())
    }

    /// What has come of it outside the log.
    fn note(&mut self, event: &Event) {
        let truth = &mut self.truth;
        match event.change {
            Change::CheckedIn => truth.first_check_in = truth.first_check_in.or(Some(event.at)),
            Change::ReadyToWait => self.ready_at = self.ready_at.or(Some(event.at)),
            Change::Admitted { room, .. } => (truth.room, truth.provider_is_with_them) = (Some(room), true),
            Change::RoomChanged { room } => truth.room = Some(room),
            Change::SteppedOut => truth.provider_is_with_them = false,
            Change::SteppedBack => truth.provider_is_with_them = true,
            Change::PutOff | Change::SentBack | Change::Assigned { .. } => {
                (truth.room, truth.provider_is_with_them) = (None, false);
            }
            Change::Ended { .. } => {
                (truth.room, truth.provider_is_with_them, truth.is_over) = (None, false, true);
            }
            Change::Returned => truth.is_over = false,
            _ => {}
        }
    }

    pub fn is_waiting_here(&self) -> bool {
        self.visit.stage == Stage::Waiting && self.visit.is_here()
    }

    pub fn has_left(&self) -> bool {
        self.visit.stage == Stage::Ended(Outcome::LeftWithoutBeingSeen)
    }
}

/// When they come, from the appointed time: most a little early, some late, some very late. None: never.
pub fn arrival(starts_at: Millis, random: &mut Random) -> Option<Millis> {
    if random.chance(0.06) {
        return None;
    }
    let late = if random.chance(0.06) { random.between(10.0, 45.0) } else { random.normal() * 7.0 - 6.0 };
    let late = late.max(-45.0);
    Some(if late < 0.0 { starts_at.minus(minutes(-late)) } else { starts_at.plus(minutes(late)) })
}

/// How long a page is gone: a reload, a dead spot, a lost network, or for good.
pub fn outage(random: &mut Random) -> Option<Duration> {
    match random.unit() {
        0.0..0.5 => Some(minutes(random.between(0.02, 0.4))),
        0.5..0.8 => Some(minutes(random.between(0.4, 4.0))),
        0.8..0.93 => Some(minutes(random.between(4.0, 50.0))),
        _ => None,
    }
}
