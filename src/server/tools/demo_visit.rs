//! A visit of the demonstration clinic's, as it is written down when it is booked.

use super::ToolError;
use crate::{
    domain::visit::{Actor, Command, Millis, PatientId, SeatId, StaffId, StaffRole, VisitId},
    server::{
        clinic::Clinic,
        store::{Patient, VisitDetails},
    },
};

/// How long it is to take, in minutes.
const MINUTES: u16 = 15;

/// A visit that somebody books.
#[derive(Debug, Clone, Copy)]
pub(super) struct Booking {
    pub name: &'static str,
    pub birth_date: &'static str,
    pub language: &'static str,
    pub reason: &'static str,
    pub interpreter: bool,
    pub provider: StaffId,
    pub starts_at: Millis,
    /// When it is booked.
    pub at: Millis,
}

impl Booking {
    /// Who sees the patient, as the log calls them.
    pub fn staff(&self) -> Actor {
        Actor::Staff(self.provider, StaffRole::Provider)
    }

    /// Writes it down. Returns the visit and the patient's place in it.
    ///
    /// # Errors
    /// See [`ToolError`].
    pub async fn write_down(&self, clinic: &Clinic) -> Result<(VisitId, SeatId), ToolError> {
        let patient = Patient {
            id: PatientId::random()?,
            name: self.name.to_owned(),
            birth_date: self.birth_date.to_owned(),
            language: self.language.to_owned(),
        };
        let details = VisitDetails {
            reason: self.reason.to_owned(),
            language: self.language.to_owned(),
            ..VisitDetails::default()
        };
        let (visit, seat) = (VisitId::random()?, SeatId::random()?);
        let mut tx = clinic.store().begin().await?;
        tx.put_patient(&patient, clinic.now()).await?;
        tx.put_details(visit, &details).await?;
        tx.commit().await?;
        let command = Command::Schedule {
            patient: patient.id,
            provider: self.provider,
            seat,
            starts_at: self.starts_at,
            minutes: MINUTES,
            interpreter: self.interpreter,
        };
        clinic.has_happened(visit, command, self.staff(), self.at).await?;
        Ok((visit, seat))
    }
}
