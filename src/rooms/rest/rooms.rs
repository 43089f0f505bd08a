//! `/v1/Rooms`.
//!
//! Source: <https://www.twilio.com/docs/video/api/rooms-resource>.

use super::{Desk, Problem, page::page, parameters::Parameters, view::View};
use crate::rooms::{
    core::{Input, RoomFacts, RoomKind},
    order::{self, Order, OrderError},
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::Value;

pub(super) async fn create(
    State(desk): State<Desk>,
    view: View,
    form: Parameters,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let order = read_order(&form, desk.server.shared.callbacks.is_on())?;
    let room = desk.server.make(order)?;
    Ok((StatusCode::CREATED, Json(view.room(&room))))
}

/// Reads what kind of room is wanted. Codecs and regions are read and change nothing: the participants' browsers
/// agree on the ones, and media passes none of the others.
fn read_order(form: &Parameters, can_call_back: bool) -> Result<Order, Problem> {
    let kind = match form.get("Type") {
        None => None,
        Some(word) => Some(RoomKind::parse(word).ok_or(OrderError::Kind)?),
    };
    // A room that is not recorded though its maker believes so is worse than none.
    let is_recorded = form.is_set("RecordParticipantsOnConnect")
        || form.is_set("TranscribeParticipantsOnConnect")
        || form.get("RecordingRules").is_some_and(|rules| rules.contains("include"));
    if is_recorded {
        return Err(OrderError::Incompatible.into());
    }
    if form.is_set("AudioOnly") {
        return Err(OrderError::AudioOnly.into());
    }
    let callback = match form.get("StatusCallback") {
        None => None,
        Some(_) if !can_call_back => return Err(OrderError::CallbackUnsigned.into()),
        Some(url) => Some(order::callback(url, form.get("StatusCallbackMethod"))?),
    };
    Ok(Order {
        name: form.get("UniqueName").map(str::to_owned),
        kind,
        max_participants: form.number("MaxParticipants", OrderError::MaxParticipants.into())?,
        max_stay_seconds: form.number("MaxParticipantDuration", OrderError::MaxStay.into())?,
        empty_timeout_minutes: form.number("EmptyRoomTimeout", OrderError::Timeout.into())?,
        unused_timeout_minutes: form.number("UnusedRoomTimeout", OrderError::Timeout.into())?,
        callback,
    })
}

pub(super) async fn list(
    State(desk): State<Desk>,
    view: View,
    query: Parameters,
) -> Result<Json<Value>, Problem> {
    let name = query.get("UniqueName");
    let (after, before) = query.dates()?;
    let mut rooms = match query.get("Status") {
        None | Some("in-progress") => desk.server.shared.read(|core, now| core.room_list(false, now.unix)),
        Some("completed") => desk.server.shared.read(|core, now| core.room_list(true, now.unix)),
        // No room of ours ever fails.
        Some("failed") => Vec::new(),
        Some(_) => return Err(Problem::RoomStatus),
    };
    rooms.retain(|room| {
        name.is_none_or(|name| room.name == name) && (after..before).contains(&room.opened_at)
    });
    // The latest first.
    let place = |room: &RoomFacts| format!("{:016x}{}", u64::MAX - room.opened_at, room.sid);
    Ok(page("rooms", &view.rooms, &query, rooms, place, |room| view.room(room)))
}

pub(super) async fn fetch(
    State(desk): State<Desk>,
    Path(room): Path<String>,
    view: View,
) -> Result<Json<Value>, Problem> {
    let room = desk.server.shared.read(|core, now| core.room_facts(&room, now.unix));
    room.map(|room| Json(view.room(&room))).ok_or(Problem::NotFound)
}

pub(super) async fn update(
    State(desk): State<Desk>,
    Path(room): Path<String>,
    view: View,
    form: Parameters,
) -> Result<Json<Value>, Problem> {
    let found = desk.server.shared.read(|core, now| core.room_facts(&room, now.unix));
    let room = found.ok_or(Problem::NotFound)?.sid;
    if form.get("Status") != Some("completed") {
        return Err(Problem::RoomStatus);
    }
    let (was_in_progress, room) =
        desk.server.shared.answer(Input::Complete { room: &room }, |answers, core, now| {
            (answers.is_true, core.room_facts(&room, now.unix))
        });
    if !was_in_progress {
        return Err(Problem::RoomStatus);
    }
    room.map(|room| Json(view.room(&room))).ok_or(Problem::NotFound)
}
