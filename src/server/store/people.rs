//! Personal data, beside the log: patients, what belongs to one visit, and who works here.

use super::{
    Store, StoreError, Tx,
    log::{natural, number},
};
use crate::domain::visit::{Millis, PatientId, StaffId, StaffRole, VisitId};
use sqlx::{Row, any::AnyRow};

const PATIENT: &str = "SELECT id, name, birth_date, language FROM patients WHERE id = $1";
const BORN: &str =
    "SELECT id, name, birth_date, language FROM patients WHERE birth_date = $1 ORDER BY created_at, id";
const DETAILS: &str =
    "SELECT reason, language, location, call_back, consented_at, devices FROM visit_details WHERE visit = $1";

/// A patient. Never log any of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Patient {
    /// Opaque.
    pub id: PatientId,
    /// The full name.
    pub name: String,
    /// `YYYY-MM-DD`. Name and birth date are the two identifiers by which a provider knows the right patient.
    pub birth_date: String,
    /// The language in which they read, as BCP 47 has it: `en`, `es`.
    pub language: String,
}

/// What belongs to one visit and is no event. Never log any of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct VisitDetails {
    /// Why they come, in the clinic's words.
    pub reason: String,
    /// The language to speak, as BCP 47 has it; empty: the clinic's.
    pub language: String,
    /// Where the patient is now, in their own words: where help would be sent.
    pub location: String,
    /// The number to call when the connection fails.
    pub call_back: String,
    /// When the patient agreed to be seen by video.
    pub consented_at: Option<Millis>,
    /// What the patient's page has found out about camera and microphone, by its word (`Readiness`).
    pub devices: String,
}

/// Somebody who works at the clinic. How they prove it lies elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    /// Opaque.
    pub id: StaffId,
    /// By which they log in, in lower case.
    pub email: String,
    /// As patients read it: `Dr. Ada Okafor`.
    pub name: String,
    /// What they may do.
    pub role: StaffRole,
    /// Whether they may no longer log in.
    pub disabled: bool,
}

impl Tx {
    /// Writes a patient down, or corrects what is written.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_patient(&mut self, patient: &Patient, now: Millis) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO patients (id, name, birth_date, language, created_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, birth_date = excluded.birth_date, \
             language = excluded.language",
        )
        .bind(patient.id.to_string())
        .bind(&patient.name)
        .bind(&patient.birth_date)
        .bind(&patient.language)
        .bind(number(now.0)?)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Writes down what belongs to a visit, or corrects it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_details(&mut self, visit: VisitId, details: &VisitDetails) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO visit_details (visit, reason, language, location, call_back, consented_at, devices) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (visit) DO UPDATE SET reason = excluded.reason, \
             language = excluded.language, location = excluded.location, call_back = excluded.call_back, \
             consented_at = excluded.consented_at, devices = excluded.devices",
        )
        .bind(visit.to_string())
        .bind(&details.reason)
        .bind(&details.language)
        .bind(&details.location)
        .bind(&details.call_back)
        .bind(details.consented_at.map(|at| number(at.0)).transpose()?)
        .bind(&details.devices)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Writes somebody of the staff down, or corrects what is written.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else has that address.
    pub async fn put_staff(&mut self, staff: &Staff, now: Millis) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO staff (id, email, name, role, disabled, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, role = excluded.role, \
             disabled = excluded.disabled",
        )
        .bind(staff.id.to_string())
        .bind(&staff.email)
        .bind(&staff.name)
        .bind(role_text(staff.role))
        .bind(i64::from(staff.disabled))
        .bind(number(now.0)?)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

impl Tx {
    /// A patient, as they are written down within this.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn patient(&mut self, id: PatientId) -> Result<Option<Patient>, StoreError> {
        let row = sqlx::query(PATIENT).bind(id.to_string()).fetch_optional(self.connection()).await?;
        row.as_ref().map(patient).transpose()
    }

    /// The patients with this birth date (`YYYY-MM-DD`), as they are written down within this.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn patients_born(&mut self, birth_date: &str) -> Result<Vec<Patient>, StoreError> {
        let rows = sqlx::query(BORN).bind(birth_date).fetch_all(self.connection()).await?;
        rows.iter().map(patient).collect()
    }

    /// What belongs to a visit, within this. Nothing yet: all empty.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn details(&mut self, visit: VisitId) -> Result<VisitDetails, StoreError> {
        let row = sqlx::query(DETAILS).bind(visit.to_string()).fetch_optional(self.connection()).await?;
        row.as_ref().map(details).transpose().map(Option::unwrap_or_default)
    }

    /// Somebody of the staff, as they stand within this.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn staff(&mut self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        let row = sqlx::query("SELECT id, email, name, role, disabled FROM staff WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(staff).transpose()
    }

    /// How many admins can log in.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn active_admins(&mut self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM staff WHERE role = 'admin' AND disabled = 0")
            .fetch_one(self.connection())
            .await?;
        Ok(row.try_get(0)?)
    }
}

