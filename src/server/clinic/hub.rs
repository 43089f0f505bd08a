//! Where whoever watches learns what has happened: every event of every visit, once, in the order of commits.

use super::live::Live;
use crate::{
    domain::{
        others::{Facts, Showing},
        visit::{Event, Millis, SeatId, StaffId, Visit, VisitId},
        wait::Range,
    },
    server::store::{Store, StoreError, Stored},
};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};
use tokio::sync::broadcast;

/// How many events a watcher may be behind. Whoever is further behind is told so, and reads the log.
const BEHIND: usize = 4096;

/// How much those who wait for one provider may be behind.
const FEW: usize = 256;

/// How many events are read at once when catching up.
const BATCH: u32 = 512;

/// An event that is committed, with what its visit amounts to now.
#[derive(Debug)]
pub struct Published {
    /// Its place in the order of all commits.
    pub id: u64,
    /// Whose it is.
    pub visit: VisitId,
    /// What happened.
    pub event: Event,
    /// How the visit stands after it.
    pub after: Arc<Visit>,
}

/// A moment, and all that comes after it: nothing is missed in between, nothing comes twice.
pub struct Subscription {
    /// The id of the last event that is in `visits`.
    pub last: u64,
    /// All visits that were not over at that moment.
    pub visits: Vec<(VisitId, Arc<Visit>)>,
    /// What happens after it. `Lagged` says that the log has to be read.
    pub events: broadcast::Receiver<Arc<Published>>,
}

/// Tells what has happened.
pub struct Hub {
    live: RwLock<Live>,
    events: broadcast::Sender<Arc<Published>>,
    topics: Mutex<HashMap<StaffId, broadcast::Sender<Tidings>>>,
    /// What those who wait were last told of how long it may take: it stays while it is true enough, also when a page is loaded
    /// anew, which the pages without JavaScript are all the time.
    told: Mutex<HashMap<VisitId, Range>>,
    /// Held while publishing, so that events go out in order.
    publishing: tokio::sync::Mutex<()>,
}

/// What concerns those who wait for one provider.
#[derive(Debug, Clone)]
pub enum Tidings {
    /// Something happened in a visit that is theirs, or was until then.
    Event(Arc<Published>),
    /// They came to their desk, or went.
    Desk,
    /// What is written beside the log of a visit has changed.
    Record(VisitId),
    /// Another device has taken a place, or its links were taken away.
    Seat(SeatId),
}

impl Hub {
    pub(super) fn new(live: Live) -> Self {
        Self {
            live: RwLock::new(live),
            events: broadcast::channel(BEHIND).0,
            topics: Mutex::default(),
            told: Mutex::default(),
            publishing: tokio::sync::Mutex::default(),
        }
    }

    /// The present, and all that comes after it.
    pub fn subscribe(&self) -> Subscription {
        // Under the lock that publishing takes to change the present.
        let live = self.read();
        Subscription {
            last: live.last,
            visits: live.open.all().map(|(id, visit)| (id, Arc::clone(visit))).collect(),
            events: self.events.subscribe(),
        }
    }

    /// A visit that is not over, as of the last event published.
    pub fn open_visit(&self, id: VisitId) -> Option<Arc<Visit>> {
        self.read().open.get(id).cloned()
    }

    /// Whether any of a provider's visits that are not over is like that.
    pub fn any_open(&self, provider: StaffId, is_like: impl Fn(&Visit) -> bool) -> bool {
        self.read().open.of(provider).any(is_like)
    }

    /// Who has a patient with them.
    pub fn providers_with_patients(&self) -> HashSet<StaffId> {
        let live = self.read();
        let with_them = live.open.all().filter(|(_, visit)| visit.is_with_provider());
        with_them.map(|(_, visit)| visit.provider).collect()
    }

    /// Learns of what concerns those who wait for one provider, and of nothing else: with thousands who wait, one event wakes only
    /// the few whom it may concern.
    pub fn watch(&self, provider: StaffId) -> broadcast::Receiver<Tidings> {
        self.topics().entry(provider).or_insert_with(|| broadcast::channel(FEW).0).subscribe()
    }

    /// Tells those who wait for one provider.
    pub fn tell_those_who_wait(&self, provider: StaffId, tidings: Tidings) {
        let mut topics = self.topics();
        let nobody = topics.get(&provider).is_some_and(|topic| topic.send(tidings).is_err());
        if nobody {
            topics.remove(&provider);
        }
    }

