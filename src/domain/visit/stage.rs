//! Where a visit stands.

use super::{Millis, RoomName};
use serde::{Deserialize, Serialize};

/// Where a visit stands, with what is only true there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// There is an appointment; the patient has not come yet.
    Scheduled,
    /// The patient has consented and said where they are, and is getting ready.
    CheckedIn,
    /// The patient is ready and waits for the provider.
    Waiting,
    /// The provider lets the patient in.
    Admitted {
        /// The visit's room. Tokens are for it and for nothing else.
        room: RoomName,
        /// From when on the patient is seen and heard: the courtesy notice ends.
        opens_at: Millis,
    },
    /// The provider has left for a moment, and will be back.
    SteppedOut {
        /// The visit's room.
        room: RoomName,
    },
    /// It is over.
    Ended(Outcome),
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// Patient and provider have talked.
    Seen,
    /// The patient never came.
    NoShow,
    /// The patient called it off.
    CancelledByPatient,
    /// The clinic called it off.
    CancelledByClinic,
    /// The patient came, waited, and went.
    LeftWithoutBeingSeen,
}

/// Whether the patient's page is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// It is.
    Here,
    /// Not since then. The place in the queue is kept for a while.
    Away {
        /// Since when.
        since: Millis,
    },
}

impl Stage {
    /// Whether nothing more can happen, but for the return of a patient who had left.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Ended(_))
    }

    /// The same, without the room's name.
    #[must_use]
    pub fn without_room(self) -> Self {
        match self {
            Self::Admitted { opens_at, .. } => Self::Admitted { room: RoomName::HIDDEN, opens_at },
            Self::SteppedOut { .. } => Self::SteppedOut { room: RoomName::HIDDEN },
            other => other,
        }
    }

    /// The room that is open to those who are admitted. None before, and after.
    pub fn room(self) -> Option<RoomName> {
        match self {
            Self::Admitted { room, .. } | Self::SteppedOut { room } => Some(room),
            Self::Scheduled | Self::CheckedIn | Self::Waiting | Self::Ended(_) => None,
        }
    }
}
