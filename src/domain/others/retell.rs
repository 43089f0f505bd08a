//! What the page of somebody who waited was told of other visits, once more, from the logs.

use super::{Desks, Facts, LOOK_AGAIN, Past, ProviderStatus, Showing, WaitRange};
use crate::domain::{
    visit::{Event, Millis, Presence, StaffId, Visit, VisitId},
    wait::Range,
};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};

/// A page that nothing happens to is looked at for so long only: by then nothing is foretold any more.
const QUIET: Duration = Duration::from_hours(24);

/// What a page was told of other visits, as far as is known afterwards. Numbers only: it leads to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// What the provider did. None: with no other patient, and nobody knows whether they were at their desk.
    pub status: Option<ProviderStatus>,
    /// How many came before. None: the clinic does not show it.
    pub before: Option<u32>,
    /// How long it might take. None: nothing was said of it, or, without `status`, it is not known what.
    pub wait: Option<WaitRange>,
}

/// When a page was told something new of other visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Retold {
    /// The last event of the visit's own log until then.
    pub seq: u64,
    /// When.
    pub at: Millis,
    /// Why. None: with that event.
    pub why: Option<Why>,
    /// What it was told.
    pub told: Told,
}

/// Why a page was told something new, with nothing having happened in its own visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// Something happened in another visit of the provider's.
    Queue,
    /// The provider came to their desk, or went.
    Desk {
        /// Whether they were there then.
        #[serde(rename = "isThere")]
        is_there: bool,
    },
    /// Time passed.
    Time,
}

/// A visit, and what happened around it.
pub struct Around<'a> {
    /// The visit.
    pub visit: VisitId,
    /// What happened in it and in the other visits of its providers, in the order of commits; and in their last visits before, to
    /// know how long theirs take.
    pub events: &'a [(VisitId, Event)],
    /// Who was at their desk.
    pub desks: &'a Desks,
    /// How the clinic shows it.
    pub showing: Showing<'a>,
    /// Up to when.
    pub until: Millis,
}

impl Around<'_> {
    /// When the visit's page was told something new, and what. Looked at as pages do: with every event of the provider's visits,
    /// when the provider comes or goes, and again while nothing happens.
    pub fn retell(&self) -> Vec<Retold> {
        let mut teller = Teller {
            around: self,
            past: Past::default(),
            now: Millis(0),
            looked: Millis(0),
            quiet_since: Millis(0),
            seq: 0,
            shown: None,
            last: None,
            retold: Vec::new(),
        };
        for (id, event) in self.events {
            teller.hear(*id, event);
        }
        teller.pass(self.until.plus(Duration::from_millis(1)));
        teller.retold
    }

    fn is_at_desk(&self, provider: StaffId, at: Millis) -> Option<bool> {
        let changes = self.desks.get(&provider)?;
        changes.iter().rev().find(|(from, _)| *from <= at).map(|(_, is_there)| *is_there)
    }

    fn next_at_desk(&self, provider: StaffId, after: Millis) -> Option<(Millis, bool)> {
        self.desks.get(&provider)?.iter().copied().find(|(at, _)| *at > after)
    }
}

struct Teller<'a> {
    around: &'a Around<'a>,
    past: Past,
    now: Millis,
    /// When it was last looked at.
    looked: Millis,
    /// When something last happened.
    quiet_since: Millis,
    /// The last event of its own log.
    seq: u64,
    /// The range that was told last.
    shown: Option<Range>,
    last: Option<Told>,
    retold: Vec<Retold>,
}

impl Teller<'_> {
    fn own(&self) -> Option<Arc<Visit>> {
        self.past.open.get(self.around.visit).cloned()
    }

    fn hear(&mut self, id: VisitId, event: &Event) {
        self.pass(event.at);
        let is_own = id == self.around.visit;
        let before = self.past.open.get(id).map(|visit| visit.provider);
        let Some(after) = self.past.take(id, event) else { return };
        // Clocks of several processes differ a little: what was committed later does not come before.
        self.now = self.now.max(event.at);
        if is_own {
            self.seq = event.seq;
        }
        let Some(own) = self.own() else { return self.forget() };
        if is_own || own.provider == after.provider || before == Some(own.provider) {
            self.quiet_since = self.now;
            self.look((!is_own).then_some(Why::Queue));
        }
    }

    /// What changed by the clock alone, and by the provider's coming and going, before then.
    fn pass(&mut self, to: Millis) {
        while let Some(own) = self.own().filter(|own| own.is_in_queue()) {
            let again = self.looked.plus(LOOK_AGAIN);
            // Nobody looks while no page is there.
            let looks = own.presence == Presence::Here && again < self.quiet_since.plus(QUIET);
            let desk = self.around.next_at_desk(own.provider, self.now);
            let (at, why) = match desk {
                Some((at, is_there)) if !looks || at <= again => (at, Why::Desk { is_there }),
                _ if looks => (again, Why::Time),
                _ => return,
            };
            if at >= to {
                return;
            }
            self.now = at;
            if why != Why::Time {
                self.quiet_since = at;
            }
            self.look(Some(why));
        }
    }

    fn look(&mut self, why: Option<Why>) {
        self.looked = self.now;
        let Some(own) = self.own().filter(|own| own.is_in_queue()) else { return self.forget() };
        let told = self.told(&own);
        self.shown = told.wait.map(WaitRange::range);
        if self.last.replace(told) != Some(told) {
            self.retold.push(Retold { seq: self.seq, at: self.now, why, told });
        }
    }

    fn told(&self, own: &Visit) -> Told {
        let Around { visit, showing, .. } = *self.around;
        let facts =
            |is_at_desk| self.past.open.facts((visit, own), is_at_desk, self.now, self.shown, showing);
        match self.around.is_at_desk(own.provider, self.now) {
            Some(is_at_desk) => facts(is_at_desk).into(),
            None => Told::both(facts(true), facts(false)),
        }
    }

    /// It does not wait any more.
    fn forget(&mut self) {
        (self.shown, self.last) = (None, None);
    }
}

impl From<Facts> for Told {
    fn from(Facts { status, before, wait }: Facts) -> Self {
        Self { status: Some(status), before, wait }
    }
}

impl Told {
    /// What is true either way.
    fn both(one: Facts, other: Facts) -> Self {
        Self {
            status: (one.status == other.status).then_some(one.status),
            before: one.before,
            wait: one.wait.filter(|_| one.wait == other.wait),
        }
    }
}
