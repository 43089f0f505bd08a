//! Searching the audit. An admin sees whose record it was as an opaque number only, and searches by that number: who has a right
//! to the name, the front desk, reads the number on the appointment's page.

use super::words;
use crate::{
    api::clinic::{AuditFields, AuditRow, AuditView},
    domain::visit::{Millis, PatientId, StaffId},
    server::{
        audit::SealedLine,
        clinic::{
            AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, StaffSession, on_the_wall,
        },
        store::StoreError,
    },
};
use jiff::{ToSpan, civil, tz::TimeZone};
use std::{collections::HashMap, fmt::Write};

/// So many lines are shown at once.
pub const PAGE: u32 = 50;

/// Fewer digits of a patient's number would be found by chance.
const DIGITS: usize = 8;

/// What is searched for. Everything in it is checked: it goes into addresses and into the audit itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditSearch {
    fields: AuditFields,
    from: Option<i64>,
    until: Option<i64>,
}

/// Which lines of what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditPage {
    /// The newest.
    Newest,
    /// Those before the line with this number.
    Before(i64),
    /// Those after it.
    After(i64),
}

/// Why there is nothing to search for. The text is for the person who tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuditSearchError {
    /// Not a time.
    #[error("A time cannot be read. Please write it as 2026-11-24T14:30, or leave it empty.")]
    Time,
    /// Not a patient's number.
    #[error(
        "A patient is searched by the record number: at least 8 digits or letters a to f, as the front desk reads them on the \
         appointment\u{2019}s page. Admins see no names of patients."
    )]
    Patient,
    /// Something that no form of ours says.
    #[error("This cannot be searched for. Please choose from the lists.")]
    Choice,
}

impl AuditSearch {
    /// Makes sense of what was typed. Times are by the clinic's clock; a day alone is the whole of it.
    ///
    /// # Errors
    /// See [`AuditSearchError`].
    pub fn of(typed: AuditFields, zone: &TimeZone) -> Result<Self, AuditSearchError> {
        let AuditFields { from, until, actor, patient, action, outcome } = typed;
        let patient: String = patient.chars().filter(|c| !c.is_whitespace()).collect();
        let patient = patient.to_ascii_lowercase();
        let is_number = patient.len() <= 32 && patient.bytes().all(|b| b.is_ascii_hexdigit());
        if !patient.is_empty() && (patient.len() < DIGITS || !is_number) {
            return Err(AuditSearchError::Patient);
        }
        let is_actor = matches!(actor.as_str(), "" | "patients" | "nobody" | "system")
            || actor.strip_prefix("staff:").is_some_and(|id| StaffId::try_from(id.to_owned()).is_ok());
        let is_action = action.is_empty() || words::ACTIONS.iter().any(|(known, _)| *known == action);
        if !is_actor || !is_action || !matches!(outcome.as_str(), "" | "done" | "refused") {
            return Err(AuditSearchError::Choice);
        }
        let (from, until) = (from.trim().to_owned(), until.trim().to_owned());
        Ok(Self {
            from: moment(&from, zone, 0)?,
            until: moment(&until, zone, 1)?,
            fields: AuditFields { from, until, actor, patient, action, outcome },
        })
    }

    /// As it stands in an address. Nothing in it needs to be escaped there.
    pub fn query(&self) -> String {
        let AuditFields { from, until, actor, patient, action, outcome } = &self.fields;
        let all = [
            ("from", from),
            ("until", until),
            ("actor", actor),
            ("patient", patient),
            ("action", action),
            ("outcome", outcome),
        ];
        let mut query = String::new();
        for (name, value) in all.into_iter().filter(|(_, value)| !value.is_empty()) {
            let and = if query.is_empty() { "" } else { "&" };
            // Writing into a String never fails.
            let _ = write!(query, "{and}{name}={value}");
        }
        query
    }

    /// What it finds with numbers between these two, without them, the first or the last of all.
    pub(super) async fn find(
        &self,
        clinic: &Clinic,
        (after, before): (i64, i64),
        newest_first: bool,
        limit: u32,
    ) -> Result<Vec<SealedLine>, StoreError> {
        let mut conditions = String::new();
        let mut texts = Vec::new();
        let mut and = |condition: &str, text: String| {
            texts.push(text);
            // Three numbers come before.
            let _ = write!(conditions, " AND {condition} ${}", texts.len() + 5);
        };
        let AuditFields { actor, patient, action, outcome, .. } = &self.fields;
        match actor.as_str() {
            "" => {}
            "patients" => and("actor LIKE", "seat:%".to_owned()),
            one => and("actor =", one.to_owned()),
        }
        match patient.len() {
            0 => {}
            32 => and("patient =", patient.clone()),
            _ => {
                and("patient >=", patient.clone());
                and("patient <", format!("{patient}g"));
            }
        }
        for (column, text) in [("action =", action), ("outcome =", outcome)] {
            if !text.is_empty() {
                and(column, text.clone());
            }
        }
        let (from, until) = (self.from.unwrap_or(i64::MIN), self.until.unwrap_or(i64::MAX));
        let order = if newest_first { "DESC" } else { "ASC" };
        clinic.store().audit_found(&conditions, order, (after, before, from, until, limit), texts).await
    }
}

