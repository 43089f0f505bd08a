//! What the page that shows a visit once more is made from. It is plain HTML, so none of this travels.

/// A visit, moment by moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayView {
    /// The visit.
    pub id: String,
    /// The patient's name. Empty: erased.
    pub patient: String,
    /// The clinic's time zone, by name.
    pub zone: String,
    /// In order.
    pub rows: Vec<ReplayRow>,
}

/// One moment of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayRow {
    /// The day in words, where another one begins.
    pub day: Option<String>,
    /// By the clinic's clock, to the second.
    pub clock: String,
    /// For programs, as RFC 3339 has it.
    pub machine: String,
    /// Since the first moment: `+0:12:03`.
    pub since: String,
    /// What happened.
    pub what: String,
    /// What the patient's page showed.
    pub patient: String,
    /// What the pages of the provider and of the front desk showed.
    pub staff: String,
    /// What guests' pages showed: who, and what.
    pub guests: Vec<(String, String)>,
}
