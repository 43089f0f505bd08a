//! What the audit's page is made from. It is plain HTML, so none of this travels.

/// What the form for searching holds, right or wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFields {
    /// `2026-11-24T14:30` or `2026-11-24`, by the clinic's clock. Empty: from the beginning.
    pub from: String,
    /// As `from`. Empty: until now.
    pub until: String,
    /// `staff:…`, `patients`, `nobody`, `system`. Empty: anybody.
    pub actor: String,
    /// The first digits of a patient's number, or all 32. Empty: anybody.
    pub patient: String,
    /// A word for what was done. Empty: anything.
    pub action: String,
    /// `done`, `refused`. Empty: either.
    pub outcome: String,
}

/// One line, as an admin sees it: no name of a patient is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number.
    pub id: i64,
    /// By the clinic's clock.
    pub at: String,
    /// Who did it.
    pub who: String,
    /// What was done.
    pub what: String,
    /// To whose record: an opaque number, or nothing.
    pub patient: String,
    /// To which visit: an opaque number, or nothing.
    pub visit: String,
    /// To what else, or nothing.
    pub about: String,
    /// Whether it was refused.
    pub refused: bool,
}

/// The audit's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditView {
    /// What was found, the newest first.
    pub rows: Vec<AuditRow>,
    /// What was searched for.
    pub fields: AuditFields,
    /// Everybody who has an account: as a form says it, and by name.
    pub staff: Vec<(String, String)>,
    /// What can be done: as a form says it, and in words.
    pub actions: &'static [(&'static str, &'static str)],
    /// Where newer lines are.
    pub newer: Option<String>,
    /// Where older lines are.
    pub older: Option<String>,
    /// The clinic's time zone, by name.
    pub zone: String,
}
