//! What the queue's page is made from.

use super::{
    AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, StaffSession, moment_of,
    on_the_wall,
};
use crate::{
    api::clinic::{QueueEntry, QueueView, StaffCard, VisitView},
    domain::{
        WallClock,
        check::Readiness,
        visit::{Millis, Reader, StaffRole, Visit, VisitId, project_visit},
    },
    server::store::Staff,
};
use jiff::tz::{Offset, TimeZone};
use std::time::Duration;

/// Which appointments a page may come to show: those that begin within so long, and those that began no longer ago.
/// A page lives for half a day, and shows who becomes expected meanwhile.
const SHOWN_BEFORE: Duration = Duration::from_hours(38);
const SHOWN_AFTER: Duration = Duration::from_hours(12);

/// Stands for the name of a patient whose data are erased.
pub(super) const ERASED: &str = "Name erased";

impl Clinic {
    /// All that the queue shows to somebody. For an admin, no visit at all.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn queue_view(&self, session: &StaffSession, build: &str) -> Result<QueueView, ClinicError> {
        let present = self.hub().subscribe();
        let mut view = self.queue_head(present.last, session, build).await?;
        let now = view.now;
        for (id, visit) in &present.visits {
            let is_todays =
                visit.starts_at <= now.plus(SHOWN_BEFORE) && now <= visit.starts_at.plus(SHOWN_AFTER);
            if is_todays || visit.checked_in_at.is_some() {
                view.visits.extend(self.queue_entry(*id, visit, session.role).await?);
            }
        }
        Ok(view)
    }

    /// The same without the visits. `last`: as far as the page will know the log.
    async fn queue_head(
        &self,
        last: u64,
        session: &StaffSession,
        build: &str,
    ) -> Result<QueueView, ClinicError> {
        let now = self.now();
        let providers = self.provider_cards().await?;
        Ok(QueueView {
            build: build.to_owned(),
            last,
            now,
            clock: wall_clock(&self.settings().time_zone, now),
            clinic: self.card(),
            session: self.session_end(session),
            me: StaffCard { id: session.staff, name: session.name.clone(), role: session.role, works: true },
            at_desk: providers.iter().map(|card| card.id).filter(|id| self.is_at_desk(*id)).collect(),
            providers,
            visits: Vec::new(),
        })
    }

    /// Every provider, also those who do not work here any more: their visits may be open.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn provider_cards(&self) -> Result<Vec<StaffCard>, ClinicError> {
        let mut staff = self.store().all_staff().await?;
        staff.retain(|staff| staff.role == StaffRole::Provider);
        let card = |staff: Staff| StaffCard {
            id: staff.id,
            name: staff.name,
            role: staff.role,
            works: !staff.disabled,
        };
        Ok(staff.into_iter().map(card).collect())
    }

    /// As [`Clinic::queue_view`], for the page. Opening it is written down: one line, whoever is in it.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn open_queue(&self, session: &StaffSession, build: &str) -> Result<QueueView, ClinicError> {
        let line = AuditEntry {
            actor: AuditActor::Staff(session.staff),
            action: AuditAction::RecordOpened,
            visit: None,
            patient: None,
            outcome: AuditOutcome::Done,
        };
        self.audit_about(line, "the queue".to_owned()).await?;
        self.queue_view(session, build).await
    }

    /// What the page of one visit is made from. Opening it is written down.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] when there is no such visit, or not for this person.
    pub async fn visit_view(
        &self,
        id: VisitId,
        session: &StaffSession,
        build: &str,
    ) -> Result<VisitView, ClinicError> {
        let last = self.hub().last();
        let queue = self.queue_head(last, session, build).await?;
        let visit = self.visit(id).await?.ok_or(ClinicError::NotFound)?;
        let entry = self.queue_entry(id, &visit, session.role).await?.ok_or(ClinicError::NotFound)?;
        let is_own = session.actor().provider() == Some(visit.provider);
        let note = if is_own { self.note(id, session).await? } else { String::new() };
        if !is_own {
            self.audit(AuditEntry {
                actor: AuditActor::Staff(session.staff),
                action: AuditAction::RecordOpened,
                visit: Some(id),
                patient: Some(visit.patient),
                outcome: AuditOutcome::Done,
            })
            .await?;
        }
        Ok(VisitView { queue, entry, note })
    }

    /// One visit as the queue shows it. None for whom visits are no business.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn queue_entry(
        &self,
        id: VisitId,
        visit: &Visit,
        role: StaffRole,
    ) -> Result<Option<QueueEntry>, ClinicError> {
        let Some(seen) = project_visit(visit, Reader::Staff(role)) else { return Ok(None) };
        let patient = self.store().patient(visit.patient).await?;
        let details = self.store().details(id).await?;
        let (name, birth_date, reads) = match patient {
            Some(patient) => (patient.name, patient.birth_date, patient.language),
            None => (ERASED.to_owned(), String::new(), String::new()),
        };
        Ok(Some(QueueEntry {
            id,
            visit: seen,
            patient: name,
            birth_date,
            language: if details.language.is_empty() { reads } else { details.language },
            reason: details.reason,
            location: details.location,
            call_back: details.call_back,
            devices: Readiness::of(&details.devices),
        }))
    }
}

/// The clinic's clock for as long as a page lives, and as far as it looks ahead.
fn wall_clock(zone: &TimeZone, now: Millis) -> WallClock {
    let from = on_the_wall(zone, now.minus(SHOWN_AFTER)).timestamp();
    let until = on_the_wall(zone, now.plus(SHOWN_BEFORE + SHOWN_AFTER)).timestamp();
    let minutes = |offset: Offset| offset.seconds() / 60;
    let changes = zone.following(from).take_while(|change| change.timestamp() <= until);
    WallClock::new(
        minutes(zone.to_offset(from)),
        changes.map(|change| (moment_of(change.timestamp()), minutes(change.offset()))).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_the_night_when_clocks_are_changed_each_appointment_has_its_own_time() {
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let moment = |text: &str| moment_of(text.parse().unwrap());
        // On 29 March 2026 Madrid's clocks go from 02:00 to 03:00.
        let clock = wall_clock(&zone, moment("2026-03-28T20:00:00Z"));
        let shown =
            ["2026-03-28T22:00:00Z", "2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z", "2026-03-29T07:00:00Z"]
                .map(|at| clock.time(moment(at)));
        assert_eq!(shown, ["23:00", "01:59", "03:00", "09:00"]);
        let after = wall_clock(&zone, moment("2026-03-29T08:00:00Z"));
        assert_eq!(after.time(moment("2026-03-29T00:59:00Z")), "01:59", "also of what was before");
    }
}
