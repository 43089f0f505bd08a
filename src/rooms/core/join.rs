//! How somebody gets in: `ice`, `connect`.

use super::{
    Core, bounds,
    connection::{Phase, Seat},
    ids::{ConnectionId, ParticipantSid, RoomSid, SessionId, TrackSid},
    ledger::StayLedger,
    pair,
    participant::{Participant, Presence},
    room::Room,
    settings::RoomSettings,
};
use crate::{
    rooms::{
        allowance::Allowance,
        wire::{Connect, DescriptionKind, Options, Peer, Recording, Refusal, Reply, RoomState},
    },
    tokens::{self, Grant, TokenError},
};
use std::time::Duration;

/// The longest name of a room, and the longest identity, in characters.
const MAX_NAME: usize = 128;
/// Applications know Twilio's regions, some by a table of names. This one is what the SDK assumes if nothing is said.
const REGION: &str = "us1";

impl Core {
    pub(super) fn tell_ice_servers(&mut self, id: ConnectionId, token: &str) {
        match tokens::verify(&self.credentials, token, self.now.unix) {
            Ok(_) => {
                let servers = self.config.ice_servers.hand_out(self.now.unix, (self.random)());
                self.reply(
                    id,
                    Reply::Iced { version: 1, ice_servers: servers.iter().map(Into::into).collect() },
                );
            }
            Err(error) => self.expel(id, error.into()),
        }
    }

    pub(super) fn join(&mut self, id: ConnectionId, connect: Connect) {
        if self.connections.get(id).is_none_or(|connection| connection.phase != Phase::Greeted) {
            return self.expel(id, Refusal::InvalidMessage);
        }
        match self.admit(id, connect) {
            Ok((seat, unanswered)) => {
                self.enter(id, Phase::Seated(seat));
                if let Some(mut state) = self.room_state(seat) {
                    state.peer_connections.extend(unanswered);
                    self.reply(id, Reply::Connected(state));
                }
                self.tell_news(seat.room);
            }
            Err(refusal) => self.refuse(id, refusal),
        }
    }

    /// Gives a client a seat. Also returns the end of its first offer, if there is nobody to answer it.
    fn admit(&mut self, id: ConnectionId, connect: Connect) -> Result<(Seat, Option<Peer>), Refusal> {
        let grant = tokens::verify(&self.credentials, &connect.token, self.now.unix)?;
        bounds::check(Some(&connect.participant), &connect.peer_connections)?;
        check_text(&grant.identity, Refusal::IdentityTooLong, Refusal::IdentityChars)?;
        let wants_tracks = connect.wants_tracks();
        let name = self.room_name(&grant, connect.name.as_deref())?;
        let room_sid = name.as_deref().and_then(|name| self.find_room(name));
        let rival = room_sid
            .and_then(|sid| self.rooms.get(&sid))
            .map(|room| {
                let rival = room.by_identity(&grant.identity).map(|rival| rival.sid);
                let taken = room.participants.len() - usize::from(rival.is_some());
                let holds = room.settings.max_participants.unwrap_or(self.config.max_participants);
                if taken >= holds {
                    Err(Refusal::RoomFull)
                } else if self.bears_another(room, holds) {
                    Ok(rival)
                } else {
                    Err(Refusal::TooMuch)
                }
            })
            .transpose()?
            .flatten();
        if room_sid.is_none() && !self.config.ad_hoc.allows(name.as_deref()) {
            return Err(Refusal::RoomNotFound);
        }
        if room_sid.is_none() && self.rooms.len() >= self.limits.max_rooms {
            return Err(Refusal::TooManyRooms);
        }
        if let Some(name) = &name {
            // The name, as the room's SID would do: what was said in it counts under that.
            let room = room_sid.and_then(|sid| self.rooms.get(&sid)).map_or(name, |room| &room.name);
            let before = self.left_to_identity(room, &grant.identity);
            if !self.continue_allowance(id, before) {
                return Err(Refusal::TooMuch);
            }
        }
        let room_sid = room_sid.unwrap_or_else(|| self.open_room(name, RoomSettings::default()));
        let seat = Seat { room: room_sid, participant: ParticipantSid((self.random)()) };
        let session = SessionId((self.random)());
        self.sessions.insert(session, seat);
        let Some(room) = self.rooms.get_mut(&room_sid) else { return Err(Refusal::InvalidMessage) };
        room.enter(Participant {
            sid: seat.participant,
            identity: grant.identity,
            session,
            presence: Presence::Here(id),
            spared_until: Duration::ZERO,
            revision: 0,
            heard_revision: 0,
            tracks: Vec::new(),
            wants_tracks,
            ledger: StayLedger::default(),
            allowance: Allowance::default(),
        });
        self.begin_stay(seat);
        if let Some(rival) = rival {
            self.put_out_seat(Seat { room: room_sid, participant: rival }, Refusal::DuplicateIdentity);
        }
        let (random, max_tracks) = (&mut self.random, self.limits.max_tracks);
        let Some(room) = self.rooms.get_mut(&room_sid) else { return Err(Refusal::InvalidMessage) };
        room.describe(seat.participant, connect.participant, max_tracks, || TrackSid(random()));
        self.note_tracks(seat);
        let Some(room) = self.rooms.get_mut(&room_sid) else { return Err(Refusal::InvalidMessage) };
        let first = connect.peer_connections.into_iter().find(|peer| {
            peer.description.as_ref().is_some_and(|description| description.kind == DescriptionKind::Offer)
        });
        let usable = first.clone().filter(|peer| room.is_free(&peer.id));
        let now = self.now.monotonic;
        room.connect_to_all(seat.participant, usable, now, || uuid((self.random)()));
        // The SDK closes the connection without saying so itself, and never uses its id again. Whoever comes next
        // brings an offer of their own, so the first in a room loses nothing.
        let unanswered = first
            .filter(|peer| !room.pairs.get(&peer.id).is_some_and(|pair| pair.has(seat.participant)))
            .map(|peer| {
                pair::close(&peer.id, peer.description.map_or(1, |first| first.revision.saturating_add(1)))
            });
        tracing::debug!(connection = id.0, room = %seat.room, participant = %seat.participant, "joined");
        Ok((seat, unanswered))
    }

