//! `/v1/Rooms/…/Participants/…/PublishedTracks` and `…/SubscribedTracks`.
//!
//! Source: <https://www.twilio.com/docs/video/api/published-tracks> and
//! <https://www.twilio.com/docs/video/api/subscribed-tracks>.

use super::{Desk, Problem, page::page, parameters::Parameters, participants::find, view::View};
use crate::rooms::core::{Core, ParticipantFacts, TrackFacts};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::Value;

fn place(track: &TrackFacts) -> String {
    format!("{:016x}{}", track.since, track.sid)
}

/// Which tracks: those that a participant of a room publishes, or those that it gets.
type Which = fn(&Core, &str, &ParticipantFacts) -> Vec<TrackFacts>;

/// The SID of the room, the participant, and these of its tracks.
fn tracks(
    desk: &Desk,
    room: &str,
    who: &str,
    which: Which,
) -> Result<(String, ParticipantFacts, Vec<TrackFacts>), Problem> {
    let (room, participant) = find(desk, room, who)?;
    let tracks = desk.server.shared.read(|core, _| which(core, &room, &participant));
    Ok((room, participant, tracks))
}

/// A track by its SID or name.
fn one(tracks: Vec<TrackFacts>, wanted: &str) -> Result<TrackFacts, Problem> {
    let is_wanted = |track: &TrackFacts| track.sid == wanted || track.name == wanted;
    tracks.into_iter().find(is_wanted).ok_or(Problem::NotFound)
}

pub(super) async fn list_published(
    State(desk): State<Desk>,
    Path((room, who)): Path<(String, String)>,
    view: View,
    query: Parameters,
) -> Result<Json<Value>, Problem> {
    let (room, participant, tracks) = tracks(&desk, &room, &who, Core::published_tracks)?;
    let address = format!("{}/{}/PublishedTracks", view.participants(&room), participant.sid);
    Ok(page("published_tracks", &address, &query, tracks, place, |track| view.published(&room, track)))
}

pub(super) async fn fetch_published(
    State(desk): State<Desk>,
    Path((room, who, track)): Path<(String, String, String)>,
    view: View,
) -> Result<Json<Value>, Problem> {
    let (room, _, tracks) = tracks(&desk, &room, &who, Core::published_tracks)?;
    Ok(Json(view.published(&room, &one(tracks, &track)?)))
}

pub(super) async fn list_subscribed(
    State(desk): State<Desk>,
    Path((room, who)): Path<(String, String)>,
    view: View,
    query: Parameters,
) -> Result<Json<Value>, Problem> {
    let (room, ParticipantFacts { sid, .. }, tracks) = tracks(&desk, &room, &who, Core::subscribed_tracks)?;
    let address = format!("{}/{sid}/SubscribedTracks", view.participants(&room));
    Ok(page("subscribed_tracks", &address, &query, tracks, place, |track| {
        view.subscribed(&room, &sid, track)
    }))
}

pub(super) async fn fetch_subscribed(
    State(desk): State<Desk>,
    Path((room, who, track)): Path<(String, String, String)>,
    view: View,
) -> Result<Json<Value>, Problem> {
    let (room, ParticipantFacts { sid, .. }, tracks) = tracks(&desk, &room, &who, Core::subscribed_tracks)?;
    Ok(Json(view.subscribed(&room, &sid, &one(tracks, &track)?)))
}
