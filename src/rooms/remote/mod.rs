//! Rooms elsewhere as a [`RoomService`]: at Twilio, or on a room server of our own, both over Twilio's REST API.

mod client;

use super::{
    Attendee, AttendeeStatus, RoomInfo, RoomRequest, RoomService, RoomStatus, ServiceError,
    http_client::http_client,
};
use crate::tokens::Credentials;
use client::{Answer, Client};
use reqwest::Url;
use serde::Deserialize;
use std::{fmt, path::PathBuf, time::Duration};

/// Where Twilio's rooms are.
pub const TWILIO: &str = "https://video.twilio.com";

/// How many participants to ask for at a time: all of them, in any room that we serve.
const PAGE_SIZE: &str = "1000";

/// Where rooms are, and how to ask.
#[derive(Debug, Clone)]
pub struct RemoteRoomsConfig {
    /// Scheme, host and port: [`TWILIO`], or a room server's.
    pub origin: String,
    /// The API key.
    pub credentials: Credentials,
    /// How long one try may take (5 s). A question is tried three times, so an answer may take three times that.
    pub timeout: Duration,
    /// File with the certificate (PEM) of the authority that signed the room server's, where the system does not know it.
    pub authority: Option<PathBuf>,
}

impl RemoteRoomsConfig {
    /// The usual values.
    pub fn new(origin: impl Into<String>, credentials: Credentials) -> Self {
        Self { origin: origin.into(), credentials, timeout: Duration::from_secs(5), authority: None }
    }
}

/// Rooms elsewhere; clones share their connections.
#[derive(Clone)]
pub struct RemoteRooms {
    client: Client,
}

impl RemoteRooms {
    /// Nothing is sent yet.
    ///
    /// # Errors
    /// If the origin is no http or https address ([`ServiceError::Refused`] with code 0), or there can be no HTTP client.
    pub fn new(config: RemoteRoomsConfig) -> Result<Self, ServiceError> {
        let wrong = || ServiceError::Refused {
            code: 0,
            message: "the room service's address should be like https://rooms.example".to_owned(),
        };
        let origin = Url::parse(&config.origin).map_err(|_| wrong())?;
        if !matches!(origin.scheme(), "http" | "https") || !origin.has_host() {
            return Err(wrong());
        }
        let unreadable = |_| ServiceError::Refused {
            code: 0,
            message: "the file with the room service's certificate authority cannot be read".to_owned(),
        };
        let authority = config.authority.map(std::fs::read).transpose().map_err(unreadable)?;
        let http = http_client(config.timeout, authority.as_deref())?;
        Ok(Self { client: Client::new(http, origin, config.credentials) })
    }

    /// Whether whoever connects first opens a room there. None: it does not say, like Twilio, or a room server that is older than
    /// this.
    ///
    /// # Errors
    /// See [`ServiceError`].
    pub async fn clients_open_rooms(&self) -> Result<Option<bool>, ServiceError> {
        match self.client.get::<ClientRoomsJson>(&["ClientSideRoomCreation"], &[]).await? {
            Answer::Done(told) => Ok(Some(told.enabled)),
            Answer::Missing => Ok(None),
            other @ Answer::Refused { .. } => Err(other.into_error()),
        }
    }
}

impl fmt::Debug for RemoteRooms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteRooms").finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct RoomJson {
    sid: String,
    unique_name: String,
    status: String,
    max_participants: u32,
}

#[derive(Deserialize)]
struct ClientRoomsJson {
    enabled: bool,
}

#[derive(Deserialize)]
struct ParticipantJson {
    sid: String,
    identity: String,
    status: String,
}

#[derive(Deserialize)]
struct ParticipantsJson {
    participants: Vec<ParticipantJson>,
}

impl From<RoomJson> for RoomInfo {
    fn from(room: RoomJson) -> Self {
        let status =
            if room.status == "in-progress" { RoomStatus::InProgress } else { RoomStatus::Completed };
        Self { sid: room.sid, name: room.unique_name, status, max_participants: room.max_participants }
    }
}

impl RoomService for RemoteRooms {
    async fn create(&self, room: &RoomRequest) -> Result<RoomInfo, ServiceError> {
        room.check_name()?;
        // No Type: Twilio gives what the account may have.
        let minutes = |timeout: Duration| (timeout.as_secs() / 60).to_string();
        let mut form = vec![("UniqueName", room.name.clone())];
        form.extend(room.max_participants.map(|most| ("MaxParticipants", most.to_string())));
        form.extend(room.max_stay.map(|stay| ("MaxParticipantDuration", stay.as_secs().to_string())));
        form.extend(room.empty_timeout.map(|timeout| ("EmptyRoomTimeout", minutes(timeout))));
        form.extend(room.unused_timeout.map(|timeout| ("UnusedRoomTimeout", minutes(timeout))));
        match self.client.post::<RoomJson>(&["Rooms"], &form).await? {
            Answer::Done(room) => Ok(room.into()),
            // Also what a second try finds whose first did arrive.
            Answer::Refused { code: 53113, .. } => {
                let existing = self.fetch(&room.name).await?;
                existing.ok_or(ServiceError::Unavailable { status: 409 })
            }
            other => Err(other.into_error()),
        }
    }

    async fn fetch(&self, room: &str) -> Result<Option<RoomInfo>, ServiceError> {
        match self.client.get::<RoomJson>(&["Rooms", room], &[]).await? {
            Answer::Done(room) => Ok(Some(room.into())),
            Answer::Missing => Ok(None),
            other @ Answer::Refused { .. } => Err(other.into_error()),
        }
    }

    async fn participants(&self, room: &str) -> Result<Vec<Attendee>, ServiceError> {
        let path = ["Rooms", room, "Participants"];
        let list = match self.client.get::<ParticipantsJson>(&path, &[("PageSize", PAGE_SIZE)]).await? {
            Answer::Done(list) => list.participants,
            Answer::Missing => Vec::new(),
            other @ Answer::Refused { .. } => return Err(other.into_error()),
        };
        let here = list.into_iter().filter_map(|participant| {
            let status = match participant.status.as_str() {
                "connected" => AttendeeStatus::Connected,
                "reconnecting" => AttendeeStatus::Reconnecting,
                _ => return None,
            };
            Some(Attendee { sid: participant.sid, identity: participant.identity, status })
        });
        Ok(here.collect())
    }

    async fn complete(&self, room: &str) -> Result<bool, ServiceError> {
        let form = [("Status", "completed".to_owned())];
        match self.client.post::<RoomJson>(&["Rooms", room], &form).await? {
            Answer::Done(_) => Ok(true),
            // 53112: it is not in progress.
            Answer::Missing | Answer::Refused { code: 53112, .. } => Ok(false),
            other @ Answer::Refused { .. } => Err(other.into_error()),
        }
    }

    async fn put_out(&self, room: &str, identity: &str) -> Result<bool, ServiceError> {
        // By SID, which is never used again: a second try must not put somebody out who has come in again meanwhile.
        let attendees = self.participants(room).await?;
        let Some(attendee) = attendees.into_iter().find(|attendee| attendee.identity == identity) else {
            return Ok(false);
        };
        let form = [("Status", "disconnected".to_owned())];
        let path = ["Rooms", room, "Participants", &attendee.sid];
        match self.client.post::<ParticipantJson>(&path, &form).await? {
            Answer::Done(_) => Ok(true),
            Answer::Missing => Ok(false),
            other @ Answer::Refused { .. } => Err(other.into_error()),
        }
    }
}
