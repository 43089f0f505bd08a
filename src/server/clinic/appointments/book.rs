//! Making, changing and calling off.

use super::{Plan, Typed, TypedError};
use crate::{
    domain::visit::{Command, Millis, PatientId, Refusal, SeatId, StaffRole, VisitId},
    server::{
        clinic::{
            AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, Link, StaffSession,
        },
        store::{Patient, Staff, StoreError, VisitDetails},
    },
};
use sqlx::Row;

/// Why an appointment was not made or changed. The text is for the person who tries.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// Something that was typed is wrong.
    #[error(transparent)]
    Typed(#[from] TypedError),
    /// The patient is there already.
    #[error("The patient has checked in already: this appointment can no longer be changed.")]
    CheckedIn,
    /// The patient is with the provider.
    #[error("The patient is with the provider: the visit has to be ended there.")]
    InTheRoom,
    /// It is over.
    #[error("This visit is over. Please make a new appointment.")]
    Over,
    /// The rules are against it in another way.
    #[error("This cannot be done. Please open the appointment again to see how it stands.")]
    Refused(Refusal),
    /// The store failed.
    #[error("The server had a problem. Please try again.")]
    Clinic(ClinicError),
}

impl From<ClinicError> for BookError {
    fn from(error: ClinicError) -> Self {
        match error {
            ClinicError::Refused(Refusal::CheckedInAlready) => Self::CheckedIn,
            ClinicError::Refused(Refusal::AdmittedAlready { .. }) => Self::InTheRoom,
            ClinicError::Refused(Refusal::Ended { .. }) => Self::Over,
            ClinicError::Refused(refusal) => Self::Refused(refusal),
            other => Self::Clinic(other),
        }
    }
}

impl From<StoreError> for BookError {
    fn from(error: StoreError) -> Self {
        Self::Clinic(error.into())
    }
}

impl Clinic {
    /// Everybody who sees patients, by name.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn providers(&self) -> Result<Vec<Staff>, ClinicError> {
        let mut staff = self.store().all_staff().await?;
        staff.retain(|staff| staff.role == StaffRole::Provider && !staff.disabled);
        Ok(staff)
    }

    /// Makes sense of what was typed, without making the appointment.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn plan(&self, typed: &Typed, providers: &[Staff]) -> Result<Plan, BookError> {
        let plan = typed.check(providers, &self.settings().time_zone, self.now())?;
        if let Some(patient) = self.known_patient(&plan).await?
            && self.has_appointment(patient.id, &plan).await?
        {
            return Err(TypedError::Already.into());
        }
        Ok(plan)
    }

    /// Makes an appointment, and the link to hand out for it. A patient of this name and birth date is who is meant; otherwise a
    /// new one is written down.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn book(&self, plan: Plan, by: &StaffSession) -> Result<(VisitId, Link), BookError> {
        let (visit, seat) = (VisitId::random()?, SeatId::random()?);
        let known = self.known_patient(&plan).await?;
        let is_new = known.is_none();
        let patient = match known {
            Some(patient) => patient,
            None => Patient {
                id: PatientId::random()?,
                name: plan.name,
                birth_date: plan.birth_date,
                language: plan.language.clone(),
            },
        };
        let details =
            VisitDetails { reason: plan.reason, language: plan.language, ..VisitDetails::default() };
        let command = Command::Schedule {
            patient: patient.id,
            provider: plan.provider.id,
            seat,
            starts_at: plan.starts_at,
            minutes: plan.minutes,
            interpreter: plan.interpreter,
        };
        // Before the log, so that an appointment that is there has them; what belongs to none is read by nobody.
        let mut tx = self.store().begin().await?;
        if is_new {
            tx.put_patient(&patient, self.now()).await?;
            tx.audit(&entry(by, AuditAction::RecordChanged, visit, patient.id), self.now()).await?;
        }
        tx.put_details(visit, &details).await?;
        tx.commit().await?;
        self.schedule_as(visit, command, by.actor()).await?;
        // Old data may have been erased while nothing was planned: from now on they are not.
        if self.store().patient(patient.id).await?.is_none() {
            let mut tx = self.store().begin().await?;
            tx.put_patient(&patient, self.now()).await?;
            tx.commit().await?;
        }
        let link = self.issue_link(visit, seat, AuditActor::Staff(by.staff)).await?;
        Ok((visit, link))
    }

    /// Moves an appointment. Its links stay good.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn reschedule(&self, id: VisitId, typed: &Typed, by: &StaffSession) -> Result<(), BookError> {
        let (starts_at, minutes) = typed.when(&self.settings().time_zone, self.now())?;
        let visit = self.carry_out(id, Command::Move { starts_at, minutes }, by.actor()).await?;
        self.keep_links_good(id, &visit).await?;
        Ok(())
    }

    /// Calls an appointment off. The patient's page says so.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn call_off(&self, id: VisitId, by: &StaffSession) -> Result<(), BookError> {
        self.carry_out(id, Command::Cancel, by.actor()).await?;
        Ok(())
    }

    /// A new link for the patient, to send it again.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn link_again(&self, id: VisitId, by: &StaffSession) -> Result<Link, BookError> {
        let visit = self.visit(id).await?.ok_or(ClinicError::NotFound)?;
        Ok(self.issue_link(id, visit.seat, AuditActor::Staff(by.staff)).await?)
    }

    /// Takes the patient's links away. Whoever came by one is put out of the call.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn take_links_away(&self, id: VisitId, by: &StaffSession) -> Result<(), BookError> {
        let visit = self.visit(id).await?.ok_or(ClinicError::NotFound)?;
        self.revoke_links(id, visit.seat, AuditActor::Staff(by.staff)).await?;
        Ok(self.change_room(id, by.actor()).await?)
    }

    async fn known_patient(&self, plan: &Plan) -> Result<Option<Patient>, StoreError> {
        let born = self.store().patients_born(&plan.birth_date).await?;
        let name = plan.name.to_lowercase();
        Ok(born.into_iter().find(|patient| patient.name.to_lowercase() == name))
    }

    async fn has_appointment(&self, patient: PatientId, plan: &Plan) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) FROM visits WHERE patient = $1 AND provider = $2 AND starts_at = $3 AND ended_at IS NULL",
        )
        .bind(patient.to_string())
        .bind(plan.provider.id.to_string())
        .bind(number(plan.starts_at))
        .fetch_one(self.store().pool())
        .await?;
        Ok(row.try_get::<i64, _>(0)? > 0)
    }
}

pub(super) fn number(time: Millis) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}

pub(super) fn entry(
    by: &StaffSession,
    action: AuditAction,
    visit: VisitId,
    patient: PatientId,
) -> AuditEntry {
    AuditEntry {
        actor: AuditActor::Staff(by.staff),
        action,
        visit: Some(visit),
        patient: Some(patient),
        outcome: AuditOutcome::Done,
    }
}
