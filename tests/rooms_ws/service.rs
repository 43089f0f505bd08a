//! One suite for every `RoomService`: the one in this process, and the one over REST against the same server.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

use super::signalling::{Host, credentials};
use owl_hospital::rooms::{
    AttendeeStatus, Limits, RemoteRooms, RemoteRoomsConfig, RoomRequest, RoomService, RoomStatus, Rooms,
    ServiceError,
};
use serde_json::json;
use std::time::Duration;

pub fn remote(host: &Host) -> RemoteRooms {
    let config = RemoteRoomsConfig::new(format!("http://{}", host.address), credentials());
    RemoteRooms::new(config).unwrap()
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ServiceError>) -> u32 {
    match answer {
        Err(ServiceError::Refused { code, .. }) => code,
        other => panic!("not refused: {other:?}"),
    }
}

async fn what_is_not_there_is_nothing(rooms: &impl RoomService) {
    for name in ["nowhere", "RM00000000000000000000000000000000", "", ".", ".."] {
        assert_eq!(rooms.fetch(name).await.unwrap(), None, "{name}");
    }
    assert_eq!(rooms.participants("nowhere").await.unwrap(), []);
    assert!(!rooms.complete("nowhere").await.unwrap());
    assert!(!rooms.put_out("nowhere", "nobody").await.unwrap());
}

async fn creating_again_finds_the_same_room(rooms: &impl RoomService) {
    let request = RoomRequest {
        max_participants: Some(3),
        max_stay: Some(Duration::from_hours(1)),
        empty_timeout: Some(Duration::from_mins(2)),
        unused_timeout: Some(Duration::from_mins(3)),
        ..RoomRequest::named("visit")
    };
    let room = rooms.create(&request).await.unwrap();
    assert!(room.sid.starts_with("RM") && room.sid.len() == 34);
    assert_eq!(
        (room.name.as_str(), room.status, room.max_participants),
        ("visit", RoomStatus::InProgress, 3)
    );
    assert_eq!(rooms.create(&RoomRequest::named("visit")).await.unwrap(), room);
    assert_eq!(rooms.fetch("visit").await.unwrap(), Some(room.clone()));
    assert_eq!(rooms.fetch(&room.sid).await.unwrap(), Some(room));
}

async fn what_cannot_be_is_refused_with_twilios_code(rooms: &impl RoomService) {
    let request = || RoomRequest::named("impossible");
    let eleven = RoomRequest { max_participants: Some(11), ..request() };
    assert_eq!(refusal(rooms.create(&eleven).await), 53107);
    let minute = RoomRequest { max_stay: Some(Duration::from_mins(1)), ..request() };
    assert_eq!(refusal(rooms.create(&minute).await), 53123);
    let hours = RoomRequest { empty_timeout: Some(Duration::from_hours(2)), ..request() };
    assert_eq!(refusal(rooms.create(&hours).await), 53109);
    let never = RoomRequest { unused_timeout: Some(Duration::ZERO), ..request() };
    assert_eq!(refusal(rooms.create(&never).await), 53109);
    assert_eq!(refusal(rooms.create(&RoomRequest::named("n".repeat(129))).await), 53101);
    for name in ["", ".", ".."] {
        assert_eq!(refusal(rooms.create(&RoomRequest::named(name)).await), 53100, "{name}");
    }
    assert_eq!(rooms.fetch("impossible").await.unwrap(), None);
}

async fn a_name_may_hold_any_text(rooms: &impl RoomService) {
    for name in ["a b/c?d&e=f%20#ä", "...", "Übergabe; 100 %", "🦉"] {
        let room = rooms.create(&RoomRequest::named(name)).await.unwrap();
        assert_eq!(room.name, name);
        assert_eq!(rooms.fetch(name).await.unwrap().map(|found| found.sid), Some(room.sid), "{name}");
        assert!(rooms.complete(name).await.unwrap(), "{name}");
    }
}

async fn people_are_seen_and_put_out(rooms: &impl RoomService, host: &Host) {
    let (a, state) = host.join("provider-a", "meeting").await;
    let (mut b, _) = host.join("patient b/ü", "meeting").await;
    let mut seen = rooms.participants("meeting").await.unwrap();
    seen.sort_by(|one, other| other.identity.cmp(&one.identity));
    assert_eq!(seen.len(), 2);
    assert_eq!((seen[0].identity.as_str(), seen[0].status), ("provider-a", AttendeeStatus::Connected));
    assert_eq!(seen[0].sid, state["participant"]["sid"]);
    assert_eq!(seen[1].identity, "patient b/ü");
    assert!(rooms.put_out("meeting", "patient b/ü").await.unwrap());
    assert_eq!(b.message_of("disconnected").await, json!({"type": "disconnected", "status": "disconnected"}));
    assert!(!rooms.put_out("meeting", "patient b/ü").await.unwrap(), "a second time changes nothing");
    drop(a);
}

async fn completing_ends_the_room_once(rooms: &impl RoomService, host: &Host) {
    let room = rooms.create(&RoomRequest::named("ending")).await.unwrap();
    let (mut a, state) = host.join("a", "ending").await;
    assert_eq!(state["sid"], room.sid.as_str(), "who connects by name comes into the room that was made");
    assert!(rooms.complete("ending").await.unwrap());
    assert_eq!(a.message().await, json!({"type": "disconnected", "status": "completed"}));
    assert!(!rooms.complete("ending").await.unwrap());
    assert!(!rooms.complete(&room.sid).await.unwrap());
    let over = rooms.fetch(&room.sid).await.unwrap().unwrap();
    assert_eq!(over.status, RoomStatus::Completed);
    assert_eq!(rooms.fetch("ending").await.unwrap(), None);
    assert_eq!(rooms.participants(&room.sid).await.unwrap(), []);
    let next = rooms.create(&RoomRequest::named("ending")).await.unwrap();
    assert_ne!(next.sid, room.sid);
}

async fn all(rooms: &impl RoomService, host: &Host) {
    what_is_not_there_is_nothing(rooms).await;
    creating_again_finds_the_same_room(rooms).await;
    what_cannot_be_is_refused_with_twilios_code(rooms).await;
    a_name_may_hold_any_text(rooms).await;
    people_are_seen_and_put_out(rooms, host).await;
    completing_ends_the_room_once(rooms, host).await;
}

#[tokio::test]
async fn rooms_in_this_process() {
    let host = Host::start(Limits::default()).await;
    all(&host.server, &host).await;
}

#[tokio::test]
async fn rooms_over_rest() {
    let host = Host::start(Limits::default()).await;
    all(&remote(&host), &host).await;
}

#[tokio::test]
async fn rooms_wherever_they_are() {
    let host = Host::start(Limits::default()).await;
    all(&Rooms::Embedded(host.server.clone()), &host).await;
    let host = Host::start(Limits::default()).await;
    all(&Rooms::Remote(remote(&host)), &host).await;
}
