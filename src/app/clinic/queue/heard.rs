//! What the stream says, taken into the page.

use super::Queue;
use crate::{
    api::clinic::{QueueEntry, QueueItem},
    app::clinic::live::Heard,
    domain::{
        queue::Section,
        visit::{Change, Visit, VisitId},
    },
};
use leptos::prelude::*;

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
            QueueItem::Snapshot(view) => {
                if self.build.with_value(|build| *build != view.build) {
                    return reload();
                }
                self.now.set(view.now);
                self.at_desk.set(view.at_desk);
                self.visits.set(view.visits.into_iter().map(|entry| (entry.id, entry)).collect());
            }
            QueueItem::Entry(entry) => self.put(*entry),
            QueueItem::Event(id, event) => {
                let arrives = matches!(event.change, Change::ReadyToWait);
                self.visits.update(|visits| {
                    let Some(entry) = visits.get_mut(&id).filter(|entry| entry.visit.seq < event.seq) else {
                        return;
                    };
                    if let Some(visit) = Visit::fold(Some(entry.visit.clone()), &event) {
                        entry.visit = visit;
                    }
                    if Section::of(&entry.visit).is_none() {
                        visits.remove(&id);
                    }
                });
                self.now.update(|now| now.0 = now.0.max(event.at.0));
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
            QueueItem::Over => reload(),
            QueueItem::Bye => {}
        }
    }

    fn put(self, entry: QueueEntry) {
        self.visits.update(|visits| {
            if Section::of(&entry.visit).is_none() {
                visits.remove(&entry.id);
            } else if visits.get(&entry.id).is_none_or(|known| known.visit.seq <= entry.visit.seq) {
                visits.insert(entry.id, entry);
            }
        });
    }

    fn announce(self, id: VisitId) {
        let name = self.visits.with_untracked(|visits| visits.get(&id).map(|entry| entry.patient.clone()));
        if let Some(name) = name {
            self.arrived.set(format!("{name} is ready and waits."));
        }
    }
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // It fails only in a page that goes away already.
        let _ = window.location().reload();
    }
}
