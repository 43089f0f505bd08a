//! Why a call failed, in the kinds that a person can do something about.

/// Twilio's error codes that decide something here.
///
/// Source: the SDK's `util/twilio-video-errors.js`.
pub mod code {
    /// The room could not be made, or does not take anybody in, or is not there (any more).
    pub fn is_room(code: u32) -> bool {
        matches!(code, 53103 | 53104 | 53106)
    }
    /// The room has as many participants as it may.
    pub const ROOM_FULL: u32 = 53105;
    /// The room was ended.
    pub const ROOM_COMPLETED: u32 = 53118;
    /// Somebody with the same identity came in.
    pub const DUPLICATE_IDENTITY: u32 = 53205;
    /// The participant has been in the room for as long as the room allows (`MaxParticipantDuration`). Not in the SDK's list,
    /// which passes it on. Source: <https://www.twilio.com/docs/api/errors/53216>.
    pub const STAY_TOO_LONG: u32 = 53216;
    /// The access token errors: 20101 to 20107 and 20157 (expired).
    pub fn is_token(code: u32) -> bool {
        matches!(code, 20101..=20107 | 20151 | 20157)
    }
}

/// Why camera and microphone could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaFailure {
    /// The person or their settings said no.
    Denied,
    /// There is no such device.
    NoDevice,
    /// Another program has it, or it does not work.
    InUse,
    /// Browsers give no camera to a page that did not come over https.
    Insecure,
    /// The video library itself could not be loaded.
    Unavailable,
}

/// Why there is no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TicketFailure {
    /// The server does not answer, or not sensibly. Trying again may help.
    Unreachable,
    /// The server says no. Trying again does not help.
    Refused,
}

/// Why a call ended, or did not begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// Camera or microphone could not be had.
    Media(MediaFailure),
    /// The access token was refused.
    Token,
    /// The server or its room server cannot be reached.
    Unreachable,
    /// The room server answers, but has no room for us.
    NoRoom,
    /// This browser cannot make video calls.
    Unsupported,
    /// The same person came in again elsewhere.
    PutOut,
    /// The room has no place left.
    Full,
    /// The visit was ended.
    Completed,
    /// The person was in the room for as long as it allows.
    TimeIsUp,
}

impl Failure {
    /// What an error while entering the room means. Codes not known here are about the connection.
    pub fn of_code(code: Option<u32>) -> Self {
        match code {
            Some(code::ROOM_FULL) => Self::Full,
            Some(code::ROOM_COMPLETED) => Self::Completed,
            Some(code::DUPLICATE_IDENTITY) => Self::PutOut,
            Some(code::STAY_TOO_LONG) => Self::TimeIsUp,
            Some(other) if code::is_token(other) => Self::Token,
            Some(other) if code::is_room(other) => Self::NoRoom,
            _ => Self::Unreachable,
        }
    }

    /// Whether the same thing may work a little later, without anybody doing anything.
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Unreachable | Self::NoRoom)
    }

    /// What an error during a call means: `None` if a new connection with a new token may mend it.
    pub fn ending_call(code: u32) -> Option<Self> {
        match Self::of_code(Some(code)) {
            Self::Unreachable | Self::Token | Self::NoRoom => None,
            failure => Some(failure),
        }
    }

    /// A stable word for style sheets and tests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Media(MediaFailure::Denied) => "denied",
            Self::Media(MediaFailure::NoDevice) => "no-device",
            Self::Media(MediaFailure::InUse) => "in-use",
            Self::Media(MediaFailure::Insecure) => "insecure",
            Self::Media(MediaFailure::Unavailable) | Self::Unreachable => "unreachable",
            Self::Token => "token",
            Self::NoRoom => "no-room",
            Self::Unsupported => "unsupported",
            Self::PutOut => "put-out",
            Self::Full => "full",
            Self::Completed => "completed",
            Self::TimeIsUp => "time-is-up",
        }
    }
}
