//! What somebody wants to happen.

use super::{Millis, Outcome, PatientId, RoomName, SeatId, StaffId};
use serde::{Deserialize, Serialize};

/// What somebody wants to happen. Whether it may is [`decide`](super::decide())'s to say. Random ids come with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Command {
    /// Make the appointment with which a log begins.
    Schedule {
        /// For whom.
        patient: PatientId,
        /// With whom.
        provider: StaffId,
        /// The patient's place in it.
        seat: SeatId,
        /// When.
        starts_at: Millis,
        /// How long, 1 to 480 minutes.
        minutes: u16,
        /// Whether an interpreter is wanted.
        interpreter: bool,
    },
    /// Move the appointment.
    Move {
        /// To when.
        starts_at: Millis,
        /// How long, 1 to 480 minutes.
        minutes: u16,
    },
    /// Say whether an interpreter is wanted.
    WantInterpreter {
        /// Whether one is.
        wanted: bool,
    },
    /// Call it off.
    Cancel,
    /// Come: the patient has consented and said where they are.
    CheckIn,
    /// Say what came of trying camera and microphone out.
    TellDevices,
    /// Be ready and wait.
    Wait,
    /// The page is gone.
    GoAway {
        /// Since when.
        since: Millis,
    },
    /// The page is there again.
    ComeBack,
    /// Let the patient in.
    Admit {
        /// The room to make for it.
        room: RoomName,
    },
    /// End the courtesy notice early.
    StartNow,
    /// Not be ready yet.
    PutOff,
    /// Have the patient wait on.
    SendBack,
    /// Leave for a moment.
    StepOut,
    /// Be back.
    StepBack,
    /// Have the visit from now on, in another's place.
    TakeOver,
    /// Give the visit to another provider: its own provider at any time, whoever runs the queue until the patient has checked in.
    HandOver {
        /// To whom.
        to: StaffId,
    },
    /// Let somebody come too.
    InviteGuest {
        /// Their place.
        seat: SeatId,
    },
    /// Let somebody no longer come.
    RemoveGuest {
        /// Their place.
        seat: SeatId,
        /// Where the visit goes on if they could be in its room.
        room: RoomName,
    },
    /// Go on in another room: somebody who may know the way into this one must not be there any more.
    ChangeRoom {
        /// The new room.
        room: RoomName,
    },
    /// End the visit.
    End {
        /// How.
        outcome: Outcome,
    },
}
