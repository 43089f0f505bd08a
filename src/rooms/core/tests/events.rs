use super::world::{World, track};
use crate::rooms::core::{Callback, Input, Loss, NewRoom, RoomSettings};
use serde_json::{Value, json};
use std::time::Duration;

fn told() -> World {
    let mut world = World::new();
    let settings = RoomSettings {
        empty_timeout: Duration::from_mins(1),
        unused_timeout: Duration::from_mins(1),
        callback: Some(Callback { url: "https://hooks.example/".into(), by_get: false }),
        ..RoomSettings::default()
    };
    world.input(Input::Create(Box::new(NewRoom { name: Some("r".into()), settings })));
    world
}

fn names(world: &mut World) -> Vec<&'static str> {
    std::mem::take(&mut world.events).iter().map(|event| event.name).collect()
}

fn publish(world: &mut World, who: &super::world::Seated, revision: u64, tracks: &[Value]) {
    let own = json!({"revision": revision, "tracks": tracks});
    world.say(who.on, json!({"type": "update", "session": who.session, "participant": own}));
}

#[test]
fn a_visit_is_told_from_beginning_to_end() {
    let mut world = told();
    assert_eq!(names(&mut world), ["room-created"]);
    let a = world.join("a", "r");
    assert_eq!(names(&mut world), ["participant-connected", "track-added"]);
    let mut muted = track("a-cam", "cam");
    muted["enabled"] = json!(false);
    publish(&mut world, &a, 2, &[muted.clone(), track("b", "b")]);
    assert_eq!(names(&mut world), ["track-disabled", "track-added"]);
    publish(&mut world, &a, 3, &[muted]);
    publish(&mut world, &a, 4, &[track("a-cam", "cam")]);
    publish(&mut world, &a, 5, &[track("a-cam", "cam")]);
    assert_eq!(names(&mut world), ["track-removed", "track-enabled"]);
    world.pass(Duration::from_secs(7));
    world.say(a.on, json!({"type": "disconnect", "session": a.session}));
    let left = world.events.last().expect("told").clone();
    assert_eq!(left.participant.as_ref().and_then(|who| who.duration), Some(7));
    assert_eq!(left.participant.map(|who| (who.sid.to_string(), who.identity)), Some((a.sid, "a".into())));
    assert_eq!(names(&mut world), ["track-removed", "participant-disconnected"]);
    world.pass(Duration::from_mins(1));
    let ended = world.events.last().expect("told").clone();
    assert_eq!((ended.room_name.as_str(), ended.room_duration, ended.sequence), ("r", Some(67), 9));
    assert_eq!(names(&mut world), ["room-ended"]);
}

#[test]
fn a_room_that_is_completed_says_first_who_left() {
    let mut world = told();
    world.join("a", "r");
    names(&mut world);
    world.input(Input::Complete { room: "r" });
    assert_eq!(names(&mut world), ["track-removed", "participant-disconnected", "room-ended"]);
}

#[test]
fn a_lost_socket_alone_is_not_told() {
    let mut world = told();
    let a = world.join("a", "r");
    names(&mut world);
    world.lose(a.on, Loss::Code(3004));
    world.hello(World::sync_body(&a, "a", &json!([])));
    assert_eq!(names(&mut world), [""; 0]);
}

#[test]
fn a_track_that_fails_is_not_told() {
    let mut world = told();
    let a = world.join("a", "r");
    names(&mut world);
    publish(&mut world, &a, 2, &[track("a-cam", "cam"), track("b", "cam")]);
    assert_eq!(names(&mut world), [""; 0]);
}

#[test]
fn nothing_is_told_of_a_room_that_nobody_asked_about() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.say(a.on, json!({"type": "disconnect", "session": a.session}));
    assert_eq!(world.events, []);
}

#[test]
fn events_go_on_over_a_restart() {
    let mut world = told();
    let a = world.join("a", "r");
    names(&mut world);
    world.kill(Duration::from_secs(1));
    let on = world.hello(World::sync_body(&a, "a", &json!([])));
    world.take(on);
    assert_eq!(names(&mut world), [""; 0], "nothing has happened");
    world.say(on, json!({"type": "disconnect", "session": a.session}));
    assert_eq!(world.events.iter().map(|event| event.sequence).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(names(&mut world), ["track-removed", "participant-disconnected"]);
}
