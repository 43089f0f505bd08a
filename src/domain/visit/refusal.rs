//! Why something may not happen.

use super::{Millis, Outcome, StaffId};
use serde::{Deserialize, Serialize};

/// Why something may not happen. The text is for developers; pages say it in the reader's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Refusal {
    /// This actor never may.
    #[error("not allowed")]
    NotAllowed,
    /// There is no appointment yet.
    #[error("there is no such visit")]
    NoVisit,
    /// There is one already.
    #[error("the visit exists already")]
    ExistsAlready,
    /// It is over.
    #[error("the visit has ended")]
    Ended {
        /// How.
        outcome: Outcome,
    },
    /// Check-in opens later.
    #[error("too early")]
    TooEarly {
        /// When it opens.
        opens_at: Millis,
    },
    /// Check-in is closed, or the appointed time has not passed yet for a no-show.
    #[error("too late")]
    TooLate,
    /// Another provider has this patient. Whoever wants them takes over first, knowingly.
    #[error("another provider has this visit")]
    AnothersPatient {
        /// Who.
        provider: StaffId,
    },
    /// Somebody was quicker: the patient is admitted already.
    #[error("admitted already")]
    AdmittedAlready {
        /// By whom.
        provider: StaffId,
    },
    /// The patient does not wait (any more).
    #[error("the patient is not waiting")]
    NotWaiting,
    /// The patient's page is not there.
    #[error("the patient is away")]
    PatientAway,
    /// The patient is not admitted.
    #[error("the patient is not admitted")]
    NotAdmitted,
    /// The patient has checked in already.
    #[error("checked in already")]
    CheckedInAlready,
    /// A length of 1 to 480 minutes is needed.
    #[error("a visit takes 1 to 480 minutes")]
    WrongLength,
    /// Nothing would change.
    #[error("nothing to do")]
    NothingToDo,
}
