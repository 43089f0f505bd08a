//! What the stream says, taken into the page.

use super::{Live, say::Stands};
use crate::{
    api::clinic::{SeatItem, SeatView},
    app::clinic::live::{Heard, reload},
    domain::visit::{Stage, Visit},
};
use leptos::prelude::*;

impl Live {
    pub(super) fn heard(self, heard: Heard<SeatItem>) {
        match heard {
            Heard::Item(item) => self.item(item),
            Heard::Lost => self.hears(Stands::Lost),
            Heard::Back => self.hears(Stands::Well),
            Heard::Unreadable => self.seat.with_untracked(|seat| self.outdated.unreadable(&seat.build)),
        }
    }

    /// A page that was put aside stays so, whatever becomes of its stream.
    fn hears(self, stands: Stands) {
        if self.stands.get_untracked() != Stands::PutAside {
            self.stands.set(stands);
        }
    }

    fn item(self, item: SeatItem) {
        match item {
            SeatItem::Snapshot(view) => {
                self.compare_build(&view.build);
                // The page's words are chosen when it is made.
                self.seat.with_untracked(|seat| self.outdated.compare(seat.lang.tag(), view.lang.tag()));
                self.set_clock(view.now);
                // The page stays of the build that it was made by.
                let build = self.seat.with_untracked(|seat| seat.build.clone());
                self.seat.set(SeatView { build, ..*view });
                self.leave_if_over();
            }
            SeatItem::Event(event) => {
                self.seat.update(|seat| {
                    if event.seq <= seat.visit.seq {
                        return;
                    }
                    if let Some(visit) = Visit::fold(Some(seat.visit.clone()), &event) {
                        seat.visit = visit;
                    }
                });
                self.leave_if_over();
            }
            SeatItem::Facts(facts) => {
                let elsewhere = facts.elsewhere;
                self.seat.update(|seat| seat.facts = facts);
                if elsewhere {
                    reload();
                }
            }
            SeatItem::Build(build) => self.compare_build(&build),
            SeatItem::Over => reload(),
            SeatItem::Bye => {}
            SeatItem::Another => self.put_aside(),
        }
    }

    /// Another visit was opened in this browser: nothing that is asked from here is for this one any more, and nothing more is heard
    /// of it. A call that is under way goes on; its token is its own.
    pub(super) fn put_aside(self) {
        self.checking.close();
        self.stands.set(Stands::PutAside);
    }

    /// What comes after the end, or before the wait, or where another device has the place, is another page, which the server makes.
    fn leave_if_over(self) {
        let is_elsewhere = self.seat.with_untracked(|seat| {
            seat.facts.elsewhere
                || seat.visit.stage.is_over()
                || (!seat.is_guest && seat.visit.stage == Stage::Scheduled)
        });
        if is_elsewhere {
            reload();
        }
    }

    fn compare_build(self, build: &str) {
        self.seat.with_untracked(|seat| self.outdated.compare(&seat.build, build));
    }
}
