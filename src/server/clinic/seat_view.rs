//! What the page of a patient or guest is made from.

use super::{Clinic, ClinicError, SeatSession, moment::in_words, on_the_wall};
use crate::{
    api::clinic::{ClinicCard, Lang, SeatFacts, SeatView},
    domain::{
        others::{Facts, Showing},
        visit::{Actor, Millis, Reader, StaffId, Visit, VisitId, project_visit},
    },
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
            seat: session.seat,
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
        let is_at_desk = self.is_at_desk(visit.provider);
        let days = |from, to| self.days(from, to);
        let showing = Showing { place: self.settings().show_place, days: &days };
        let facts = self.hub().facts((session.visit, visit), is_at_desk, self.now(), showing);
        let Facts { status, before, wait } = facts;
        SeatFacts { provider, status, before, wait, elsewhere: !session.has_seat }
    }

    /// How many days one time is after another, by the clinic's calendar.
    pub(super) fn days(&self, from: Millis, to: Millis) -> u32 {
        let date = |at: Millis| on_the_wall(&self.settings().time_zone, at).date();
        let days = date(to).since(date(from)).map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or(0)
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
