//! Making appointments: one, or a list at once.

use super::{
    super::carry_out::ToTell,
    BookError, Plan, Typed, TypedError,
    book::{entry, number},
};
use crate::{
    domain::visit::{Command, PatientId, SeatId, VisitId},
    server::{
        clinic::{AuditAction, AuditActor, Clinic, ClinicError, Link, StaffSession, links::FreshLink},
        store::{Patient, Staff, StoreError, Stored, Tx, VisitDetails},
    },
};
use sqlx::{Row, any::AnyRow};

/// The appointments of a patient with a provider at a time.
const THE_SAME: &str = "SELECT COUNT(*) FROM visits WHERE patient = $1 AND provider = $2 AND starts_at = $3 AND ended_at IS NULL";

/// An appointment that is made, with the link to hand out for it; or why it is not.
pub type Made = Result<(VisitId, Link), BookError>;

impl Clinic {
    /// Makes sense of what was typed, without making the appointment.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn plan(&self, typed: &Typed, providers: &[Staff]) -> Result<Plan, BookError> {
        let plan = typed.check(providers, &self.settings().time_zone, self.now())?;
        let born = self.store().patients_born(&plan.birth_date).await?;
        if let Some(patient) = meant(born, &plan) {
            let row = sqlx::query(THE_SAME)
                .bind(patient.id.to_string())
                .bind(plan.provider.id.to_string())
                .bind(number(plan.starts_at))
                .fetch_one(self.store().pool())
                .await;
            none_of(&row.map_err(StoreError::from)?)?;
        }
        Ok(plan)
    }

    /// Makes an appointment, and the link to hand out for it. A patient of this name and birth date is who is meant; otherwise a
    /// new one is written down.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn book(&self, plan: Plan, by: &StaffSession) -> Made {
        let made = self.book_all(vec![plan], by).await?.pop();
        made.ok_or(StoreError::Database("no appointment was made"))?
    }

    /// Makes a list of appointments, in one transaction: those that the rules refuse are told one by one, and the others are made
    /// all together.
    ///
    /// # Errors
    /// When the store fails. Then none is made, unless the connection was lost in the middle.
    pub async fn book_all(&self, plans: Vec<Plan>, by: &StaffSession) -> Result<Vec<Made>, ClinicError> {
        // Slow, so before anybody has to wait for this.
        let links = FreshLink::several(plans.len(), &self.hashing).await?;
        let (mut made, mut stored) = (Vec::with_capacity(plans.len()), Vec::with_capacity(plans.len()));
        let mut tx = self.store().begin().await?;
        for (plan, link) in plans.into_iter().zip(links) {
            made.push(match self.book_in(&mut tx, &mut stored, plan, link, by).await {
                // Whatever else follows would be half of a list.
                Err(BookError::Clinic(error)) => return Err(error),
                told => told,
            });
        }
        self.commit(tx, ToTell { stored, ..ToTell::default() }).await?;
        Ok(made)
    }

    /// Makes one of them. What is looked up is looked up in the transaction, which nobody else writes beside: of two who press at
    /// once the second finds what the first has made.
    async fn book_in(
        &self,
        tx: &mut Tx,
        stored: &mut Vec<Stored>,
        plan: Plan,
        link: FreshLink,
        by: &StaffSession,
    ) -> Made {
        let (visit, seat, now) = (VisitId::random()?, SeatId::random()?, self.now());
        let known = meant(tx.patients_born(&plan.birth_date).await?, &plan);
        if let Some(patient) = &known {
            let row = sqlx::query(THE_SAME)
                .bind(patient.id.to_string())
                .bind(plan.provider.id.to_string())
                .bind(number(plan.starts_at))
                .fetch_one(tx.connection())
                .await;
            none_of(&row.map_err(StoreError::from)?)?;
        }
        let patient = known.as_ref().map_or_else(PatientId::random, |patient| Ok(patient.id))?;
        let command = Command::Schedule {
            patient,
            provider: plan.provider.id,
            seat,
            starts_at: plan.starts_at,
            minutes: plan.minutes,
            interpreter: plan.interpreter,
        };
        // First what may be refused.
        let state = self.schedule_in(tx, stored, visit, command, by.actor()).await?;
        if known.is_none() {
            let Plan { name, birth_date, .. } = plan;
            let new = Patient { id: patient, name, birth_date, language: plan.language.clone() };
            tx.put_patient(&new, now).await?;
            tx.audit(&entry(by, AuditAction::RecordChanged, visit, patient), now).await?;
        }
        let details =
            VisitDetails { reason: plan.reason, language: plan.language, ..VisitDetails::default() };
        tx.put_details(visit, &details).await?;
        let link =
            link.store(tx, visit, (seat, &state), (AuditActor::Staff(by.staff), self.policy()), now).await?;
        Ok((visit, link))
    }
}

/// Who of those with this birth date is meant.
fn meant(born: Vec<Patient>, plan: &Plan) -> Option<Patient> {
    let name = plan.name.to_lowercase();
    born.into_iter().find(|patient| patient.name.to_lowercase() == name)
}

/// Refuses when some are counted.
fn none_of(row: &AnyRow) -> Result<(), BookError> {
    let count: i64 = row.try_get(0).map_err(StoreError::from)?;
    if count > 0 { Err(TypedError::Already.into()) } else { Ok(()) }
}
