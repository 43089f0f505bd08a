//! Changing and calling off; why it, or the making, may fail.

use super::{Typed, TypedError};
use crate::{
    domain::visit::{Command, Millis, PatientId, Refusal, RoomName, StaffRole, VisitId},
    server::{
        clinic::{
            AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, Link, StaffSession,
            links::Revoked,
        },
        store::{Staff, StoreError},
    },
};

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

    /// Gives an appointment to another provider. Its links stay good.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn give(&self, id: VisitId, typed: &Typed, by: &StaffSession) -> Result<(), BookError> {
        let to = typed.provider(&self.providers().await?)?.id;
        match self.carry_out(id, Command::HandOver { to }, by.actor()).await {
            Err(ClinicError::Refused(Refusal::NotAllowed | Refusal::AnothersPatient { .. })) => {
                Err(BookError::CheckedIn)
            }
            given => Ok(given.map(drop)?),
        }
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
        let revoked = Revoked { seat: visit.seat, by: AuditActor::Staff(by.staff) };
        if visit.stage.room().is_some() {
            let command = Command::ChangeRoom { room: RoomName::random()? };
            match self.carry_out_and_revoke(id, command, by.actor(), revoked).await {
                // They are in no room any more.
                Err(ClinicError::Refused(Refusal::NothingToDo | Refusal::Ended { .. })) => {}
                done => return Ok(done.map(drop)?),
            }
        }
        self.revoke_links(id, revoked.seat, revoked.by).await?;
        // They may have been let in meanwhile.
        Ok(self.change_room(id, by.actor()).await?)
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
