//! The audit as a table for a spreadsheet, with its seals: whoever has the key can check it elsewhere.

use super::{AuditSearch, words};
use crate::{
    domain::visit::StaffId,
    server::{
        audit::SealedLine,
        clinic::{Clinic, ClinicError, StaffSession},
        store::StoreError,
    },
};
use futures_util::{Stream, StreamExt, stream};
use jiff::Timestamp;
use std::{collections::HashMap, sync::Arc};

/// So many lines are read at once.
const PAGE: u32 = 1000;

const HEAD: [&str; 11] = [
    "line",
    "time (UTC)",
    "actor",
    "name",
    "action",
    "in words",
    "visit",
    "patient",
    "about",
    "outcome",
    "seal",
];

impl Clinic {
    /// All that a search finds, from the oldest line to the newest of now, in pieces. The export is audited before it begins.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn export_audit(
        self: Arc<Self>,
        search: AuditSearch,
        by: &StaffSession,
    ) -> Result<impl Stream<Item = Result<Vec<u8>, StoreError>> + use<>, ClinicError> {
        self.audit_reading(&search, "export", by).await?;
        let names = self.names_of_staff().await?;
        let end = self.store().audit_head().await?.last.saturating_add(1);
        // A byte order mark: otherwise spreadsheets take names for another encoding.
        let mut head = "\u{feff}".as_bytes().to_vec();
        head.extend(table(&[HEAD.map(str::to_owned)])?);
        let rest = stream::try_unfold(i64::MIN, move |last| {
            let (clinic, search, names) = (Arc::clone(&self), search.clone(), names.clone());
            async move {
                let found = search.find(&clinic, (last, end), false, PAGE).await?;
                let Some(newest) = found.last().map(|row| row.id) else { return Ok(None) };
                let rows: Vec<_> = found.iter().map(|row| cells(row, &names)).collect();
                Ok(Some((table(&rows)?, newest)))
            }
        });
        Ok(stream::once(async { Ok(head) }).chain(rest))
    }
}

fn cells(SealedLine { id, line, mac }: &SealedLine, names: &HashMap<StaffId, String>) -> [String; 11] {
    let at = Timestamp::from_millisecond(line.at).map(|at| format!("{at:.3}")).unwrap_or_default();
    [
        id.to_string(),
        at,
        line.actor.clone(),
        words::actor(&line.actor, names),
        line.action.clone(),
        words::action(&line.action),
        line.visit.clone().unwrap_or_default(),
        line.patient.clone().unwrap_or_default(),
        line.about.clone().unwrap_or_default(),
        line.outcome.clone(),
        mac.clone(),
    ]
}

fn table(rows: &[[String; 11]]) -> Result<Vec<u8>, StoreError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Into memory nothing fails.
        writer
            .write_record(row.each_ref().map(|cell| harmless(cell)))
            .map_err(|_| StoreError::Damaged("table"))?;
    }
    writer.into_inner().map_err(|_| StoreError::Damaged("table"))
}

/// A spreadsheet takes what begins with one of these for a formula, and carries it out.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        assert_eq!(harmless("Dr. Ada Okafor"), "Dr. Ada Okafor");
    }

    #[test]
    fn quotes_commas_and_ends_of_line_stay_in_their_cell() {
        let mut row = HEAD.map(|_| String::new());
        row[3] = "Dr. \"Who\", the\nsecond".to_owned();
        let text = String::from_utf8(table(&[row]).unwrap()).unwrap();
        assert_eq!(text, ",,,\"Dr. \"\"Who\"\", the\nsecond\",,,,,,,\r\n");
    }
}
