//! What the stream says, taken into the page.

use super::Queue;
use crate::{
    api::clinic::{QueueItem, QueueView},
    app::clinic::live::Heard,
    domain::visit::{Visit, VisitId},
};
use leptos::prelude::*;
use std::collections::HashSet;

impl Queue {
    pub(super) fn heard(self, heard: Heard<QueueItem>) {
        match heard {
            Heard::Item(item) => self.item(item),
            Heard::Lost => self.lost.set(true),
            Heard::Back => self.lost.set(false),
            // Nobody is in a call here: a newer page does no harm.
            Heard::Unreadable => reload(),
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
                let arrives = self.change(id, |entry| {
                    if entry.visit.seq < event.seq
                        && let Some(visit) = Visit::fold(Some(entry.visit.clone()), &event)
                    {
                        entry.visit = visit;
                    }
                });
                if arrives {
                    self.announce(id);
                }
            }
            QueueItem::Desk(staff, is_there) => self.at_desk.update(|desks| {
                desks.retain(|known| *known != staff);
                if is_there {
                    desks.push(staff);
                }
            }),
            QueueItem::Session(end) => self.session().ends(end),
            QueueItem::Over => self.session().is_over(false),
            QueueItem::Bye => {}
        }
    }

    fn snapshot(self, view: QueueView) {
        let is_old = self.build.with_value(|build| *build != view.build);
        // Somebody else may have logged in meanwhile, in another tab.
        if is_old || self.me.with_value(|me| *me != view.me) {
            return reload();
        }
        self.session().ends(view.session);
        self.now.set(view.now);
        self.at_desk.set(view.at_desk);
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

    fn announce(self, id: VisitId) {
        if let Some(entry) = self.entry(id) {
            self.arrived.set(entry.with_untracked(|entry| format!("{} is ready and waits.", entry.patient)));
        }
    }
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // It fails only in a page that goes away already.
        let _ = window.location().reload();
    }
}
