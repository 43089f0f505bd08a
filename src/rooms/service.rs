//! What the rest of the product may ask of rooms, wherever they are.

use super::{HttpClientError, RemoteRooms, RoomServer};
use std::{future::Future, time::Duration};

/// What the rest of the product may ask of rooms. Everything may be asked again when an answer was lost: the second time
/// changes nothing more.
///
/// Rooms are named by name or SID. A completed room is found by its SID only, and for about an hour at most on our own
/// server.
pub trait RoomService {
    /// Makes sure that a room of that name is in progress. One that already is stays as it is, whatever was asked for.
    ///
    /// # Errors
    /// See [`ServiceError`].
    fn create(&self, room: &RoomRequest) -> impl Future<Output = Result<RoomInfo, ServiceError>> + Send;

    /// A room. None if there is no such room.
    ///
    /// # Errors
    /// See [`ServiceError`].
    fn fetch(&self, room: &str) -> impl Future<Output = Result<Option<RoomInfo>, ServiceError>> + Send;

    /// Who is in a room. Nobody if there is no such room.
    ///
    /// # Errors
    /// See [`ServiceError`].
    fn participants(&self, room: &str) -> impl Future<Output = Result<Vec<Attendee>, ServiceError>> + Send;

    /// Ends a room: everybody in it gets 53118 (room completed), also those who come back from a lost socket within the
    /// session timeout. True if one was in progress.
    ///
    /// A token that is still valid opens a new room of the same name.
    ///
    /// # Errors
    /// See [`ServiceError`].
    fn complete(&self, room: &str) -> impl Future<Output = Result<bool, ServiceError>> + Send;

    /// Puts one participant out: its `Room` is `disconnected` without an error. True if they were in.
    ///
    /// A token that is still valid lets them in again.
    ///
    /// # Errors
    /// See [`ServiceError`].
    fn put_out(&self, room: &str, identity: &str) -> impl Future<Output = Result<bool, ServiceError>> + Send;
}

/// A room to be made. What is left out is Twilio's default.
#[derive(Debug, Clone, Default)]
pub struct RoomRequest {
    /// Its name, 1 to 128 characters.
    pub name: String,
    /// How many participants it holds: 1 to what the engine allows.
    pub max_participants: Option<u32>,
    /// How long one participant may stay: 10 minutes to 24 hours (4 hours). Whole seconds.
    pub max_stay: Option<Duration>,
    /// How long it lasts after the last has left: 1 to 60 minutes (5). Whole minutes.
    pub empty_timeout: Option<Duration>,
    /// How long it lasts if nobody ever comes: 1 to 60 minutes (5). Whole minutes.
    pub unused_timeout: Option<Duration>,
}

impl RoomRequest {
    /// A room of this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomInfo {
    /// `RM…`
    pub sid: String,
    /// Its name; its SID if it was given none.
    pub name: String,
    /// Whether one can meet in it.
    pub status: RoomStatus,
    /// How many participants it holds.
    pub max_participants: u32,
}

/// Whether one can meet in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomStatus {
    /// One can.
    InProgress,
    /// It is over.
    Completed,
}

/// Somebody in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// `PA…`
    pub sid: String,
    /// Who it is.
    pub identity: String,
    /// Whether they can be reached.
    pub status: AttendeeStatus,
}

/// Whether somebody in a room can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttendeeStatus {
    /// They can.
    Connected,
    /// They lost their connection and may come back.
    Reconnecting,
}

/// Why a service did not do what it was asked for. No text names a room, a person or a secret.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// What was asked for is not possible; asking again will not help.
    #[error("the room service refused: {code} {message}")]
    Refused {
        /// Twilio's code.
        code: u32,
        /// Twilio's text.
        message: String,
    },
    /// Key or secret is wrong.
    #[error("the room service does not accept the API key")]
    Denied,
    /// It could not be reached, or did not answer in time. It may have done what it was asked for: ask again.
    #[error("the room service cannot be reached")]
    Unreachable,
    /// It has too much to do, or is broken at the moment. Ask again later.
    #[error("the room service is unavailable (HTTP {status})")]
    Unavailable {
        /// What it answered.
        status: u16,
    },
    /// Its answer is none of a room service.
    #[error("the room service gave an answer that is not understood (HTTP {status})")]
    Unexpected {
        /// What it answered.
        status: u16,
    },
    /// There can be no connection at all.
    #[error(transparent)]
    Client(#[from] HttpClientError),
}

/// Rooms, wherever they are.
#[derive(Debug, Clone)]
pub enum Rooms {
    /// In this process.
    Embedded(RoomServer),
    /// At Twilio, or on a room server elsewhere.
    Remote(RemoteRooms),
}

/// Passes a question on.
macro_rules! ask {
    ($self:expr, $question:ident($($argument:expr),*)) => {
        match $self {
            Self::Embedded(rooms) => rooms.$question($($argument),*).await,
            Self::Remote(rooms) => rooms.$question($($argument),*).await,
        }
    };
}

impl RoomService for Rooms {
    async fn create(&self, room: &RoomRequest) -> Result<RoomInfo, ServiceError> {
        ask!(self, create(room))
    }

    async fn fetch(&self, room: &str) -> Result<Option<RoomInfo>, ServiceError> {
        ask!(self, fetch(room))
    }

    async fn participants(&self, room: &str) -> Result<Vec<Attendee>, ServiceError> {
        ask!(self, participants(room))
    }

    async fn complete(&self, room: &str) -> Result<bool, ServiceError> {
        ask!(self, complete(room))
    }

    async fn put_out(&self, room: &str, identity: &str) -> Result<bool, ServiceError> {
        ask!(self, put_out(room, identity))
    }
}
