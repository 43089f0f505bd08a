//! Which of those who work here have their page open.

use super::{Clinic, Tidings, desk_log::DeskLog};
use crate::{
    domain::visit::StaffId,
    server::store::{NodeId, Who},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::broadcast;

/// How many comings and goings a watcher may be behind.
const BEHIND: usize = 256;

/// Who is at their desk: how many streams their pages hold.
pub(super) struct Desk {
    streams: Mutex<HashMap<StaffId, u32>>,
    news: broadcast::Sender<(StaffId, bool)>,
    pub(super) log: DeskLog,
}

/// A page of somebody who works here, as long as this lives.
pub struct AtDesk {
    clinic: Arc<Clinic>,
    staff: StaffId,
}

impl Desk {
    pub fn new(node: NodeId) -> Self {
        Self { streams: Mutex::default(), news: broadcast::channel(BEHIND).0, log: DeskLog::new(node) }
    }

    /// Whether a page of theirs is open.
    pub fn is_there(&self, staff: StaffId) -> bool {
        self.lock().contains_key(&staff)
    }

    /// Everybody who is.
    pub fn all(&self) -> Vec<Who> {
        self.lock().keys().copied().map(Who::Staff).collect()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, HashMap<StaffId, u32>> {
        // Numbers only: they are whole at every moment.
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clinic {
    /// Whether a page of theirs is open, at whichever process.
    pub fn is_at_desk(&self, staff: StaffId) -> bool {
        self.desk.is_there(staff) || self.neighbours.is_at_desk(staff)
    }

    /// Learns who comes to their desk (true), and who goes.
    pub fn watch_desks(&self) -> broadcast::Receiver<(StaffId, bool)> {
        self.desk.news.subscribe()
    }

    pub(super) fn tell_of(&self, staff: StaffId, is_there: bool) {
        // Nobody watching is no trouble.
        drop(self.desk.news.send((staff, is_there)));
        self.hub().tell_those_who_wait(staff, Tidings::Desk);
    }

    /// A page of theirs is open, until the answer is dropped.
    pub fn sit_down(self: &Arc<Self>, staff: StaffId) -> AtDesk {
        let came = {
            let mut desk = self.desk.lock();
            let streams = desk.entry(staff).or_default();
            *streams += 1;
            let came = *streams == 1;
            // Under the lock: they are written down in the order in which they happen.
            if came {
                self.desk.log.note(staff, self.now(), true);
            }
            came
        };
        if came {
            self.neighbours.tell_soon();
            self.tell_of(staff, true);
        }
        AtDesk { clinic: Arc::clone(self), staff }
    }
}

impl Drop for AtDesk {
    fn drop(&mut self) {
        let went = {
            let mut desk = self.clinic.desk.lock();
            let streams = desk.entry(self.staff).or_default();
            *streams = streams.saturating_sub(1);
            let went = *streams == 0;
            if went {
                desk.remove(&self.staff);
                self.clinic.desk.log.note(self.staff, self.clinic.now(), false);
            }
            went
        };
        if went {
            self.clinic.neighbours.tell_soon();
            self.clinic.tell_of(self.staff, self.clinic.is_at_desk(self.staff));
        }
    }
}