impl Store {
    /// A patient.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn patient(&self, id: PatientId) -> Result<Option<Patient>, StoreError> {
        let row = sqlx::query(PATIENT).bind(id.to_string()).fetch_optional(self.pool()).await?;
        row.as_ref().map(patient).transpose()
    }

    /// The patients with this birth date (`YYYY-MM-DD`).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn patients_born(&self, birth_date: &str) -> Result<Vec<Patient>, StoreError> {
        let rows = sqlx::query(BORN).bind(birth_date).fetch_all(self.pool()).await?;
        rows.iter().map(patient).collect()
    }

    /// What belongs to a visit. Nothing yet: all empty.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn details(&self, visit: VisitId) -> Result<VisitDetails, StoreError> {
        let row = sqlx::query(DETAILS).bind(visit.to_string()).fetch_optional(self.pool()).await?;
        row.as_ref().map(details).transpose().map(Option::unwrap_or_default)
    }

    /// Somebody of the staff.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn staff(&self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        let row = sqlx::query("SELECT id, email, name, role, disabled FROM staff WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(staff).transpose()
    }

    /// Who logs in with this address (in lower case).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn staff_by_email(&self, email: &str) -> Result<Option<Staff>, StoreError> {
        let row = sqlx::query("SELECT id, email, name, role, disabled FROM staff WHERE email = $1")
            .bind(email)
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(staff).transpose()
    }

    /// Everybody who works or worked here, by name.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn all_staff(&self) -> Result<Vec<Staff>, StoreError> {
        let rows = sqlx::query("SELECT id, email, name, role, disabled FROM staff ORDER BY name, id")
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(staff).collect()
    }

    /// Whether anybody works here: then the clinic is set up.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn has_staff(&self) -> Result<bool, StoreError> {
        Ok(sqlx::query("SELECT 1 FROM staff LIMIT 1").fetch_optional(self.pool()).await?.is_some())
    }
}

fn patient(row: &AnyRow) -> Result<Patient, StoreError> {
    let id = PatientId::try_from(row.try_get::<String, _>(0)?).map_err(|_| StoreError::Damaged("id"))?;
    Ok(Patient { id, name: row.try_get(1)?, birth_date: row.try_get(2)?, language: row.try_get(3)? })
}

fn details(row: &AnyRow) -> Result<VisitDetails, StoreError> {
    let consented_at: Option<i64> = row.try_get(4)?;
    Ok(VisitDetails {
        reason: row.try_get(0)?,
        language: row.try_get(1)?,
        location: row.try_get(2)?,
        call_back: row.try_get(3)?,
        consented_at: consented_at.map(natural).transpose()?.map(Millis),
        devices: row.try_get(5)?,
    })
}

fn staff(row: &AnyRow) -> Result<Staff, StoreError> {
    Ok(Staff {
        id: StaffId::try_from(row.try_get::<String, _>(0)?).map_err(|_| StoreError::Damaged("id"))?,
        email: row.try_get(1)?,
        name: row.try_get(2)?,
        role: role(&row.try_get::<String, _>(3)?)?,
        disabled: row.try_get::<i64, _>(4)? != 0,
    })
}

fn role_text(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Admin => "admin",
        StaffRole::Provider => "provider",
        StaffRole::FrontDesk => "front-desk",
    }
}

fn role(text: &str) -> Result<StaffRole, StoreError> {
    match text {
        "admin" => Ok(StaffRole::Admin),
        "provider" => Ok(StaffRole::Provider),
        "front-desk" => Ok(StaffRole::FrontDesk),
        _ => Err(StoreError::Damaged("role")),
    }
}
