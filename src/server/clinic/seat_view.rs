//! What the page of a patient or guest is made from.

use super::{Clinic, ClinicError, SeatSession, moment::in_words, on_the_wall};
use crate::{
    api::clinic::{ClinicCard, Lang, ProviderStatus, SeatFacts, SeatView, WaitRange},
    domain::visit::{Actor, Millis, Reader, StaffId, Stage, Visit, VisitId, project_visit},
};

impl SeatSession {
    /// As what they read.
    pub fn reader(&self) -> Reader {
        match self.actor {
            Actor::Guest(seat) => Reader::Guest(seat),
            _ => Reader::Patient,
        }
    }
}

impl Clinic {
    /// What the page of who came by a link is made from. None if there is no such visit any more.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn seat_view(
        &self,
        session: &SeatSession,
        build: &str,
    ) -> Result<Option<SeatView>, ClinicError> {
        // Before the visit is looked at: an event that comes in between is then sent once more, and changes nothing.
        let last = self.hub().last();
        let Some(visit) = self.visit(session.visit).await? else { return Ok(None) };
        let Some(seen) = project_visit(&visit, session.reader()) else { return Ok(None) };
        let lang = self.language_of(session.visit, &visit).await?;
        Ok(Some(SeatView {
            build: build.to_owned(),
            last,
            now: self.now(),
            clinic: self.card(),
            lang,
            is_guest: matches!(session.actor, Actor::Guest(_)),
            id: session.visit,
            when: self.in_words_for(session, visit.starts_at, lang),
            keeps_place: self.policy().keeps_place.as_secs() / 60,
            notice: self.policy().notice.as_secs(),
            facts: self.seat_facts(session, &visit, self.provider_name(visit.provider).await?),
            visit: seen,
        }))
    }

    /// How patients read a provider's name. Empty if it is not known.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn provider_name(&self, provider: StaffId) -> Result<String, ClinicError> {
        Ok(self.store().staff(provider).await?.map(|staff| staff.name).unwrap_or_default())
    }

    /// What other visits have to do with one, whose provider has this name. From memory alone: it is asked for with every event
    /// of everybody who waits for the same provider.
    pub fn seat_facts(&self, session: &SeatSession, visit: &Visit, provider: String) -> SeatFacts {
        let before = (visit.is_in_queue() && self.settings().show_place).then(|| self.before(visit));
        SeatFacts {
            provider,
            status: self.status_of(visit),
            before,
            wait: self.wait_of(session.visit, visit),
            elsewhere: !session.has_seat,
        }
    }

    /// How long it may still take, from the provider's real visits. None: one does not wait, or too little is known.
    fn wait_of(&self, id: VisitId, visit: &Visit) -> Option<WaitRange> {
        if !visit.is_in_queue() {
            return None;
        }
        let now = self.now();
        let is_at_desk = self.is_at_desk(visit.provider);
        let (range, estimate) = self.hub().wait_left(id, visit.provider, is_at_desk, now)?;
        let date = |at: Millis| on_the_wall(&self.settings().time_zone, at).date();
        let days = date(now).since(date(estimate.oldest)).map_or(0, |span| span.get_days());
        Some(WaitRange { from: range.from, to: range.to, days: u32::try_from(days).unwrap_or(0) })
    }

    /// How many come before this one for the same provider. Who is away keeps the place, and is counted; so is who checked in
    /// earlier and is about to be ready, or "you are next" would be taken back a moment later.
    fn before(&self, visit: &Visit) -> u32 {
        let own = visit.queue_key();
        let comes =
            |other: &Visit| other.is_in_queue() || (other.stage == Stage::CheckedIn && other.is_here());
        self.hub().count_open(visit.provider, |other| comes(other) && other.queue_key() < own)
    }

    fn status_of(&self, visit: &Visit) -> ProviderStatus {
        let has_room = |other: &Visit| other.seat != visit.seat && other.stage.room().is_some();
        let is_busy = self.hub().any_open(visit.provider, has_room);
        if is_busy {
            ProviderStatus::WithAnother
        } else if self.is_at_desk(visit.provider) {
            ProviderStatus::Here
        } else {
            ProviderStatus::NotHere
        }
    }

    async fn language_of(&self, id: VisitId, visit: &Visit) -> Result<Lang, ClinicError> {
        let spoken = self.store().details(id).await?.language;
        if !spoken.is_empty() {
            return Ok(Lang::of(&spoken));
        }
        let patient = self.store().patient(visit.patient).await?;
        Ok(patient.map(|patient| Lang::of(&patient.language)).unwrap_or_default())
    }

    /// What every page says of the clinic.
    pub fn card(&self) -> ClinicCard {
        ClinicCard {
            name: self.settings().name.clone(),
            phone: self.settings().phone.clone(),
            emergency: self.settings().emergency_number.clone(),
        }
    }

    /// A time in words, by the clock of whoever reads where it is known, and by the clinic's where that one is another.
    pub fn in_words_for(&self, reader: &SeatSession, at: Millis, lang: Lang) -> String {
        in_words(at, self.now(), lang, &self.settings().time_zone, reader.time_zone.as_ref())
    }

    /// A time in words, by the clinic's clock, to somebody who works there.
    pub fn in_words(&self, at: Millis, lang: Lang) -> String {
        let zone = &self.settings().time_zone;
        in_words(at, self.now(), lang, zone, Some(zone))
    }
}
