//! Where a call stands.

use super::Failure;

/// The step of the call that the person is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Nothing has happened yet.
    Ready,
    /// The browser is asking for camera and microphone.
    AskingForMedia,
    /// On the way into the room.
    Connecting,
    /// In the room.
    InRoom,
    /// In the room, but this person's own connection is interrupted; the SDK is mending it.
    Reconnecting,
    /// The SDK gave up, the person did not: a new connection is on its way.
    Rejoining,
    /// The person left.
    Left,
    /// It ended without the person wanting it.
    Failed(Failure),
}

impl Phase {
    /// Whether the person is in the room as far as they know. See [`super::Call::waiting_room_visible`].
    pub fn is_joined(self) -> bool {
        self.has_room() || self == Self::Rejoining
    }

    /// Whether there is a room that reports can be about.
    pub fn has_room(self) -> bool {
        matches!(self, Self::InRoom | Self::Reconnecting)
    }

    /// Whether there is something to leave.
    pub fn is_under_way(self) -> bool {
        !self.can_join()
    }

    /// Whether Join is offered. Never together with Leave.
    pub fn can_join(self) -> bool {
        matches!(self, Self::Ready | Self::Left | Self::Failed(_))
    }

    /// A stable word for style sheets and tests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::AskingForMedia => "asking",
            Self::Connecting => "connecting",
            Self::InRoom => "in-room",
            Self::Reconnecting => "reconnecting",
            Self::Rejoining => "rejoining",
            Self::Left => "left",
            Self::Failed(_) => "failed",
        }
    }
}
