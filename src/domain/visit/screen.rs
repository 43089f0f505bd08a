//! What a patient's page is about.

use super::{Millis, Outcome, Policy, Presence, Reader, Stage, Visit};
use serde::{Deserialize, Serialize};

/// What a patient's page is about. Where a session or a device has something to say first, the page says that instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Screen {
    /// Check-in is not open yet.
    TooEarly {
        /// When it will be.
        opens_at: Millis,
    },
    /// Check-in is closed.
    TooLate,
    /// Consent, and where one is.
    CheckIn,
    /// Checked in; getting ready.
    GetReady,
    /// The wait, the visit, or between them: what changes by itself.
    Live,
    /// It is over.
    Over(Outcome),
}

impl Screen {
    /// What the patient's page is about at this moment.
    pub fn of(visit: &Visit, now: Millis, policy: &Policy) -> Self {
        match visit.stage {
            Stage::Ended(outcome) => Self::Over(outcome),
            Stage::Waiting | Stage::Admitted { .. } | Stage::SteppedOut { .. } => Self::Live,
            Stage::CheckedIn => Self::GetReady,
            Stage::Scheduled => {
                let opens_at = visit.starts_at.minus(policy.opens_before);
                if now < opens_at {
                    Self::TooEarly { opens_at }
                } else if now > visit.starts_at.plus(policy.closes_after) {
                    Self::TooLate
                } else {
                    Self::CheckIn
                }
            }
        }
    }

    /// The same for this reader: a guest checks in to nothing, and follows the patient's wait from the beginning.
    #[must_use]
    pub fn shown_to(self, reader: Reader) -> Self {
        match (self, reader) {
            (Self::CheckIn | Self::GetReady, Reader::Guest(_)) => Self::Live,
            _ => self,
        }
    }
}

impl Visit {
    /// Whether the patient waits in the queue: ready, and not left. Absence keeps the place.
    pub fn is_in_queue(&self) -> bool {
        self.stage == Stage::Waiting
    }

    /// Where the visit stands in its provider's queue, against others there: longest first, from the first check-in.
    pub fn queue_key(&self) -> (Millis, Millis, u128) {
        (self.checked_in_at.unwrap_or(Millis(u64::MAX)), self.starts_at, self.seat.0)
    }

    /// Whether the patient's page is there.
    pub fn is_here(&self) -> bool {
        self.checked_in_at.is_some() && self.presence == Presence::Here
    }

    /// Whether the patient was let in, and is there.
    pub fn is_with_provider(&self) -> bool {
        self.stage.room().is_some() && self.is_here()
    }
}
