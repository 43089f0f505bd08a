//! The room server of this process as a [`RoomService`].

use super::{
    AdHocRooms, Attendee, AttendeeStatus, CallbacksConfig, HttpClientError, RoomInfo, RoomRequest,
    RoomServer, RoomService, RoomStatus, RoomsConfig, ServiceError,
    core::{CreateError, Input, NewRoom, ParticipantStatus, RoomFacts, RoomSid},
    order::{Order, OrderError},
};
use crate::tokens::Credentials;

/// What the core answers to the service.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Whether there was such a room or participant.
    pub is_true: bool,
    /// The room that was made, or why it was not.
    pub created: Option<Result<RoomSid, CreateError>>,
}

/// What the service has to know beside the core.
#[derive(Debug)]
pub(super) struct Terms {
    /// How many participants a room holds, where it says nothing else.
    pub max_participants: usize,
    /// Whether a `connect` alone opens any room.
    pub clients_open_rooms: bool,
    /// The API key, and the account.
    pub credentials: Credentials,
}

impl Terms {
    pub fn new(config: &RoomsConfig, credentials: &Credentials) -> Self {
        Self {
            max_participants: config.max_participants,
            clients_open_rooms: config.ad_hoc == AdHocRooms::Any,
            credentials: credentials.clone(),
        }
    }
}

impl RoomServer {
    /// Delivers status callbacks from now on. Without this, rooms that ask for them are refused.
    ///
    /// # Errors
    /// When there can be no HTTP client: the machine knows no certificate authorities.
    pub fn deliver_callbacks(&self, config: CallbacksConfig) -> Result<(), HttpClientError> {
        let account_sid = self.shared.terms.credentials.account_sid.clone();
        self.shared.callbacks.begin(config, account_sid)
    }

    /// Makes a room.
    pub(super) fn make(&self, order: Order) -> Result<RoomFacts, OrderError> {
        let new = order.check(self.shared.terms.max_participants)?;
        self.make_checked(new)
    }

    fn make_checked(&self, new: NewRoom) -> Result<RoomFacts, OrderError> {
        // Its time runs also if nobody ever opens a socket.
        self.keep_time();
        let created = self.shared.answer(Input::Create(Box::new(new)), |answers, core, now| {
            let sid = answers.created?;
            Some(sid.map(|sid| core.room_facts(&sid.to_string(), now.unix)))
        });
        match created {
            Some(Ok(Some(facts))) => Ok(facts),
            Some(Err(error)) => Err(error.into()),
            // The core answers every question, and a room that is just made is there.
            Some(Ok(None)) | None => Err(CreateError::TooMany.into()),
        }
    }
}

impl RoomService for RoomServer {
    async fn create(&self, room: &RoomRequest) -> Result<RoomInfo, ServiceError> {
        room.check_name()?;
        let order = Order {
            name: Some(room.name.clone()),
            max_participants: room.max_participants.map(u64::from),
            max_stay_seconds: room.max_stay.map(|stay| stay.as_secs()),
            empty_timeout_minutes: room.empty_timeout.map(|timeout| timeout.as_secs() / 60),
            unused_timeout_minutes: room.unused_timeout.map(|timeout| timeout.as_secs() / 60),
            ..Order::default()
        };
        match self.make(order) {
            Ok(facts) => Ok(facts.into()),
            Err(OrderError::Create(CreateError::Exists)) => {
                let existing = self.fetch(&room.name).await?;
                existing.ok_or(ServiceError::Unavailable { status: 409 })
            }
            Err(error) => Err(ServiceError::Refused { code: error.code(), message: error.to_string() }),
        }
    }

    async fn fetch(&self, room: &str) -> Result<Option<RoomInfo>, ServiceError> {
        Ok(self.shared.read(|core, now| core.room_facts(room, now.unix)).map(Into::into))
    }

    async fn participants(&self, room: &str) -> Result<Vec<Attendee>, ServiceError> {
        let all = self.shared.read(|core, now| core.participant_list(room, now.unix)).unwrap_or_default();
        let here = all.into_iter().filter_map(|participant| {
            let status = match participant.status {
                ParticipantStatus::Connected => AttendeeStatus::Connected,
                ParticipantStatus::Reconnecting => AttendeeStatus::Reconnecting,
                ParticipantStatus::Disconnected => return None,
            };
            Some(Attendee { sid: participant.sid, identity: participant.identity, status })
        });
        Ok(here.collect())
    }

    async fn complete(&self, room: &str) -> Result<bool, ServiceError> {
        Ok(self.shared.handle(Input::Complete { room }))
    }

    async fn put_out(&self, room: &str, identity: &str) -> Result<bool, ServiceError> {
        Ok(self.shared.handle(Input::PutOut { room, identity }))
    }
}

impl From<RoomFacts> for RoomInfo {
    fn from(facts: RoomFacts) -> Self {
        let status = if facts.ended_at.is_none() { RoomStatus::InProgress } else { RoomStatus::Completed };
        let max_participants = u32::try_from(facts.max_participants).unwrap_or(u32::MAX);
        Self { sid: facts.sid, name: facts.name, status, max_participants }
    }
}
