//! What the queue's page is made from.

use super::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, StaffSession};
use crate::{
    api::clinic::{QueueEntry, QueueView, StaffCard, VisitView},
    domain::{
        check::Readiness,
        visit::{Reader, StaffRole, Visit, VisitId, project_visit},
    },
};
use jiff::Timestamp;
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
        let now = self.now();
        let mut visits = Vec::new();
        for (id, visit) in &present.visits {
            let is_todays =
                visit.starts_at <= now.plus(SHOWN_BEFORE) && now <= visit.starts_at.plus(SHOWN_AFTER);
            if is_todays || visit.checked_in_at.is_some() {
                visits.extend(self.queue_entry(*id, visit, session.role).await?);
            }
        }
        let staff = self.store().all_staff().await?;
        let providers: Vec<StaffCard> = staff
            .into_iter()
            .filter(|staff| staff.role == StaffRole::Provider && !staff.disabled)
            .map(|staff| StaffCard { id: staff.id, name: staff.name, role: staff.role })
            .collect();
        Ok(QueueView {
            build: build.to_owned(),
            last: present.last,
            now,
            utc_offset: self.utc_offset(),
            clinic: self.card(),
            session: self.session_end(session),
            me: StaffCard { id: session.staff, name: session.name.clone(), role: session.role },
            at_desk: providers.iter().map(|card| card.id).filter(|id| self.is_at_desk(*id)).collect(),
            providers,
            visits,
        })
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
        let mut queue = self.queue_view(session, build).await?;
        queue.visits.clear();
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

    fn utc_offset(&self) -> i32 {
        let now = i64::try_from(self.now().0).ok().and_then(|now| Timestamp::from_millisecond(now).ok());
        now.map_or(0, |now| self.settings().time_zone.to_offset(now).seconds() / 60)
    }
}
