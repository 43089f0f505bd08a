//! What has happened. Written once, never changed: old logs have to fold for ever, so a variant or field is only ever added,
//! with a default.

use super::{Actor, Millis, Outcome, PatientId, RoomName, SeatId, StaffId};
use serde::{Deserialize, Serialize};

/// One thing that happened in a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its place in the visit's log: 1, 2, 3 …
    pub seq: u64,
    /// When.
    pub at: Millis,
    /// Who did it.
    pub by: Actor,
    /// What it was.
    pub change: Change,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Change {
    /// An appointment was made.
    Scheduled {
        /// For whom.
        patient: PatientId,
        /// With whom.
        provider: StaffId,
        /// The patient's place in it.
        seat: SeatId,
        /// When it should begin.
        starts_at: Millis,
        /// How long it should take.
        minutes: u16,
        /// Whether an interpreter is wanted.
        interpreter: bool,
    },
    /// The appointment was moved.
    Moved {
        /// When it should begin now.
        starts_at: Millis,
        /// How long it should take now.
        minutes: u16,
    },
    /// It is now wanted, or no longer, that an interpreter comes.
    InterpreterWanted {
        /// Whether one is wanted.
        wanted: bool,
    },
    /// Another provider has the visit from now on.
    Assigned {
        /// Who.
        provider: StaffId,
    },
    /// The patient has come, consented, and said where they are. The details lie beside the log.
    CheckedIn,
    /// The patient has tried camera and microphone out. What came of it lies beside the log.
    DevicesTried,
    /// The patient is ready and waits.
    ReadyToWait,
    /// The patient's page has been gone for longer than a reload takes.
    WentAway {
        /// Since when.
        since: Millis,
    },
    /// The patient's page is there again.
    CameBack,
    /// The provider lets the patient in.
    Admitted {
        /// The room that is made for it. A new one each time: an old token opens nothing.
        room: RoomName,
        /// From when on the patient is seen and heard.
        opens_at: Millis,
    },
    /// The patient did not want to wait for the courtesy notice to end.
    StartedNow,
    /// The patient was not ready.
    PutOff,
    /// The provider sent the patient back to wait.
    SentBack,
    /// The provider has left for a moment.
    SteppedOut,
    /// The provider is back.
    SteppedBack,
    /// The visit goes on in another room: somebody's access to the old one was taken away.
    RoomChanged {
        /// The new room.
        room: RoomName,
    },
    /// Somebody may come too.
    GuestInvited {
        /// Their place.
        seat: SeatId,
    },
    /// Somebody may no longer come.
    GuestRemoved {
        /// Their place.
        seat: SeatId,
    },
    /// It is over.
    Ended {
        /// How.
        outcome: Outcome,
    },
    /// The patient who had left is back, and waits again, from the original time.
    Returned,
}
