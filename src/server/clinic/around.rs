//! What a visit's page said of other visits, once more from the logs: of few of them, however many there were.

use super::{Clinic, ClinicError, live::PAST_VISITS};
use crate::domain::{
    others::{Around, Desks, Retold, Showing, desk_of},
    visit::{Event, Millis, StaffId, Visit, VisitId},
};
use std::{collections::BTreeMap, time::Duration};

/// Nobody is seen, or waits, for longer than this after the time of the appointment. Who did is not thought of, if that is over.
const LONGEST: Duration = Duration::from_hours(48);

/// Nobody checks in earlier than this before the time of the appointment, however early the clinic let them in then.
const EARLIEST: Duration = Duration::from_hours(24);

impl Clinic {
    /// When the page of this visit was told something new of other visits, and what.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub(super) async fn retell(
        &self,
        id: VisitId,
        log: &[Event],
        until: Millis,
    ) -> Result<Vec<Retold>, ClinicError> {
        let Some(wait) = Wait::of(log, until) else { return Ok(Vec::new()) };
        let store = self.store();
        // As they happened, each once.
        let mut events = BTreeMap::new();
        let (from, to) = (wait.from.minus(LONGEST), wait.to.plus(self.policy().opens_before.max(EARLIEST)));
        let mut desks = Desks::new();
        if let Err(error) = self.write_desk_log().await {
            tracing::warn!(%error, "who is at their desk could not be written down; it will be");
        }
        for provider in &wait.providers {
            let changes = store.desk_log(*provider, wait.from, wait.to).await?;
            desks.insert(*provider, desk_of(*provider, changes));
            let around = store.logs_around(*provider, from, to).await?;
            let before = store.last_logs(*provider, PAST_VISITS, Some(from), None).await?;
            let all = before.into_iter().chain(around);
            events.extend(all.map(|stored| (stored.id, (stored.visit, stored.event))));
        }
        let own = store.after_of(id, 0).await?;
        events.extend(own.into_iter().map(|stored| (stored.id, (stored.visit, stored.event))));
        let events: Vec<(VisitId, Event)> = events.into_values().collect();
        let days = |from, to| self.days(from, to);
        let around = Around {
            visit: id,
            events: &events,
            desks: &desks,
            showing: Showing { place: self.settings().show_place, days: &days },
            until,
        };
        Ok(around.retell())
    }
}

/// When a patient waited, and for whom.
struct Wait {
    from: Millis,
    to: Millis,
    providers: Vec<StaffId>,
}

impl Wait {
    /// None: they never did.
    fn of(log: &[Event], until: Millis) -> Option<Self> {
        let mut wait: Option<Self> = None;
        let mut visit = None;
        for (index, event) in log.iter().enumerate() {
            visit = Visit::fold(visit, event);
            let Some(waiting) = visit.as_ref().filter(|visit| visit.is_in_queue()) else { continue };
            let to = log.get(index + 1).map_or(until, |next| next.at);
            let wait = wait.get_or_insert(Self { from: event.at, to, providers: Vec::new() });
            wait.to = wait.to.max(to);
            if !wait.providers.contains(&waiting.provider) {
                wait.providers.push(waiting.provider);
            }
        }
        wait
    }
}
