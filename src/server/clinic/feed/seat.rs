//! The stream of a patient's or guest's page.

use super::{Feed, Message};
use crate::{
    api::clinic::{SeatFacts, SeatItem},
    domain::visit::{StaffId, Visit, VisitId, project},
    server::{
        clinic::{Clinic, ClinicError, Listening, Published, SeatSession, Tidings},
        store::Stored,
    },
};
use std::{collections::VecDeque, sync::Arc, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// How often what is left of the wait is looked at while nothing happens.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// The stream of a patient's or guest's page. While a patient's lives, the patient is there.
pub struct SeatFeed {
    clinic: Arc<Clinic>,
    session: SeatSession,
    build: String,
    tidings: Receiver<Tidings>,
    provider: StaffId,
    /// The id of the last event that was sent, or is in what was.
    sent: u64,
    facts: Option<SeatFacts>,
    waiting: VecDeque<Message>,
    _here: Option<Listening>,
}

impl Feed for SeatFeed {
    async fn next(&mut self) -> Result<Message, ClinicError> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return Ok(message);
            }
            // A wait grows shorter also when nothing happens.
            let Ok(tidings) = tokio::time::timeout(LOOK_AGAIN, self.tidings.recv()).await else {
                self.look_at_wait().await?;
                continue;
            };
            match tidings {
                Ok(Tidings::Event(published)) => self.heard(&published).await?,
                Ok(Tidings::Desk) => self.say_facts(false).await?,
                Ok(Tidings::Seat(seat)) if seat == self.session.seat => self.look_at_session().await?,
                Ok(Tidings::Seat(_)) => {}
                Err(RecvError::Lagged(_)) => {
                    self.read_missed().await?;
                    self.say_facts(false).await?;
                }
                // Nobody told anything for a while, and the channel was given up.
                Err(RecvError::Closed) => self.tidings = self.clinic.hub().watch(self.provider),
            }
        }
    }

    fn bye() -> Message {
        Message::last(&SeatItem::Bye)
    }
}

impl SeatFeed {
    /// Opens it. `after`: the last event that the page knows.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] when there is no such visit any more.
    pub async fn open(
        clinic: &Arc<Clinic>,
        session: SeatSession,
        build: &str,
        after: Option<u64>,
    ) -> Result<Self, ClinicError> {
        let is_patient = session.actor == crate::domain::visit::Actor::Patient;
        let here = if is_patient { Some(clinic.listen(session.visit).await?) } else { None };
        let visit = clinic.visit(session.visit).await?.ok_or(ClinicError::NotFound)?;
        // Listens before it reads: what comes in between is read and heard, and sent once.
        let tidings = clinic.hub().watch(visit.provider);
        let mut feed = Self {
            clinic: Arc::clone(clinic),
            provider: visit.provider,
            session,
            build: build.to_owned(),
            tidings,
            sent: 0,
            facts: None,
            waiting: VecDeque::new(),
            _here: here,
        };
        match after {
            Some(after) if after <= clinic.hub().last() => {
                feed.sent = after;
                feed.read_missed().await?;
                feed.say_facts(true).await?;
            }
            // An id that was never given is from another life of the database.
            _ => feed.say_all().await?,
        }
        Ok(feed)
    }

    async fn heard(&mut self, published: &Published) -> Result<(), ClinicError> {
        if published.visit == self.session.visit {
            if published.after.provider != self.provider {
                return self.follow(published.after.provider).await;
            }
            let Published { id, visit, event, .. } = published;
            self.say(&Stored { id: *id, visit: *visit, event: event.clone() });
        }
        self.say_facts(false).await
    }

    /// Another provider has the visit: from now on it is their queue that counts.
    async fn follow(&mut self, provider: StaffId) -> Result<(), ClinicError> {
        self.provider = provider;
        self.tidings = self.clinic.hub().watch(provider);
        self.read_missed().await?;
        self.say_facts(false).await
    }

    async fn read_missed(&mut self) -> Result<(), ClinicError> {
        let missed = self.clinic.store().after_of(self.session.visit, self.sent).await?;
        for stored in &missed {
            self.say(stored);
        }
        Ok(())
    }

    fn say(&mut self, stored: &Stored) {
        if stored.id <= self.sent {
            return;
        }
        self.sent = stored.id;
        if let Some(event) = project(&stored.event, self.session.reader()) {
            self.waiting.push_back(Message::of(Some(stored.id), &SeatItem::Event(event)));
        }
    }

    async fn say_all(&mut self) -> Result<(), ClinicError> {
        let view = self.clinic.seat_view(&self.session, &self.build).await?.ok_or(ClinicError::NotFound)?;
        self.sent = view.last;
        self.facts = Some(view.facts.clone());
        self.waiting.push_back(Message::of(Some(view.last), &SeatItem::Snapshot(Box::new(view))));
        Ok(())
    }

    /// Says what other visits have to do with this one, if that has changed.
    async fn say_facts(&mut self, always: bool) -> Result<(), ClinicError> {
        let Some(visit) = self.visit().await? else { return Ok(()) };
        let facts = self.clinic.seat_facts(&self.session, &visit).await?;
        if always || self.facts.as_ref() != Some(&facts) {
            self.waiting.push_back(Message::of(None, &SeatItem::Facts(facts.clone())));
            self.facts = Some(facts);
        }
        Ok(())
    }

    /// Says how long it may still take, if that has changed by time alone.
    async fn look_at_wait(&mut self) -> Result<(), ClinicError> {
        let Some(visit) = self.visit().await? else { return Ok(()) };
        let told = self.facts.as_ref().and_then(|facts| facts.wait);
        if self.clinic.wait_of(self.session.visit, &visit) == told {
            return Ok(());
        }
        self.say_facts(false).await
    }

    async fn visit(&self) -> Result<Option<Arc<Visit>>, ClinicError> {
        Ok(self.clinic.visit(self.session.visit).await?)
    }

    /// Another device may have the place now, or nobody by this link.
    async fn look_at_session(&mut self) -> Result<(), ClinicError> {
        if let Some(session) = self.clinic.seat_session_by_key(&self.session.session).await? {
            self.session = session;
            self.say_facts(false).await
        } else {
            self.waiting.push_back(Message::last(&SeatItem::Over));
            Ok(())
        }
    }

    /// Which visit it is about.
    pub fn about(&self) -> VisitId {
        self.session.visit
    }
}
