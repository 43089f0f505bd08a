//! Which of those who work here have their page open.

use super::Clinic;
use crate::domain::visit::StaffId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Who is at their desk: how many streams their pages hold.
#[derive(Default)]
pub(super) struct Desk(Mutex<HashMap<StaffId, u32>>);

/// A page of somebody who works here, as long as this lives.
pub struct AtDesk {
    clinic: Arc<Clinic>,
    staff: StaffId,
}

impl Desk {
    /// Whether a page of theirs is open.
    pub fn is_there(&self, staff: StaffId) -> bool {
        self.lock().contains_key(&staff)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<StaffId, u32>> {
        // Numbers only: they are whole at every moment.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clinic {
    /// A page of theirs is open, until the answer is dropped.
    pub fn sit_down(self: &Arc<Self>, staff: StaffId) -> AtDesk {
        let came = {
            let mut desk = self.desk.lock();
            let streams = desk.entry(staff).or_default();
            *streams += 1;
            *streams == 1
        };
        if came {
            self.hub().facts_changed(staff);
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
            }
            went
        };
        if went {
            self.clinic.hub().facts_changed(self.staff);
        }
    }
}
