//! `/v1/Rooms/…/Participants`.
//!
//! Source: <https://www.twilio.com/docs/video/api/participants>.

use super::{Desk, Problem, page::page, parameters::Parameters, view::View};
use crate::rooms::core::{Input, ParticipantFacts, ParticipantStatus};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::Value;

pub(super) async fn list(
    State(desk): State<Desk>,
    Path(room): Path<String>,
    view: View,
    query: Parameters,
) -> Result<Json<Value>, Problem> {
    let (after, before) = query.dates()?;
    let identity = query.get("Identity");
    let (room, mut participants) = desk
        .server
        .shared
        .read(|core, now| Some((core.room_facts(&room, now.unix)?, core.participant_list(&room, now.unix)?)))
        .ok_or(Problem::NotFound)?;
    let is_wanted = filter(query.get("Status"), room.ended_at.is_some())?;
    participants.retain(|participant| {
        is_wanted(participant.status)
            && identity.is_none_or(|identity| participant.identity == identity)
            && (after..before).contains(&participant.joined_at)
    });
    let place = |participant: &ParticipantFacts| format!("{:016x}{}", participant.joined_at, participant.sid);
    let address = view.participants(&room.sid);
    Ok(page("participants", &address, &query, participants, place, |participant| {
        view.participant(&room.sid, participant)
    }))
}

/// Which participants are shown: those that are there, where nothing is asked for; of a room that is over, all.
fn filter(status: Option<&str>, is_over: bool) -> Result<impl Fn(ParticipantStatus) -> bool, Problem> {
    use ParticipantStatus::{Connected, Disconnected, Reconnecting};
    let wanted: &[ParticipantStatus] = match status {
        None if is_over => &[Disconnected],
        // Who may come back holds a place.
        None => &[Connected, Reconnecting],
        Some("connected") => &[Connected],
        Some("reconnecting") => &[Reconnecting],
        Some("disconnected") => &[Disconnected],
        Some(_) => return Err(Problem::ParticipantStatus),
    };
    Ok(|status| wanted.contains(&status))
}

pub(super) async fn fetch(
    State(desk): State<Desk>,
    Path((room, who)): Path<(String, String)>,
    view: View,
) -> Result<Json<Value>, Problem> {
    let (room_sid, participant) = find(&desk, &room, &who)?;
    Ok(Json(view.participant(&room_sid, &participant)))
}

pub(super) async fn update(
    State(desk): State<Desk>,
    Path((room, who)): Path<(String, String)>,
    view: View,
    form: Parameters,
) -> Result<Json<Value>, Problem> {
    let (room_sid, participant) = find(&desk, &room, &who)?;
    if form.get("Status") != Some("disconnected") {
        return Err(Problem::ParticipantStatus);
    }
    // By SID: whoever has come in with this identity meanwhile stays. One who is out already stays out.
    let input = Input::PutOutSid { room: &room_sid, participant: &participant.sid };
    let participant = desk
        .server
        .shared
        .answer(input, |_, core, now| core.participant_facts(&room_sid, &participant.sid, now.unix));
    participant.map(|participant| Json(view.participant(&room_sid, &participant))).ok_or(Problem::NotFound)
}

/// The SID of a room, and somebody in it by SID or identity.
pub(super) fn find(desk: &Desk, room: &str, who: &str) -> Result<(String, ParticipantFacts), Problem> {
    let found = desk.server.shared.read(|core, now| {
        Some((core.room_facts(room, now.unix)?.sid, core.participant_facts(room, who, now.unix)?))
    });
    found.ok_or(Problem::NotFound)
}
