//! Who does something to a visit.

use super::{SeatId, StaffId};
use serde::{Deserialize, Serialize};

/// Who does something to a visit. That they are who they say is checked before, by whoever makes one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Actor {
    /// The visit's own patient, by their link.
    Patient,
    /// Somebody whom the patient or the clinic brought: an interpreter, a relative.
    Guest(SeatId),
    /// Somebody who works at the clinic.
    Staff(StaffId, StaffRole),
    /// The clinic's clock: time-outs.
    System,
}

/// What somebody at the clinic may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StaffRole {
    /// Accounts, settings, audit. No visits, no notes.
    Admin,
    /// Sees patients.
    Provider,
    /// Makes appointments and looks after those who wait.
    FrontDesk,
}

impl Actor {
    /// The provider that this is.
    pub fn provider(self) -> Option<StaffId> {
        match self {
            Self::Staff(id, StaffRole::Provider) => Some(id),
            _ => None,
        }
    }

    /// Whether they make and change appointments.
    pub fn runs_the_queue(self) -> bool {
        matches!(self, Self::Staff(_, StaffRole::Provider | StaffRole::FrontDesk))
    }
}
