//! The stream of a patient's or guest's page.

use super::{Feed, Message};
use crate::{
    api::clinic::{SeatFacts, SeatItem},
    domain::{
        others::LOOK_AGAIN,
        visit::{Actor, Change, StaffId, Visit, VisitId, project},
    },
    server::{
        clinic::{Clinic, ClinicError, Listening, Page, Published, SeatSession, Tidings},
        store::Stored,
    },
};
use std::{collections::VecDeque, sync::Arc};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::timeout,
};

/// The stream of a patient's or guest's page. While one lives of the device that has the patient's place, the patient is there.
pub struct SeatFeed {
    clinic: Arc<Clinic>,
    session: SeatSession,
    build: String,
    tidings: Receiver<Tidings>,
    provider: StaffId,
    /// As patients read it. Looked up when the stream is opened, and when another provider has the visit.
    provider_name: String,
    /// The id of the last event that was sent, or is in what was.
    sent: u64,
    facts: Option<SeatFacts>,
    waiting: VecDeque<Message>,
    here: Option<Listening>,
    page: Page,
}

impl Feed for SeatFeed {
    async fn next(&mut self) -> Result<Message, ClinicError> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return Ok(message);
            }
            // A wait grows shorter, or longer than anybody knows of, also when nothing happens.
            let tidings = timeout(LOOK_AGAIN, self.tidings.recv()).await;
            // In a box, which is there only meanwhile: while thousands wait for tidings, their streams have no room for the rest.
            Box::pin(self.learn(tidings.ok())).await?;
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
        page: Page,
    ) -> Result<Self, ClinicError> {
        // A page that was at another node may know more than this one.
        clinic.keep_up().await?;
        let visit = clinic.visit(session.visit).await?.ok_or(ClinicError::NotFound)?;
        let mut feed = Self {
            clinic: Arc::clone(clinic),
            provider: visit.provider,
            provider_name: String::new(),
            session,
            build: build.to_owned(),
            tidings: clinic.hub().watch(visit.provider),
            sent: 0,
            facts: None,
            page,
            waiting: VecDeque::new(),
            here: None,
        };
        if feed.settle(visit.provider).await? {
            feed.begin(after).await?;
        }
        Ok(feed)
    }

    async fn begin(&mut self, after: Option<u64>) -> Result<(), ClinicError> {
        // An id that was never given is from another life of the database.
        let Some(after) = after.filter(|after| *after <= self.clinic.hub().last()) else {
            return self.say_all().await;
        };
        self.sent = after;
        self.waiting.push_back(Message::of(None, &SeatItem::Build(self.build.clone())));
        // What was corrected meanwhile has no id to resume by.
        if self.clinic.record_has_changed_since(self.session.visit, after).await? {
            return self.say_all().await;
        }
        self.read_missed().await?;
        self.say_facts(true).await
    }

    /// Listens where what concerns this visit is told, and looks only then who may be here: what comes in between is seen and heard.
    /// Whoever came by the link was recognised before that, and another device may have the place by now, or nobody by this link, or
    /// another provider the visit. False: the session is over, which is said.
    async fn settle(&mut self, mut provider: StaffId) -> Result<bool, ClinicError> {
        loop {
            self.tidings = self.clinic.hub().watch(provider);
            self.provider = provider;
            if !self.keep_session().await? {
                return Ok(false);
            }
            provider = self.visit().await?.ok_or(ClinicError::NotFound)?.provider;
            if provider == self.provider {
                break;
            }
        }
        self.provider_name = self.clinic.provider_name(provider).await?;
        Ok(true)
    }

    async fn learn(&mut self, tidings: Option<Result<Tidings, RecvError>>) -> Result<(), ClinicError> {
        let Some(tidings) = tidings else { return self.say_facts(false).await };
        match tidings {
            Ok(Tidings::Event(published)) => self.heard(&published).await?,
            Ok(Tidings::Desk) => self.say_facts(false).await?,
            // The language may be another: all is said anew.
            Ok(Tidings::Record(visit)) if visit == self.session.visit => self.say_all().await?,
            Ok(Tidings::Seat(seat)) if seat == self.session.seat => self.look_at_session().await?,
            Ok(Tidings::Record(_) | Tidings::Seat(_)) => {}
            Err(RecvError::Lagged(_) | RecvError::Closed) => self.begin_anew(self.provider).await?,
        }
        Ok(())
    }

    async fn heard(&mut self, published: &Published) -> Result<(), ClinicError> {
        if published.visit == self.session.visit {
            if published.after.provider != self.provider {
                // From now on it is their queue that counts, and what was told there before is missed.
                return self.begin_anew(published.after.provider).await;
            }
            let Published { id, visit, event, .. } = published;
            self.say(&Stored { id: *id, visit: *visit, event: event.clone() });
            if event.change == (Change::GuestRemoved { seat: self.session.seat }) {
                return self.look_at_session().await;
            }
        }
        self.say_facts(false).await
    }

    /// Nobody knows what was missed: another provider may have the visit, another device the place, and the record another name.
    async fn begin_anew(&mut self, provider: StaffId) -> Result<(), ClinicError> {
        if self.settle(provider).await? { self.say_all().await } else { Ok(()) }
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
        let facts = self.clinic.seat_facts(&self.session, &visit, self.provider_name.clone());
        if always || self.facts.as_ref() != Some(&facts) {
            self.waiting.push_back(Message::of(None, &SeatItem::Facts(facts.clone())));
            self.facts = Some(facts);
        }
        Ok(())
    }

    async fn visit(&self) -> Result<Option<Arc<Visit>>, ClinicError> {
        Ok(self.clinic.visit(self.session.visit).await?)
    }

    /// Another device may have the place now, or nobody by this link.
    async fn look_at_session(&mut self) -> Result<(), ClinicError> {
        if self.keep_session().await? { self.say_facts(false).await } else { Ok(()) }
    }

    /// Whether who came by this link may still be here. Says that it is over where not.
    async fn keep_session(&mut self) -> Result<bool, ClinicError> {
        let Some(session) = self.clinic.seat_session_by_key(&self.session.session).await? else {
            self.waiting.push_back(Message::last(&SeatItem::Over));
            return Ok(false);
        };
        self.session = session;
        // A page that only says that another device has the place keeps nobody there.
        if !keeps_place(&self.session) {
            self.here = None;
        } else if self.here.is_none() {
            self.here = Some(self.clinic.listen(self.session.visit, self.page).await?);
        }
        Ok(true)
    }

    /// Which visit it is about.
    pub fn about(&self) -> VisitId {
        self.session.visit
    }
}

fn keeps_place(session: &SeatSession) -> bool {
    session.actor == Actor::Patient && session.has_seat
}
