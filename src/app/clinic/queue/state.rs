//! What the queue's page knows. Each visit has a signal of its own, so that what happens to one of two hundred renders one row.

use super::filters::Filters;
use crate::{
    api::clinic::{QueueEntry, QueueView, StaffCard},
    app::clinic::{Session, live::Outdated},
    domain::{
        WallClock,
        queue::{Section, is_expected_today, order},
        visit::{Millis, StaffId, Visit, VisitId},
    },
};
use leptos::prelude::*;
use std::collections::HashMap;

/// The state of the page.
#[derive(Clone, Copy)]
pub(super) struct Queue {
    /// All visits that the page knows, by id.
    entries: StoredValue<HashMap<VisitId, ArcRwSignal<QueueEntry>>>,
    /// Counts what has changed: who is there, where in the queue, and what is searched.
    changes: RwSignal<u32>,
    pub at_desk: RwSignal<Vec<StaffId>>,
    pub providers: RwSignal<Vec<StaffCard>>,
    pub me: StoredValue<StaffCard>,
    pub build: StoredValue<String>,
    /// Whether the server is of another build.
    pub outdated: Outdated,
    /// The clinic's.
    pub clock: StoredValue<WallClock>,
    /// The server's time, as this page counts it.
    pub now: RwSignal<Millis>,
    /// Whether the stream is interrupted.
    pub lost: RwSignal<bool>,
    /// Why the last wish was refused.
    pub refused: RwSignal<Option<String>>,
    /// Who came, for those who listen to the page.
    pub arrived: RwSignal<String>,
    /// Who called their visit off.
    pub cancelled: RwSignal<String>,
    /// Both in a place of their own: this is passed by value everywhere.
    kept: StoredValue<(Session, Filters)>,
    /// How many rows of a section are on the page. Not all at once: the browser has to stay quick.
    pub rows: RwSignal<usize>,
}

/// Which visits are shown where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lists {
    /// By section, in the order of [`Section::ALL`].
    sections: [Vec<VisitId>; 4],
    /// How many wait for the chosen provider, looked for or not.
    pub waiting: usize,
    /// How many there are, looked for or not.
    pub known: usize,
}

impl Lists {
    pub fn of(&self, section: Section) -> &[VisitId] {
        &self.sections[section as usize]
    }

    pub fn shown(&self) -> usize {
        self.sections.iter().map(Vec::len).sum()
    }

    pub fn longest(&self) -> usize {
        self.sections.iter().map(Vec::len).max().unwrap_or_default()
    }
}

impl Queue {
    pub fn of(view: QueueView, session: Session) -> Self {
        let filters = Filters::new();
        let entries = view.visits.into_iter().map(|entry| (entry.id, ArcRwSignal::new(entry))).collect();
        Self {
            entries: StoredValue::new(entries),
            changes: RwSignal::new(0),
            at_desk: RwSignal::new(view.at_desk),
            providers: RwSignal::new(view.providers),
            me: StoredValue::new(view.me),
            build: StoredValue::new(view.build),
            // Nobody is in a call here, but whoever types goes on typing.
            outdated: Outdated::new(move || filters.is_typed()),
            clock: StoredValue::new(view.clock),
            now: RwSignal::new(view.now),
            lost: RwSignal::new(false),
            refused: RwSignal::new(None),
            arrived: RwSignal::new(String::new()),
            cancelled: RwSignal::new(String::new()),
            kept: StoredValue::new((session, filters)),
            rows: RwSignal::new(super::FIRST_ROWS),
        }
    }

    /// The reader's session.
    pub fn session(self) -> Session {
        self.kept.with_value(|(session, _)| *session)
    }

    /// What is looked for.
    pub fn filters(self) -> Filters {
        self.kept.with_value(|(_, filters)| *filters)
    }

    /// A visit's own signal.
    pub fn entry(self, id: VisitId) -> Option<ArcRwSignal<QueueEntry>> {
        self.entries.with_value(|entries| entries.get(&id).cloned())
    }

    /// Changes a visit that the page knows. The answer says whether it has come to wait for whom the page looks after.
    pub fn change(self, id: VisitId, change: impl FnOnce(&mut QueueEntry)) -> bool {
        let Some(entry) = self.entry(id) else { return false };
        let before = entry.with_untracked(Clone::clone);
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return false;
        }
        let arrives = self.arrives(Some(&before), &after);
        entry.set(after);
        self.changes.update(|count| *count = count.wrapping_add(1));
        arrives
    }

    /// Takes a visit in, new or as it is now. The answer is that of [`Self::change`].
    pub fn put(self, entry: QueueEntry) -> bool {
        let id = entry.id;
        if self.entry(id).is_some() {
            return self.change(id, |known| {
                if known.visit.seq <= entry.visit.seq {
                    *known = entry;
                }
            });
        }
        let arrives = self.arrives(None, &entry);
        self.entries.update_value(|entries| drop(entries.insert(id, ArcRwSignal::new(entry))));
        self.changes.update(|count| *count = count.wrapping_add(1));
        arrives
    }

    /// Forgets whom a snapshot does not know any more.
    pub fn keep_only(self, known: impl Fn(&VisitId) -> bool) {
        self.entries.update_value(|entries| entries.retain(|id, _| known(id)));
        self.changes.update(|count| *count = count.wrapping_add(1));
    }

    /// Whether somebody has come to wait: who was sent back has not, they were here; whom a colleague hands over has, for who gets
    /// them.
    fn arrives(self, before: Option<&QueueEntry>, after: &QueueEntry) -> bool {
        let section = |entry: &QueueEntry| Section::of(&entry.visit);
        let waits = |entry: &QueueEntry| {
            section(entry) == Some(Section::Waiting) && self.filters().is_for_provider_untracked(entry)
        };
        let me = self.me.with_value(|me| me.id);
        let is_new = |before: &QueueEntry| {
            let is_handed = before.visit.provider != me && after.visit.provider == me;
            is_handed || (!waits(before) && section(before) != Some(Section::InRoom))
        };
        waits(after) && before.is_none_or(is_new)
    }

    /// Which visits are shown where.
    pub fn lists(self) -> Lists {
        self.changes.track();
        let (now, sought) = (self.now.get(), self.filters().get());
        let is_due = |visit: &Visit| self.clock.with_value(|clock| is_expected_today(visit, now, clock));
        let mut lists = Lists::default();
        self.entries.with_value(|entries| {
            let mut found = Vec::with_capacity(entries.len());
            for entry in entries.values() {
                let entry = entry.read_untracked();
                let Some(section) = Section::of(&entry.visit) else { continue };
                if section == Section::Expected && !is_due(&entry.visit) {
                    continue;
                }
                lists.known += 1;
                lists.waiting += usize::from(section == Section::Waiting && sought.is_for_provider(&entry));
                if sought.shows(&entry, section) {
                    found.push((order(&entry.visit), section, entry.id));
                }
            }
            found.sort_unstable_by_key(|(order, _, _)| *order);
            for (_, section, id) in found {
                lists.sections[section as usize].push(id);
            }
        });
        lists
    }

    pub fn name_of(self, staff: StaffId) -> String {
        self.providers.with(|providers| {
            providers.iter().find(|card| card.id == staff).map(|card| card.name.clone()).unwrap_or_default()
        })
    }
}
