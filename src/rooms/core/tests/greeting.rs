use super::world::World;
use crate::rooms::{
    close,
    core::{Input, Loss},
};
use serde_json::{Value, json};
use std::time::Duration;

fn types(frames: &[Value]) -> Vec<&str> {
    frames.iter().filter_map(|frame| frame["type"].as_str()).collect()
}

#[test]
fn a_hello_is_welcomed_with_a_heartbeat_of_at_most_two_seconds() {
    for (asked, negotiated) in
        [(json!(5000), 2000), (json!(1500), 1500), (json!(1), 1000), (json!(-1), 2000), (json!(null), 2000)]
    {
        let mut world = World::new();
        let on = world.open();
        world.frame(on, &json!({"type": "hello", "id": "1", "timeout": asked, "version": 2}));
        assert_eq!(world.take_frames(on), [json!({"type": "welcome", "negotiatedTimeout": negotiated})]);
    }
}

#[test]
fn a_repeated_hello_is_answered_and_does_not_join_twice() {
    let mut world = World::new();
    let on = world.open();
    let hello = json!({"type": "hello", "id": "1", "timeout": 5000, "version": 2,
                       "body": World::connect_body("a", "r")});
    for _ in 0..3 {
        world.frame(on, &hello);
        world.pass(Duration::from_millis(100));
    }
    assert_eq!(types(&world.take_frames(on)), ["welcome", "msg", "welcome", "welcome"]);
    assert_eq!(world.core.rooms.values().map(|room| room.participants.len()).sum::<usize>(), 1);
}

#[test]
fn what_is_no_hello_is_bad() {
    for frame in
        ["", "{", "[]", "{\"type\":\"hello\",\"version\":1}", "{\"type\":\"heartbeat\"}", "{\"type\":\"x\"}"]
    {
        let mut world = World::new();
        let on = world.open();
        world.input(Input::Text(on, frame));
        assert_eq!(types(&world.take_frames(on)), ["bad"], "{frame}");
        assert_eq!(world.closed[&on], close::PROTOCOL);
        world.assert_empty();
    }
}

#[test]
fn a_malformed_message_is_53004_and_ends_the_call() {
    for body in [json!({"type": "nonsense"}), json!(7), json!({"type": "connect"}), json!({"type": "update"})]
    {
        let mut world = World::new();
        let a = world.join("a", "r");
        world.say(a.on, body);
        assert_eq!(world.refusal(a.on), 53004);
        world.pass(Duration::from_secs(5));
        assert_eq!(world.closed[&a.on], close::NORMAL);
        world.assert_empty();
    }
}

#[test]
fn the_server_beats_too() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.pass(Duration::from_secs(6));
    assert_eq!(types(&world.take_frames(a.on)), ["heartbeat"; 3]);
}

#[test]
fn the_server_pings_as_often_as_it_was_agreed_to_beat() {
    for (asked, pings) in [(5000, 3), (1500, 4), (1000, 6)] {
        let mut world = World::new();
        let on = world.open();
        world.frame(on, &json!({"type": "hello", "id": "1", "timeout": asked, "version": 2}));
        world.pass(Duration::from_secs(6));
        assert_eq!(world.pings[&on], pings);
    }
}

#[test]
fn a_silent_client_is_dropped_after_three_heartbeats() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.beating.clear();
    world.pass(Duration::from_millis(5999));
    assert!(world.closed.is_empty());
    world.pass(Duration::from_millis(1));
    assert_eq!(world.closed[&a.on], close::SILENT);
}

#[test]
fn one_too_many_is_told_to_come_back() {
    let mut world = World::new();
    world.core.limits.max_connections = 1;
    world.join("a", "r");
    let on = world.hello(World::connect_body("b", "r"));
    assert_eq!(types(&world.take_frames(on)), ["busy"]);
    world.pass(Duration::from_secs(5));
    assert_eq!(world.closed, [(on, close::TRY_LATER)].into());
}

#[test]
fn who_waits_without_a_seat_takes_no_place_from_those_who_have_or_want_one() {
    let mut world = World::new();
    (world.core.limits.max_connections, world.core.limits.max_greeted) = (2, 2);
    let (a, _) = (world.join("a", "r"), world.join("b", "r"));
    world.lose(a.on, Loss::Code(3001));
    for expected in ["busy", "busy"] {
        let on = world.hello(Value::Null);
        assert_eq!(types(&world.take_frames(on)), [expected], "all seats are taken, or kept for somebody");
    }
    let back = world.hello(World::sync_body(&a, "a", &json!([])));
    assert_eq!(world.take(back)[0]["type"], "synced", "also where all seats are taken");
    world.say(back, json!({"type": "disconnect", "session": a.session}));
    let waiting = [world.hello(Value::Null), world.hello(Value::Null), world.hello(Value::Null)];
    let answers = waiting.map(|on| world.take_frames(on)[0]["type"].clone());
    assert_eq!(answers, ["welcome", "welcome", "busy"]);
    world.join("c", "r");
    world.lose(waiting[0], Loss::Vanished);
    world.core.limits.max_connections = 3;
    let next = world.hello(Value::Null);
    assert_eq!(types(&world.take_frames(next)), ["welcome"], "the place is free again");
}

#[test]
fn who_never_greets_or_never_joins_is_closed() {
    let mut world = World::new();
    let mute = world.open();
    world.beating.clear();
    let idle = world.hello(Value::Null);
    world.pass(Duration::from_secs(15));
    assert_eq!(world.closed.get(&mute), Some(&close::POLICY));
    assert_eq!(world.closed.get(&idle), None);
    world.pass(Duration::from_secs(45));
    assert_eq!(world.closed.get(&idle), Some(&close::POLICY));
    world.assert_empty();
}
