//! What the page of a patient or guest is made from.

use super::{Clinic, ClinicError, SeatSession};
use crate::{
    api::clinic::{ClinicCard, Lang, ProviderStatus, SeatFacts, SeatView, WaitRange},
    app::clinic::{fill, words},
    domain::visit::{Actor, Millis, Reader, Visit, VisitId, project_visit},
};
use jiff::Timestamp;

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
            when: self.in_words(visit.starts_at, lang),
            facts: self.seat_facts(session, &visit).await?,
            visit: seen,
        }))
    }

    /// What other visits have to do with one.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn seat_facts(&self, session: &SeatSession, visit: &Visit) -> Result<SeatFacts, ClinicError> {
        let provider = self.store().staff(visit.provider).await?.map(|staff| staff.name).unwrap_or_default();
        let before = (visit.is_in_queue() && self.settings().show_place).then(|| self.before(visit));
        Ok(SeatFacts {
            provider,
            status: self.status_of(visit),
            before,
            wait: self.wait_of(session.visit, visit),
            elsewhere: !session.has_seat,
        })
    }

    /// How long it may still take, from the provider's real visits. None: one does not wait, or too little is known.
    pub(super) fn wait_of(&self, id: VisitId, visit: &Visit) -> Option<WaitRange> {
        if !visit.is_in_queue() {
            return None;
        }
        let now = self.now();
        let is_at_desk = self.desk.is_there(visit.provider);
        let (range, estimate) = self.hub().wait_left(id, visit.provider, is_at_desk, now)?;
        let zone = &self.settings().time_zone;
        let date = |at: Millis| {
            let at = i64::try_from(at.0).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
            at.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date()
        };
        let days = date(now).since(date(estimate.oldest)).map_or(0, |span| span.get_days());
        Some(WaitRange { from: range.from, to: range.to, days: u32::try_from(days).unwrap_or(0) })
    }

    /// How many wait before this one for the same provider. Who is away keeps the place, and is counted.
    fn before(&self, visit: &Visit) -> u32 {
        let own = visit.queue_key();
        self.hub().count_open(|other| {
            other.provider == visit.provider && other.is_in_queue() && other.queue_key() < own
        })
    }

    fn status_of(&self, visit: &Visit) -> ProviderStatus {
        let is_busy = self.hub().any_open(|other| {
            other.provider == visit.provider && other.seat != visit.seat && other.stage.room().is_some()
        });
        if is_busy {
            ProviderStatus::WithAnother
        } else if self.desk.is_there(visit.provider) {
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

    /// A time in words, by the clinic's clock, and which clock that is.
    pub fn in_words(&self, at: Millis, lang: Lang) -> String {
        let words = words(lang);
        let zone = &self.settings().time_zone;
        let of = |at: Millis| {
            let at = i64::try_from(at.0).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
            at.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
        };
        let (then, today) = (of(at), of(self.now()));
        let time = format!("{:02}:{:02}", then.hour(), then.minute());
        let clock = then.strftime("%Z").to_string();
        if then.date() == today.date() {
            return fill(words.today_at, &[&time, &clock]);
        }
        let weekday =
            words.weekdays[usize::try_from(then.weekday().to_monday_zero_offset()).unwrap_or(0) % 7];
        let month = words.months[usize::try_from(then.month() - 1).unwrap_or(0) % 12];
        fill(words.date_at, &[weekday, &then.day().to_string(), month, &time, &clock])
    }
}
