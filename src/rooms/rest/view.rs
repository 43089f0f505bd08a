//! Rooms, participants and tracks in Twilio's words.

use super::Desk;
use crate::rooms::{
    core::{ParticipantFacts, ParticipantStatus, RoomFacts, TrackFacts},
    date::seconds,
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts, uri::Authority},
};
use serde_json::{Value, json};
use std::convert::Infallible;

/// How answers show things: for which account, and where.
#[derive(Debug)]
pub(super) struct View {
    account_sid: String,
    /// `https://rooms.example/v1/Rooms`.
    pub rooms: String,
}

impl FromRequestParts<Desk> for View {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Infallible> {
        let account_sid = desk.server.shared.terms.credentials.account_sid.clone();
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.and_then(|host| host.parse::<Authority>().ok());
        let origin = match (&desk.origin, host) {
            (Some(origin), _) => origin.to_string(),
            (None, Some(host)) => format!("http://{host}"),
            (None, None) => "http://localhost".to_owned(),
        };
        Ok(Self { account_sid, rooms: format!("{origin}/v1/Rooms") })
    }
}

impl View {
    pub fn participants(&self, room: &str) -> String {
        format!("{}/{room}/Participants", self.rooms)
    }

    pub fn room(&self, room: &RoomFacts) -> Value {
        let settings = &room.settings;
        let url = format!("{}/{}", self.rooms, room.sid);
        let callback = settings.callback.as_ref();
        json!({
            "sid": room.sid,
            "status": if room.ended_at.is_none() { "in-progress" } else { "completed" },
            "date_created": seconds(room.opened_at),
            "date_updated": seconds(room.ended_at.unwrap_or(room.opened_at)),
            "account_sid": self.account_sid,
            "enable_turn": true,
            "unique_name": room.name,
            "status_callback": callback.map(|callback| &callback.url),
            "status_callback_method": if callback.is_some_and(|callback| callback.by_get) { "GET" } else { "POST" },
            "end_time": room.ended_at.map(seconds),
            "duration": room.ended_at.map_or(0, |end| end.saturating_sub(room.opened_at)),
            "type": settings.kind.to_string(),
            "max_participants": room.max_participants,
            "max_participant_duration": settings.max_stay.as_secs(),
            // 0: as many as the participants together may publish.
            "max_concurrent_published_tracks": 0,
            "record_participants_on_connect": false,
            "video_codecs": ["VP8", "H264"],
            "media_region": null,
            "audio_only": false,
            "empty_room_timeout": settings.empty_timeout.as_secs() / 60,
            "unused_room_timeout": settings.unused_timeout.as_secs() / 60,
            "large_room": false,
            "links": { "participants": format!("{url}/Participants") },
            "url": url,
        })
    }

    pub fn participant(&self, room_sid: &str, participant: &ParticipantFacts) -> Value {
        let url = format!("{}/{}", self.participants(room_sid), participant.sid);
        let status = match participant.status {
            ParticipantStatus::Connected => "connected",
            ParticipantStatus::Reconnecting => "reconnecting",
            ParticipantStatus::Disconnected => "disconnected",
        };
        json!({
            "sid": participant.sid,
            "room_sid": room_sid,
            "account_sid": self.account_sid,
            "status": status,
            "identity": participant.identity,
            "date_created": seconds(participant.joined_at),
            "date_updated": seconds(participant.left_at.unwrap_or(participant.joined_at)),
            "start_time": seconds(participant.joined_at),
            "end_time": participant.left_at.map(seconds),
            "duration": participant.left_at.map(|left| left.saturating_sub(participant.joined_at)),
            "links": {
                "published_tracks": format!("{url}/PublishedTracks"),
                "subscribed_tracks": format!("{url}/SubscribedTracks"),
            },
            "url": url,
        })
    }

    /// A track that a participant publishes.
    pub fn published(&self, room_sid: &str, track: &TrackFacts) -> Value {
        self.track(room_sid, &track.publisher, "PublishedTracks", track)
    }

    /// The same for one who gets it.
    pub fn subscribed(&self, room_sid: &str, subscriber: &str, track: &TrackFacts) -> Value {
        let mut view = self.track(room_sid, subscriber, "SubscribedTracks", track);
        view["publisher_sid"] = json!(track.publisher);
        view
    }

    /// A track as one of a participant's.
    fn track(&self, room_sid: &str, participant: &str, list: &str, track: &TrackFacts) -> Value {
        json!({
            "sid": track.sid,
            "participant_sid": participant,
            "room_sid": room_sid,
            "name": track.name,
            "kind": track.kind,
            "enabled": track.enabled,
            "date_created": seconds(track.since),
            "date_updated": seconds(track.updated),
            "url": format!("{}/{participant}/{list}/{}", self.participants(room_sid), track.sid),
        })
    }
}
