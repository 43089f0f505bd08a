//! The stream of the queue's page.

use super::{Feed, Message};
use crate::{
    api::clinic::QueueItem,
    domain::visit::{Change, Event, Reader, StaffId, VisitId, project},
    server::{
        clinic::{AtDesk, Clinic, ClinicError, Published, StaffSession, staff::SessionWatch},
        store::Stored,
    },
};
use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Whoever is further behind gets everything anew: that is less to read.
const MISSED: u32 = 500;

/// The stream of the queue's page. While it lives, its reader is at their desk.
pub struct QueueFeed {
    clinic: Arc<Clinic>,
    session: StaffSession,
    build: String,
    events: Receiver<Arc<Published>>,
    desk: Receiver<(StaffId, bool)>,
    watch: SessionWatch,
    records: Receiver<VisitId>,
    sent: u64,
    /// The providers whose names the page is known to have.
    named: HashSet<StaffId>,
    waiting: VecDeque<Message>,
    _there: AtDesk,
}

impl Feed for QueueFeed {
    async fn next(&mut self) -> Result<Message, ClinicError> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return Ok(message);
            }
            tokio::select! {
                heard = self.events.recv() => match heard {
                    Ok(published) => {
                        let Published { id, visit, event, .. } = &*published;
                        self.say(&Stored { id: *id, visit: *visit, event: event.clone() }).await?;
                    }
                    Err(RecvError::Lagged(_)) => self.read_missed().await?,
                    Err(RecvError::Closed) => return Err(ClinicError::NotFound),
                },
                desk = self.desk.recv() => match desk {
                    Ok((staff, is_there)) => {
                        self.waiting.push_back(Message::of(None, &QueueItem::Desk(staff, is_there)));
                    }
                    Err(_) => self.say_all().await?,
                },
                changed = self.records.recv() => match changed {
                    Ok(visit) => self.say_record(visit).await?,
                    Err(_) => self.say_all().await?,
                },
                () = self.watch.changed() => self.look_at_session().await?,
            }
        }
    }

    fn bye() -> Message {
        Message::last(&QueueItem::Bye)
    }
}

impl QueueFeed {
    /// Opens it. `after`: the last event that the page knows.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn open(
        clinic: &Arc<Clinic>,
        session: StaffSession,
        build: &str,
        after: Option<u64>,
    ) -> Result<Self, ClinicError> {
        // A page that was at another node may know more than this one.
        clinic.keep_up().await?;
        let there = clinic.sit_down(session.staff);
        let mut feed = Self {
            clinic: Arc::clone(clinic),
            build: build.to_owned(),
            // Listens before it reads: what comes in between is read and heard, and sent once.
            events: clinic.hub().subscribe().events,
            desk: clinic.watch_desks(),
            watch: clinic.watch_session(&session.session),
            records: clinic.watch_records(),
            sent: 0,
            named: HashSet::new(),
            waiting: VecDeque::new(),
            _there: there,
            session,
        };
        match after {
            Some(after) if after <= clinic.hub().last() => {
                feed.sent = after;
                feed.waiting.push_back(Message::of(None, &QueueItem::Build(feed.build.clone())));
                feed.read_missed().await?;
                for visit in clinic.records_changed_since(after).await? {
                    feed.say_record(visit).await?;
                }
                feed.look_at_session().await?;
            }
            _ => feed.say_all().await?,
        }
        Ok(feed)
    }

    /// It may have ended, or ends at another time than was said.
    async fn look_at_session(&mut self) -> Result<(), ClinicError> {
        let found = self.clinic.staff_session_by_key(&self.session.session, false).await?;
        let message = match found.filter(|found| found.role == self.session.role) {
            Some(session) => {
                self.session = session;
                Message::of(None, &QueueItem::Session(self.clinic.session_end(&self.session)))
            }
            None => Message::last(&QueueItem::Over),
        };
        self.waiting.push_back(message);
        Ok(())
    }

    async fn read_missed(&mut self) -> Result<(), ClinicError> {
        let missed = self.clinic.store().after(self.sent, MISSED).await?;
        if missed.len() == usize::try_from(MISSED).unwrap_or(usize::MAX) {
            return self.say_all().await;
        }
        for stored in &missed {
            self.say(stored).await?;
        }
        Ok(())
    }

    async fn say(&mut self, stored: &Stored) -> Result<(), ClinicError> {
        if stored.id <= self.sent {
            return Ok(());
        }
        self.sent = stored.id;
        let Some(event) = project(&stored.event, Reader::Staff(self.session.role)) else { return Ok(()) };
        let item = if needs_entry(&event.change) {
            match self.entry(stored.visit).await? {
                Some(item) => item,
                None => return Ok(()),
            }
        } else {
            QueueItem::Event(stored.visit, event)
        };
        self.say_names(&item).await?;
        self.waiting.push_back(Message::of(Some(stored.id), &item));
        Ok(())
    }

    /// Who was hired after the page was opened has no name on it.
    async fn say_names(&mut self, item: &QueueItem) -> Result<(), ClinicError> {
        let provider = match item {
            QueueItem::Entry(entry) => entry.visit.provider,
            QueueItem::Event(_, Event { change: Change::Assigned { provider }, .. }) => *provider,
            _ => return Ok(()),
        };
        if !self.named.contains(&provider) {
            let providers = self.clinic.provider_cards().await?;
            self.named = providers.iter().map(|card| card.id).chain([provider]).collect();
            self.waiting.push_back(Message::of(None, &QueueItem::Providers(providers)));
        }
        Ok(())
    }

    /// Somebody has corrected what is written down. That has no id of its own to resume by.
    async fn say_record(&mut self, visit: VisitId) -> Result<(), ClinicError> {
        if let Some(item) = self.entry(visit).await? {
            self.waiting.push_back(Message::of(None, &item));
        }
        Ok(())
    }

    async fn entry(&self, id: VisitId) -> Result<Option<QueueItem>, ClinicError> {
        let Some(visit) = self.clinic.visit(id).await? else { return Ok(None) };
        let entry = self.clinic.queue_entry(id, &visit, self.session.role).await?;
        Ok(entry.map(|entry| QueueItem::Entry(Box::new(entry))))
    }

    async fn say_all(&mut self) -> Result<(), ClinicError> {
        let view = self.clinic.queue_view(&self.session, &self.build).await?;
        self.sent = view.last;
        self.named = view.providers.iter().map(|card| card.id).collect();
        self.waiting.push_back(Message::of(Some(view.last), &QueueItem::Snapshot(Box::new(view))));
        Ok(())
    }
}

/// After these, more has changed than the event says: the visit is new to the page, or the patient has told something.
fn needs_entry(change: &Change) -> bool {
    matches!(
        change,
        Change::Scheduled { .. }
            | Change::Moved { .. }
            | Change::CheckedIn
            | Change::DevicesTried
            | Change::Returned
    )
}
