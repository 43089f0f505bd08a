//! What the stream says, taken into the page.

use super::Queue;
use crate::{
    api::clinic::{QueueItem, QueueView},
    app::clinic::live::{Heard, reload},
    domain::visit::{Change, Outcome, Visit, VisitId},
};
use leptos::prelude::*;
use std::collections::HashSet;

impl Queue {
    pub(super) fn heard(self, heard: Heard<QueueItem>) {
        match heard {
            Heard::Item(item) => self.item(item),
            Heard::Lost => self.lost.set(true),
            Heard::Back => self.lost.set(false),
            Heard::Unreadable => self.build.with_value(|own| self.outdated.unreadable(own)),
        }
    }

    fn item(self, item: QueueItem) {
        match item {
            QueueItem::Snapshot(view) => self.snapshot(*view),
            QueueItem::Entry(entry) => {
                let id = entry.id;
                if self.put(*entry) {
                    self.announce(id);
                }
            }
            QueueItem::Event(id, event) => {
                if matches!(event.change, Change::Ended { outcome: Outcome::CancelledByPatient }) {
                    self.say_cancelled(id);
                }
                let arrives = self.change(id, |entry| {
                    if entry.visit.seq < event.seq
                        && let Some(visit) = Visit::fold(Some(entry.visit.clone()), &event)
                    {
                        entry.visit = visit;
                    }
                });
                // Whoever takes somebody over knows it.
                if arrives && event.by.provider() != Some(self.me.with_value(|me| me.id)) {
                    self.announce(id);
                }
            }
            QueueItem::Providers(providers) => self.providers.set(providers),
            QueueItem::Desk(staff, is_there) => self.at_desk.update(|desks| {
                desks.retain(|known| *known != staff);
                if is_there {
                    desks.push(staff);
                }
            }),
            QueueItem::Build(build) => self.compare_build(&build),
            QueueItem::Session(end) => self.session().ends(end),
            QueueItem::Over => self.session().is_over(false),
            QueueItem::Bye => {}
        }
    }

    fn compare_build(self, build: &str) {
        self.build.with_value(|own| self.outdated.compare(own, build));
    }

    fn snapshot(self, view: QueueView) {
        // Somebody else may have logged in meanwhile, in another tab.
        if self.me.with_value(|me| *me != view.me) {
            return reload();
        }
        self.compare_build(&view.build);
        self.session().ends(view.session);
        self.clock.set_value(view.clock);
        self.now.set(view.now);
        self.at_desk.set(view.at_desk);
        if self.providers.with_untracked(|known| *known != view.providers) {
            self.providers.set(view.providers);
        }
        let known: HashSet<VisitId> = view.visits.iter().map(|entry| entry.id).collect();
        self.keep_only(|id| known.contains(id));
        let mut arrived = None;
        for entry in view.visits {
            let id = entry.id;
            if self.put(entry) {
                arrived = Some(id);
            }
        }
        // Who came while the stream was interrupted; one is enough to look.
        if let Some(id) = arrived {
            self.announce(id);
        }
    }

    /// Said before the row is gone, which would say nothing.
    fn say_cancelled(self, id: VisitId) {
        if let Some(entry) = self.entry(id) {
            self.cancelled.set(entry.with_untracked(|entry| format!("{} has cancelled.", entry.patient)));
        }
    }

    fn announce(self, id: VisitId) {
        if let Some(entry) = self.entry(id) {
            self.arrived.set(entry.with_untracked(|entry| format!("{} is ready and waits.", entry.patient)));
        }
    }
}
