//! The errors of the protocol, with Twilio's codes and texts.

use crate::tokens::TokenError;
use serde::{Deserialize, Serialize};

/// Why a client or one of its tracks is refused. The application sees it as a `TwilioError` of that code.
///
/// Source: SDK module `util/twilio-video-errors.js`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(into = "u32", try_from = "u32")]
pub(in crate::rooms) enum Refusal {
    /// The token is no good.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The session is over; come again with `connect`.
    #[error("Signaling connection disconnected")]
    SessionOver,
    /// The message is malformed, out of order, or speaks for somebody else.
    #[error("Client sent an invalid signaling message")]
    InvalidMessage,
    /// The client says more than a client has to say.
    #[error("Video server is busy")]
    TooMuch,
    /// A room's name has at most 128 characters.
    #[error("Room name is too long")]
    RoomNameTooLong,
    /// No control characters in a room's name.
    #[error("Room name contains invalid characters")]
    RoomNameChars,
    /// The server holds as many rooms as it can.
    #[error("Unable to create Room")]
    TooManyRooms,
    /// The room is full.
    #[error("Room contains too many Participants")]
    RoomFull,
    /// The room is not there, and a `connect` opens none of that name.
    #[error("Room not found")]
    RoomNotFound,
    /// An identity has at most 128 characters.
    #[error("Participant identity is too long")]
    IdentityTooLong,
    /// No control characters in an identity.
    #[error("Participant identity contains invalid characters")]
    IdentityChars,
    /// A participant publishes only so many tracks.
    #[error("The maximum number of published tracks allowed in the Room at the same time has been reached")]
    TooManyTracks,
    /// Somebody with the same identity came later.
    #[error("Participant disconnected because of duplicate identity")]
    DuplicateIdentity,
    /// The participant has been in the room for as long as the room allows.
    #[error("Participant session length exceeded")]
    StayTooLong,
    /// A track's name has at most 128 characters.
    #[error("Track name is too long")]
    TrackNameTooLong,
    /// A participant's tracks have different names.
    #[error("Track name is duplicated")]
    TrackNameDuplicated,
}

impl Refusal {
    /// Twilio's code.
    pub fn code(self) -> u32 {
        match self {
            Self::Token(error) => error.code(),
            Self::SessionOver => 53001,
            Self::InvalidMessage => 53004,
            Self::TooMuch => 53006,
            Self::RoomNameTooLong => 53101,
            Self::RoomNameChars => 53102,
            Self::TooManyRooms => 53103,
            Self::RoomFull => 53105,
            Self::RoomNotFound => 53106,
            Self::IdentityTooLong => 53201,
            Self::IdentityChars => 53202,
            Self::TooManyTracks => 53203,
            Self::DuplicateIdentity => 53205,
            // Not among those that the SDK knows: it passes code and text on. Source:
            // <https://www.twilio.com/docs/api/errors/53216>.
            Self::StayTooLong => 53216,
            Self::TrackNameTooLong => 53302,
            Self::TrackNameDuplicated => 53304,
        }
    }
}

impl From<Refusal> for u32 {
    fn from(refusal: Refusal) -> Self {
        refusal.code()
    }
}

/// All but bad tokens: those end no session, so they are never kept.
const KEPT: [Refusal; 15] = [
    Refusal::SessionOver,
    Refusal::InvalidMessage,
    Refusal::TooMuch,
    Refusal::RoomNameTooLong,
    Refusal::RoomNameChars,
    Refusal::TooManyRooms,
    Refusal::RoomFull,
    Refusal::RoomNotFound,
    Refusal::IdentityTooLong,
    Refusal::IdentityChars,
    Refusal::TooManyTracks,
    Refusal::DuplicateIdentity,
    Refusal::StayTooLong,
    Refusal::TrackNameTooLong,
    Refusal::TrackNameDuplicated,
];

/// For what is kept over a restart.
impl TryFrom<u32> for Refusal {
    type Error = &'static str;

    fn try_from(code: u32) -> Result<Self, Self::Error> {
        KEPT.into_iter().find(|refusal| refusal.code() == code).ok_or("no such refusal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a refusal stands in [`KEPT`]. Without a wildcard, so that a new one has to be given its place.
    fn place(refusal: Refusal) -> Option<usize> {
        Some(match refusal {
            Refusal::Token(_) => return None,
            Refusal::SessionOver => 0,
            Refusal::InvalidMessage => 1,
            Refusal::TooMuch => 2,
            Refusal::RoomNameTooLong => 3,
            Refusal::RoomNameChars => 4,
            Refusal::TooManyRooms => 5,
            Refusal::RoomFull => 6,
            Refusal::RoomNotFound => 7,
            Refusal::IdentityTooLong => 8,
            Refusal::IdentityChars => 9,
            Refusal::TooManyTracks => 10,
            Refusal::DuplicateIdentity => 11,
            Refusal::StayTooLong => 12,
            Refusal::TrackNameTooLong => 13,
            Refusal::TrackNameDuplicated => 14,
        })
    }

    #[test]
    fn whatever_may_end_a_session_is_known_again_after_a_restart() {
        for (index, refusal) in KEPT.into_iter().enumerate() {
            assert_eq!(place(refusal), Some(index));
            assert_eq!(Refusal::try_from(refusal.code()), Ok(refusal));
        }
        assert!(Refusal::try_from(20101).is_err(), "a bad token");
    }
}
