//! What is known of the other processes.

use crate::{
    domain::visit::{Millis, StaffId, VisitId},
    server::store::{NodeId, Who},
};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;

/// For so long what was read of the others holds.
const HOLDS: Duration = Duration::from_secs(10);

/// For so long it is known when a page was last seen elsewhere. By then its patient is noted as away, or is back.
const REMEMBERED: Duration = Duration::from_mins(5);

/// Of a process that has its rooms in itself.
pub(super) const WITHIN: &str = "within";

/// What is known of the other processes.
#[derive(Default)]
pub(in crate::server::clinic) struct Neighbours {
    seen: Mutex<Seen>,
    /// What the others were told of this process. None: nothing, or they have forgotten it.
    pub(super) shown: tokio::sync::Mutex<Option<HashSet<Who>>>,
    /// Somebody has come to their desk here, or went: the others are to know soon.
    pub(super) changed: Notify,
    rooms: OnceLock<String>,
}

#[derive(Default)]
struct Seen {
    others: HashMap<NodeId, Neighbour>,
    /// Patients whose pages were elsewhere until then.
    left: HashMap<VisitId, Millis>,
    at: Option<Millis>,
}

/// One of them.
#[derive(Clone, Default)]
pub(super) struct Neighbour {
    pub beat: i64,
    pub changes: i64,
    /// For how many beats of ours its own has not changed. Nobody's clock counts, and a database that answers nobody makes nobody look
    /// dead.
    pub silent: u32,
    pub pages: Arc<HashSet<Who>>,
}

impl Neighbours {
    /// When the patient's page was at another process last; now, if it is. None if it was not lately.
    pub fn last_seen(&self, visit: VisitId, now: Millis) -> Option<Millis> {
        let seen = self.lock();
        if seen.is_at(Who::Patient(visit)) { Some(now) } else { seen.left.get(&visit).copied() }
    }

    /// Whether a page of theirs is open at another process.
    pub fn is_at_desk(&self, staff: StaffId) -> bool {
        self.lock().is_at(Who::Staff(staff))
    }

    /// Somebody has come to their desk here, or went.
    pub fn tell_soon(&self) {
        self.changed.notify_one();
    }

    /// Whether what is known is new enough to say that somebody is not there.
    pub(super) fn is_fresh(&self, now: Millis) -> bool {
        self.lock().at.is_some_and(|at| now < at.plus(HOLDS))
    }

    pub(super) fn all(&self) -> HashMap<NodeId, Neighbour> {
        self.lock().others.clone()
    }

    /// Takes in what was read. Says who has come to their desk, or gone from the last one.
    pub(super) fn replace(&self, others: HashMap<NodeId, Neighbour>, now: Millis) -> Vec<(StaffId, bool)> {
        let mut seen = self.lock();
        let before = std::mem::replace(&mut seen.others, others);
        seen.at = Some(now);
        seen.left.retain(|_, at| now < at.plus(REMEMBERED));
        let pages = |nodes: &HashMap<NodeId, Neighbour>| -> HashSet<Who> {
            nodes.values().flat_map(|node| node.pages.iter().copied()).collect()
        };
        let (before, after) = (pages(&before), pages(&seen.others));
        let mut desks = Vec::new();
        for (who, is_there) in after
            .difference(&before)
            .map(|who| (who, true))
            .chain(before.difference(&after).map(|who| (who, false)))
        {
            match who {
                Who::Staff(staff) => desks.push((*staff, is_there)),
                Who::Patient(visit) if is_there => drop(seen.left.remove(visit)),
                Who::Patient(visit) => drop(seen.left.insert(*visit, now)),
            }
        }
        desks
    }

    /// Where this process's calls are; said once, at the start.
    pub(super) fn set_rooms(&self, rooms: String) {
        drop(self.rooms.set(rooms));
    }

    pub(super) fn rooms(&self) -> &str {
        self.rooms.get().map_or(WITHIN, String::as_str)
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        // It is exchanged as a whole.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn is_at(&self, who: Who) -> bool {
        self.others.values().any(|node| node.pages.contains(&who))
    }
}
