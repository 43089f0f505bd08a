//! Correcting who comes and why. That lies beside the log, which holds ids only; pages that show it are told. Whether an interpreter
//! is wanted is in the log: that it changes is an event like others.

use super::{Typed, TypedError, book::entry, typed::Record};
use crate::{
    api::clinic::RecordFields,
    domain::visit::{Command, Refusal, Visit, VisitId},
    server::{
        clinic::{AuditAction, Clinic, ClinicError, StaffSession, secret},
        store::{Patient, StoreError, VisitDetails},
    },
};

/// Why a record was not corrected. The text is for the person who tries.
#[derive(Debug, thiserror::Error)]
pub enum CorrectError {
    /// Something that was typed is wrong.
    #[error(transparent)]
    Typed(#[from] TypedError),
    /// Somebody was quicker: it says something else now than the page showed.
    #[error(
        "Somebody else has changed this record meanwhile. Please look at what it says now, and save again if yours is right."
    )]
    Meanwhile,
    /// The patient's data were erased.
    #[error("This patient\u{2019}s data were erased: there is nothing to correct.")]
    Erased,
    /// The visit is over.
    #[error(
        "This visit is over: whether an interpreter is wanted can no longer be changed. Nothing was saved."
    )]
    Over,
    /// The store failed, or there is no such visit.
    #[error("The server had a problem. Please try again.")]
    Clinic(#[from] ClinicError),
}

impl From<StoreError> for CorrectError {
    fn from(error: StoreError) -> Self {
        Self::Clinic(error.into())
    }
}

impl Clinic {
    /// What can be corrected, as it is written down. Opening it is audited.
    ///
    /// # Errors
    /// See [`CorrectError`].
    pub async fn record(&self, id: VisitId, by: &StaffSession) -> Result<RecordFields, CorrectError> {
        let visit = self.visit(id).await?.ok_or(ClinicError::NotFound)?;
        self.audit(entry(by, AuditAction::RecordOpened, id, visit.patient)).await?;
        let patient = self.store().patient(visit.patient).await?.ok_or(CorrectError::Erased)?;
        Ok(shown(&patient, &self.store().details(id).await?, visit.interpreter))
    }

    /// Corrects it. `seen`: of what was written down when the person began to type; if that has changed meanwhile, nothing happens.
    /// False: nothing was changed.
    ///
    /// # Errors
    /// See [`CorrectError`].
    pub async fn correct(
        &self,
        id: VisitId,
        typed: &Typed,
        seen: &str,
        by: &StaffSession,
    ) -> Result<bool, CorrectError> {
        let now = self.now();
        let record = typed.record(&self.settings().time_zone, now)?;
        let Record { name, birth_date, reason, language, interpreter: wanted } = record;
        let visit = self.visit(id).await?.ok_or(ClinicError::NotFound)?;
        if visit.stage.is_over() && visit.interpreter != wanted {
            return Err(CorrectError::Over);
        }
        let mut tx = self.store().begin().await?;
        tx.lock_records().await?;
        let before = tx.patient(visit.patient).await?.ok_or(CorrectError::Erased)?;
        let details_before = tx.details(id).await?;
        if shown(&before, &details_before, visit.interpreter).seen != seen {
            return Err(CorrectError::Meanwhile);
        }
        let patient = Patient { name, birth_date, language: language.clone(), ..before.clone() };
        let details = VisitDetails { reason, language, ..details_before.clone() };
        if patient == before && details == details_before {
            drop(tx);
            return self.want_interpreter(id, &visit, wanted, by).await;
        }
        tx.put_patient(&patient, now).await?;
        tx.put_details(id, &details).await?;
        tx.audit(&entry(by, AuditAction::RecordChanged, id, visit.patient), now).await?;
        for shows in self.shows(id, &visit) {
            tx.record_changed(shows, now).await?;
        }
        tx.commit().await?;
        // It is written: that others cannot be told of it now must not look as if it were not.
        if let Err(error) = self.tell_of_records().await {
            tracing::error!(%error, "a correction could not be told; it will be");
        }
        self.want_interpreter(id, &visit, wanted, by).await?;
        Ok(true)
    }

    /// False: it was so already.
    async fn want_interpreter(
        &self,
        id: VisitId,
        visit: &Visit,
        wanted: bool,
        by: &StaffSession,
    ) -> Result<bool, CorrectError> {
        if visit.interpreter == wanted {
            return Ok(false);
        }
        match self.carry_out(id, Command::WantInterpreter { wanted }, by.actor()).await {
            Ok(_) => Ok(true),
            // Somebody did the same a moment ago.
            Err(ClinicError::Refused(Refusal::NothingToDo)) => Ok(false),
            Err(ClinicError::Refused(Refusal::Ended { .. })) => Err(CorrectError::Over),
            Err(error) => Err(error.into()),
        }
    }

    /// The visits whose pages show what is written down of this one's patient.
    fn shows(&self, id: VisitId, visit: &Visit) -> Vec<VisitId> {
        let others = self.open_visits().into_iter();
        let others = others.filter(|(other, state)| *other != id && state.patient == visit.patient);
        std::iter::once(id).chain(others.map(|(other, _)| other)).collect()
    }
}

fn shown(patient: &Patient, details: &VisitDetails, interpreter: bool) -> RecordFields {
    let language = if details.language.is_empty() { &patient.language } else { &details.language };
    let wanted = if interpreter { "wanted" } else { "" };
    let whole = [&patient.name, &patient.birth_date, &details.reason, language].map(String::as_str);
    let whole = format!("{}\n{wanted}", whole.join("\n"));
    RecordFields {
        name: patient.name.clone(),
        birth_date: patient.birth_date.clone(),
        reason: details.reason.clone(),
        language: language.clone(),
        interpreter,
        seen: secret::hash(&whole),
    }
}
