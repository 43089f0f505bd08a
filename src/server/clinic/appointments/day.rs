//! What is planned, as people read it.

use super::{
    book::{entry, number},
    local::{bounds, on_the_wall, time_of_day},
};
use crate::{
    api::clinic::{AppointmentDay, AppointmentRow, AppointmentView, Erasure},
    domain::visit::{Outcome, StaffId, StaffRole, Stage, Visit, VisitId},
    server::{
        clinic::{
            AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, StaffSession,
            queue_view::ERASED,
        },
        store::StoreError,
    },
};
use jiff::{ToSpan, civil::Date};
use sqlx::Row;
use std::collections::HashMap;

impl Clinic {
    /// Today, by the clinic's clock.
    pub fn today(&self) -> Date {
        on_the_wall(&self.settings().time_zone, self.now()).date()
    }

    /// The appointments of one day, by the clinic's clock, in order of time.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn appointments_on(
        &self,
        date: Date,
        by: &StaffSession,
    ) -> Result<AppointmentDay, ClinicError> {
        let zone = &self.settings().time_zone;
        let (begin, end) = bounds(zone, date);
        let rows = sqlx::query(
            "SELECT id FROM visits WHERE starts_at >= $1 AND starts_at < $2 ORDER BY starts_at, id",
        )
        .bind(number(begin))
        .bind(number(end))
        .fetch_all(self.store().pool())
        .await
        .map_err(StoreError::from)?;
        let names = self.staff_names().await?;
        let mut appointments = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.try_get::<String, _>(0).map_err(StoreError::from)?;
            let id = VisitId::try_from(id).map_err(|_| StoreError::Damaged("id"))?;
            if let Some(visit) = self.visit(id).await? {
                appointments.push(self.row(id, &visit, &names).await?);
            }
        }
        let line = AuditEntry {
            actor: AuditActor::Staff(by.staff),
            action: AuditAction::RecordOpened,
            visit: None,
            patient: None,
            outcome: AuditOutcome::Done,
        };
        self.audit_about(line, format!("the appointments of {date}")).await?;
        let other = |days: i64| date.checked_add(days.days()).unwrap_or(date).to_string();
        Ok(AppointmentDay {
            date: date.to_string(),
            in_words: date.strftime("%A, %-d %B %Y").to_string(),
            before: other(-1),
            after: other(1),
            zone: zone.iana_name().unwrap_or("UTC").to_owned(),
            rows: appointments,
        })
    }

    /// One appointment. None if there is no such visit.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn appointment(
        &self,
        id: VisitId,
        by: &StaffSession,
    ) -> Result<Option<AppointmentView>, ClinicError> {
        let Some(visit) = self.visit(id).await? else { return Ok(None) };
        self.audit(entry(by, AuditAction::RecordOpened, id, visit.patient)).await?;
        let shown = on_the_wall(&self.settings().time_zone, visit.starts_at);
        let details = self.store().details(id).await?;
        let is_theirs = by.role == StaffRole::FrontDesk && visit.stage.is_over();
        let erasure = match self.store().patient(visit.patient).await? {
            None => Erasure::Done,
            Some(_) if is_theirs => Erasure::Possible,
            Some(_) => Erasure::None,
        };
        let can_move = visit.stage == Stage::Scheduled;
        let mut others = if can_move { self.providers().await? } else { Vec::new() };
        others.retain(|provider| provider.id != visit.provider);
        Ok(Some(AppointmentView {
            row: self.row(id, &visit, &self.staff_names().await?).await?,
            others: others.into_iter().map(|provider| (provider.id.to_string(), provider.name)).collect(),
            date: shown.date().to_string(),
            clock: shown.strftime("%H:%M").to_string(),
            day: shown.strftime("%A, %-d %B %Y").to_string(),
            patient_number: visit.patient.to_string(),
            location: details.location,
            call_back: details.call_back,
            can_move,
            can_cancel: !visit.stage.is_over() && visit.stage.room().is_none(),
            is_over: visit.stage.is_over(),
            guests: self.guests_of(id, &visit).await?,
            erasure,
        }))
    }

    async fn row(
        &self,
        id: VisitId,
        visit: &Visit,
        names: &HashMap<StaffId, String>,
    ) -> Result<AppointmentRow, ClinicError> {
        let patient = self.store().patient(visit.patient).await?;
        let details = self.store().details(id).await?;
        let (name, birth_date) = patient.map(|known| (known.name, known.birth_date)).unwrap_or_default();
        Ok(AppointmentRow {
            id: id.to_string(),
            time: time_of_day(&on_the_wall(&self.settings().time_zone, visit.starts_at)),
            minutes: visit.minutes,
            patient: if name.is_empty() { ERASED.to_owned() } else { name },
            birth_date,
            provider: names.get(&visit.provider).cloned().unwrap_or_default(),
            reason: details.reason,
            language: details.language,
            interpreter: visit.interpreter,
            state: in_words(visit.stage),
        })
    }

    async fn staff_names(&self) -> Result<HashMap<StaffId, String>, ClinicError> {
        let staff = self.store().all_staff().await?;
        Ok(staff.into_iter().map(|staff| (staff.id, staff.name)).collect())
    }
}

fn in_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Scheduled => "Expected",
        Stage::CheckedIn => "Checked in",
        Stage::Waiting => "Waiting",
        Stage::Admitted { .. } => "With the provider",
        Stage::SteppedOut { .. } => "Provider stepped out",
        Stage::Ended(Outcome::Seen) => "Seen",
        Stage::Ended(Outcome::NoShow) => "Did not come",
        Stage::Ended(Outcome::CancelledByPatient) => "Called off by the patient",
        Stage::Ended(Outcome::CancelledByClinic) => "Called off",
        Stage::Ended(Outcome::LeftWithoutBeingSeen) => "Left before being seen",
    }
}