/// A moment by the clinic's clock; of a day alone its beginning, or that of the day so many days later.
fn moment(text: &str, zone: &TimeZone, days: i64) -> Result<Option<i64>, AuditSearchError> {
    // What is read more freely than a browser writes it would not fit into an address.
    if text.bytes().any(|b| !b.is_ascii_digit() && !matches!(b, b'-' | b':' | b'T')) {
        return Err(AuditSearchError::Time);
    }
    if text.is_empty() {
        return Ok(None);
    }
    let shown = match text.parse::<civil::Date>() {
        Ok(date) if !text.contains('T') => {
            date.checked_add(days.days()).map_err(|_| AuditSearchError::Time)?.to_datetime(civil::Time::MIN)
        }
        _ => text.parse::<civil::DateTime>().map_err(|_| AuditSearchError::Time)?,
    };
    // Of an hour that comes twice or never, the search is the wider one by at most that hour.
    let at = zone.to_ambiguous_timestamp(shown).compatible().map_err(|_| AuditSearchError::Time)?;
    Ok(Some(at.as_millisecond()))
}

impl Clinic {
    /// Searches the audit, and audits that.
    ///
    /// # Errors
    /// See [`ClinicError`]. Nothing is shown then.
    pub async fn search_audit(
        &self,
        search: &AuditSearch,
        page: AuditPage,
        by: &StaffSession,
    ) -> Result<AuditView, ClinicError> {
        self.audit_reading(search, "search", by).await?;
        let (bounds, newest_first) = match page {
            AuditPage::Newest => ((i64::MIN, i64::MAX), true),
            AuditPage::Before(id) => ((i64::MIN, id), true),
            AuditPage::After(id) => ((id, i64::MAX), false),
        };
        let mut found = search.find(self, bounds, newest_first, PAGE + 1).await?;
        let is_more = found.len() > PAGE as usize;
        found.truncate(PAGE as usize);
        if !newest_first {
            found.reverse();
        }
        let names = self.names_of_staff().await?;
        let to = |end: &str| {
            let query = search.query();
            let and = if query.is_empty() { "" } else { "&" };
            format!("/admin/audit?{query}{and}{end}")
        };
        let (first, last) = (found.first().map(|row| row.id), found.last().map(|row| row.id));
        let has_newer = if newest_first { page != AuditPage::Newest } else { is_more };
        let has_older = !newest_first || is_more;
        Ok(AuditView {
            newer: first.filter(|_| has_newer).map(|id| to(&format!("after={id}"))),
            older: last.filter(|_| has_older).map(|id| to(&format!("before={id}"))),
            rows: found.iter().map(|row| self.audit_row(row, &names)).collect(),
            ..self.audit_form(search.fields.clone()).await?
        })
    }

    /// The form alone, with what was typed.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn audit_form(&self, fields: AuditFields) -> Result<AuditView, ClinicError> {
        let staff = self.store().all_staff().await?;
        Ok(AuditView {
            rows: Vec::new(),
            fields,
            staff: staff.into_iter().map(|one| (format!("staff:{}", one.id), one.name)).collect(),
            actions: &words::ACTIONS,
            newer: None,
            older: None,
            zone: self.settings().time_zone.iana_name().unwrap_or("UTC").to_owned(),
        })
    }

    /// Who reads the audit is in it as well.
    pub(super) async fn audit_reading(
        &self,
        search: &AuditSearch,
        what: &str,
        by: &StaffSession,
    ) -> Result<(), ClinicError> {
        let line = AuditEntry {
            actor: AuditActor::Staff(by.staff),
            action: AuditAction::AuditRead,
            visit: None,
            patient: PatientId::try_from(search.fields.patient.clone()).ok(),
            outcome: AuditOutcome::Done,
        };
        self.audit_about(line, format!("{what} {}", search.query()).trim_end().to_owned()).await
    }

    pub(super) async fn names_of_staff(&self) -> Result<HashMap<StaffId, String>, ClinicError> {
        let staff = self.store().all_staff().await?;
        Ok(staff.into_iter().map(|staff| (staff.id, staff.name)).collect())
    }

    fn audit_row(
        &self,
        SealedLine { id, line, .. }: &SealedLine,
        names: &HashMap<StaffId, String>,
    ) -> AuditRow {
        let shown = on_the_wall(&self.settings().time_zone, Millis(u64::try_from(line.at).unwrap_or(0)));
        AuditRow {
            id: *id,
            at: shown.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            who: words::actor(&line.actor, names),
            what: words::action(&line.action),
            patient: line.patient.clone().unwrap_or_default(),
            visit: line.visit.clone().unwrap_or_default(),
            about: line.about.as_deref().map(|about| words::about(about, names)).unwrap_or_default(),
            refused: line.outcome == "refused",
        }
    }
}
