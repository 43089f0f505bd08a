//! What the stream says, taken into the page.

use super::Live;
use crate::{
    api::clinic::SeatItem,
    app::clinic::live::Heard,
    domain::visit::{Stage, Visit},
};
use leptos::prelude::*;

impl Live {
    pub(super) fn heard(self, heard: Heard<SeatItem>) {
        match heard {
            Heard::Item(item) => self.item(item),
            Heard::Lost => self.lost.set(true),
            Heard::Back => self.lost.set(false),
            Heard::Unreadable => self.reload_if_harmless(),
        }
    }

    fn item(self, item: SeatItem) {
        match item {
            SeatItem::Snapshot(view) => {
                let is_old = self.seat.with_untracked(|seat| seat.build != view.build);
                self.set_clock(view.now);
                self.seat.set(*view);
                if is_old {
                    self.reload_if_harmless();
                }
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
            SeatItem::Over => reload(),
            SeatItem::Bye => {}
        }
    }

    /// What comes after the end, or before the wait, is another page, which the server makes.
    fn leave_if_over(self) {
        let is_elsewhere = self.seat.with_untracked(|seat| {
            seat.visit.stage.is_over()
                || (!seat.is_guest && matches!(seat.visit.stage, Stage::Scheduled | Stage::CheckedIn))
        });
        if is_elsewhere {
            reload();
        }
    }

    /// A newer page, but never in a call.
    fn reload_if_harmless(self) {
        if !self.call.with_untracked(|call| call.phase().is_under_way()) {
            reload();
        }
    }
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // It fails only in a page that goes away already.
        let _ = window.location().reload();
    }
}