    /// The room that a client may enter. None: a new one without a name of its own.
    fn room_name(&self, grant: &Grant, asked: Option<&str>) -> Result<Option<String>, Refusal> {
        let asked = asked.filter(|name| !name.is_empty());
        if let Some(name) = asked {
            check_text(name, Refusal::RoomNameTooLong, Refusal::RoomNameChars)?;
        }
        match (asked, grant.room.as_deref()) {
            (None, granted) => Ok(granted.map(str::to_owned)),
            (Some(name), None) => Ok(Some(name.to_owned())),
            (Some(name), Some(granted)) if name == granted => Ok(Some(name.to_owned())),
            (Some(name), Some(granted)) => {
                // One may be the name and the other the SID of the same room.
                let room = self.find_room(name);
                if room.is_some() && room == self.find_room(granted) {
                    Ok(Some(name.to_owned()))
                } else {
                    Err(TokenError::Grants.into())
                }
            }
        }
    }

    pub(super) fn open_room(&mut self, name: Option<String>, settings: RoomSettings) -> RoomSid {
        let sid = RoomSid((self.random)());
        let name = name.unwrap_or_else(|| sid.to_string());
        self.names.insert(name.clone(), sid);
        self.rooms.insert(sid, Room::new(sid, name, settings, self.now.unix));
        sid
    }

    /// The whole state of a room as a participant sees it. What was news to it is in there.
    pub(super) fn room_state(&mut self, seat: Seat) -> Option<RoomState> {
        let session_timeout = self.config.session_timeout.as_secs_f64();
        let room = self.rooms.get_mut(&seat.room)?;
        room.news.remove(&seat.participant);
        let own = room.participant(seat.participant)?;
        Some(RoomState {
            version: 2,
            sid: room.sid.to_string(),
            name: room.name.clone(),
            session: own.session.to_string(),
            options: Options { session_timeout, signaling_region: REGION, media_region: None },
            participant: own.own_view(),
            participants: room
                .participants
                .iter()
                .filter(|other| other.sid != seat.participant)
                .map(Participant::view)
                .collect(),
            published: room.published(seat.participant),
            subscribed: room.subscribed(seat.participant),
            peer_connections: room.peers_of(seat.participant),
            recording: Recording { is_recording: false, revision: 1 },
        })
    }
}

/// An id like those that the SDK makes.
pub(super) fn uuid(bits: u128) -> String {
    let hex = format!("{bits:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

pub(super) fn check_text(text: &str, too_long: Refusal, wrong_chars: Refusal) -> Result<(), Refusal> {
    if text.chars().count() > MAX_NAME {
        Err(too_long)
    } else if text.chars().any(char::is_control) {
        Err(wrong_chars)
    } else {
        Ok(())
    }
}