    /// Tells that another device has taken a place, or that its links were taken away. `provider`: whose patient it was when that was
    /// written down. Another may have the visit by now, where its pages listen, or will, and look then who may be here.
    pub fn tell_of_seat(&self, provider: StaffId, seat: SeatId) {
        let is_here = |visit: &Visit| visit.seat == seat || visit.guests.contains(&seat);
        let now = self.read().open.all().find(|(_, visit)| is_here(visit)).map(|(_, visit)| visit.provider);
        self.tell_those_who_wait(provider, Tidings::Seat(seat));
        if let Some(now) = now.filter(|now| *now != provider) {
            self.tell_those_who_wait(now, Tidings::Seat(seat));
        }
    }

    /// What the page of this visit's patient is told of other visits.
    pub(super) fn facts(
        &self,
        (id, visit): (VisitId, &Visit),
        is_at_desk: bool,
        now: Millis,
        showing: Showing<'_>,
    ) -> Facts {
        // Under the lock of the present: nobody is remembered who does not wait any more.
        let live = self.read();
        let shown = self.told().get(&id).copied();
        let facts = live.open.facts((id, visit), is_at_desk, now, shown, showing);
        match facts.wait {
            Some(wait) => drop(self.told().insert(id, wait.range())),
            None => drop(self.told().remove(&id)),
        }
        facts
    }

    fn told(&self) -> MutexGuard<'_, HashMap<VisitId, Range>> {
        // One entry is changed at a time: it is whole at every moment.
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn topics(&self) -> MutexGuard<'_, HashMap<StaffId, broadcast::Sender<Tidings>>> {
        // A table of channels: it is whole at every moment.
        self.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id of the last event published.
    pub fn last(&self) -> u64 {
        self.read().last
    }

    /// Publishes what was just committed, and whatever another process committed before it.
    ///
    /// # Errors
    /// When that cannot be read. Then it is published together with what comes next.
    pub async fn publish(&self, store: &Store, committed: &[Stored]) -> Result<(), StoreError> {
        let Some(first) = committed.first() else { return Ok(()) };
        let turn = self.publishing.lock().await;
        if first.id == self.last() + 1 {
            for stored in committed {
                self.tell(store, stored).await?;
            }
            return Ok(());
        }
        drop(turn);
        self.catch_up(store).await
    }

    /// Publishes what is committed and not published yet, whoever did it.
    ///
    /// # Errors
    /// When it cannot be read. Nothing is lost: the next time begins where this one stopped.
    pub async fn catch_up(&self, store: &Store) -> Result<(), StoreError> {
        let _turn = self.publishing.lock().await;
        loop {
            let batch = store.after(self.last(), BATCH).await?;
            if batch.is_empty() {
                return Ok(());
            }
            for stored in &batch {
                self.tell(store, stored).await?;
            }
        }
    }

    async fn tell(&self, store: &Store, stored: &Stored) -> Result<(), StoreError> {
        let is_known = stored.event.seq == 1 || self.open_visit(stored.visit).is_some();
        // A patient who had left is back: the visit was not in memory any more.
        let log = if is_known { Vec::new() } else { store.read(stored.visit).await? };
        let provider_before = self.open_visit(stored.visit).map(|visit| visit.provider);
        let until_then = Visit::of(log.iter().filter(|event| event.seq <= stored.event.seq));
        let mut live = self.write();
        let after = match until_then {
            Some(after) => {
                let after = Arc::new(after);
                live.put(stored, Arc::clone(&after));
                Some(after)
            }
            None => live.take(stored),
        };
        let Some(after) = after else {
            // A log that does not begin with an appointment: there is nothing to show of it.
            live.last = stored.id;
            return Ok(());
        };
        if !after.is_in_queue() {
            self.told().remove(&stored.visit);
        }
        let Stored { id, visit, event } = stored.clone();
        let provider = after.provider;
        let published = Arc::new(Published { id, visit, event, after });
        // Nobody watching is no trouble. Sent under the lock: a subscriber has an event in its present, or gets it.
        drop(self.events.send(Arc::clone(&published)));
        self.tell_those_who_wait(provider, Tidings::Event(Arc::clone(&published)));
        if let Some(before) = provider_before.filter(|before| *before != provider) {
            self.tell_those_who_wait(before, Tidings::Event(published));
        }
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Live> {
        // What is behind it is whole at every moment, also if somebody panicked while holding it.
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Live> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }
}
