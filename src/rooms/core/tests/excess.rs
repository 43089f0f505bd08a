//! Who says too much is told so and put out, whatever it says; honest clients never get there.

use super::world::{World, offer, token};
use crate::rooms::core::{ConnectionId, Input, Loss};
use serde_json::{Value, json};
use std::time::Duration;

/// As much as is allowed at once, and one more.
fn flood(world: &mut World, on: ConnectionId, text: &str) {
    for _ in 0..=world.core.limits.rate.messages_at_once {
        world.input(Input::Text(on, text));
    }
}

#[test]
fn a_flood_of_messages_is_53006_and_the_others_see_its_author_leave() {
    let mut world = World::new();
    let (flooder, witness) = (world.join("flooder", "r"), world.join("witness", "r"));
    world.take(flooder.on);
    world.take(witness.on);
    flood(&mut world, flooder.on, r#"{"type":"heartbeat"}"#);
    assert_eq!(world.refusal(flooder.on), 53006);
    assert_eq!(world.closed[&flooder.on], 1008);
    assert_eq!(world.take(witness.on)[0]["participants"][0]["state"], "disconnected");
    assert!(!world.closed.contains_key(&witness.on));
}

#[test]
fn nonsense_answers_to_pings_and_pings_count_as_messages() {
    let mut world = World::new();
    let on = world.open();
    // Only the first of it is looked into: it ends the connection by itself.
    flood(&mut world, on, "");
    assert_eq!((world.take_frames(on)[0]["type"].as_str(), world.closed[&on]), (Some("bad"), 1002));
    for (who, input) in [("a", Input::Pong as fn(_) -> _), ("b", Input::Ping)] {
        let seated = world.join(who, "r");
        world.take(seated.on);
        for _ in 0..=world.core.limits.rate.messages_at_once {
            world.input(input(seated.on));
        }
        assert_eq!((world.refusal(seated.on), world.closed[&seated.on]), (53006, 1008));
    }
}

#[test]
fn before_its_hello_a_flooder_is_told_bad() {
    let mut world = World::new();
    let on = world.open();
    for _ in 0..=world.core.limits.rate.messages_at_once {
        world.input(Input::Ping(on));
    }
    let frames = world.take_frames(on);
    assert_eq!(frames, [json!({"type": "bad", "reason": "too many messages"})]);
    assert_eq!(world.closed[&on], 1008);
}

#[test]
fn a_flood_of_bytes_is_the_same() {
    let mut world = World::new();
    let (flooder, witness) = (world.join("flooder", "r"), world.join("witness", "r"));
    world.take(flooder.on);
    let limit = world.core.limits.rate.bytes_at_once;
    let (mut sent, mut revision) = (0, 1);
    while sent <= limit {
        // As long a message as may be, of descriptions that are as long as may be.
        let all: Vec<_> = (1..=4)
            .map(|next| {
                let mut big = offer("first-of-witness", revision + next);
                big["description"]["sdp"] = json!("x".repeat(100_000));
                big
            })
            .collect();
        revision += 4;
        sent += 400_000;
        world.update(&flooder, json!(all));
    }
    assert_eq!(world.take(flooder.on).last().map(|last| last["code"].clone()), Some(json!(53006)));
    assert_eq!(world.closed.get(&flooder.on), Some(&1008));
    assert!(!world.closed.contains_key(&witness.on));
}

/// The most that the SDK ever says: see `core::allowance`.
#[test]
fn a_mesh_of_ten_may_renegotiate_everything_at_once_and_again() {
    let mut world = World::with(10);
    let seated: Vec<_> = (0..10).map(|n| world.join(&format!("p{n}"), "r")).collect();
    let busy = &seated[9];
    let sdp = "x".repeat(30_000);
    let candidate =
        json!({"candidate": format!("candidate:{}", "x".repeat(150)), "sdpMid": "0", "sdpMLineIndex": 0});
    for round in 0..20 {
        for peer in 0..9 {
            let id = format!("first-of-p{peer}");
            let mut own = offer(&id, round + 2);
            own["description"]["sdp"] = json!(sdp);
            world.update(busy, json!([own]));
            for known in 1..=20 {
                let candidates: Vec<&Value> = std::iter::repeat_n(&candidate, known).collect();
                let ice = json!({"candidates": candidates, "ufrag": "u", "revision": round * 20 + known as u64 + 1});
                world.update(busy, json!([{"id": id, "ice": ice}]));
            }
        }
        world.pass(Duration::from_secs(4));
    }
    assert!(world.closed.is_empty(), "{:?}", world.closed);
}

#[test]
fn who_comes_back_goes_on_where_they_were() {
    let mut world = World::new();
    let most = world.core.limits.rate.messages_at_once;
    let say = |world: &mut World, on, times: u64| {
        for _ in 0..times {
            world.input(Input::Text(on, r#"{"type":"heartbeat"}"#));
        }
    };
    let a = world.join("a", "r");
    say(&mut world, a.on, most - 200);
    world.input(Input::Closed(a.on, Loss::Code(1012)));
    let back = world.hello(World::sync_body(&a, "a", &json!([])));
    world.take(back);
    // The client saw the end of this one before the server did.
    let again = world.hello(World::sync_body(&a, "a", &json!([])));
    world.take(again);
    assert!(!world.closed.contains_key(&again));
    say(&mut world, again, 220);
    assert_eq!((world.refusal(again), world.closed[&again]), (53006, 1008));

    let b = world.join("b", "r");
    say(&mut world, b.on, most - 200);
    let twin = world.join("b", "r");
    say(&mut world, twin.on, 220);
    assert_eq!(
        world.take(twin.on).last().map(|last| last["code"].clone()),
        Some(json!(53006)),
        "the same person"
    );
    world.pass(Duration::from_secs(30));
    let fresh = world.join("c", "r");
    say(&mut world, fresh.on, 220);
    assert!(!world.closed.contains_key(&fresh.on));
}

fn beat(world: &mut World, on: ConnectionId, times: u64) {
    for _ in 0..times {
        world.input(Input::Text(on, r#"{"type":"heartbeat"}"#));
    }
}

/// What a `connect` is answered with: 0 for a seat.
fn knock(world: &mut World, identity: &str, room: &str) -> u64 {
    let on = world.hello(World::connect_body(identity, room));
    let answer = world.take(on).remove(0);
    if answer["type"] == "connected" { 0 } else { answer["code"].as_u64().expect("a code") }
}

#[test]
fn who_leaves_and_comes_again_goes_on_where_they_were() {
    for has_witness in [true, false] {
        let mut world = World::new();
        if has_witness {
            world.join("witness", "r");
        }
        // Without anybody else the room ends in between.
        for _ in 0..2 {
            let a = world.join("a", "r");
            beat(&mut world, a.on, 400);
            world.frame(a.on, &json!({"type": "bye"}));
        }
        let a = world.join("a", "r");
        beat(&mut world, a.on, 180);
        assert!(!world.closed.contains_key(&a.on));
        world.take(a.on);
        beat(&mut world, a.on, 40);
        assert_eq!((world.refusal(a.on), world.closed[&a.on]), (53006, 1008));
        assert_eq!(knock(&mut world, "a", "elsewhere"), 0, "another room is another matter");
    }
}

#[test]
fn who_was_put_out_for_it_comes_in_again_when_it_has_earned_a_tenth() {
    let mut world = World::new();
    let (flooder, witness) = (world.join("flooder", "r"), world.join("witness", "r"));
    flood(&mut world, flooder.on, r#"{"type":"heartbeat"}"#);
    world.take(witness.on);
    for room in ["r", witness.state["sid"].as_str().expect("a SID")] {
        let on = world.hello(json!({"type": "connect", "token": token("flooder", room), "name": room,
                                    "participant": {"revision": 1, "tracks": []}, "peer_connections": []}));
        assert_eq!(world.refusal(on), 53006, "{room}");
    }
    assert_eq!(world.take(witness.on), Vec::<Value>::new(), "nobody saw it come and go");
    // A tenth of 1,000 messages, and the hello, at 50 a second.
    world.pass(Duration::from_millis(1_900));
    assert_eq!(knock(&mut world, "flooder", "r"), 53006);
    world.pass(Duration::from_millis(200));
    assert_eq!(knock(&mut world, "flooder", "r"), 0);
}

#[test]
fn to_come_back_costs_what_it_says() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let mut times = 0;
    let on = loop {
        let on = world.hello(World::sync_body(&a, "a", &json!([])));
        let answer = world.take(on).remove(0);
        if answer["type"] != "synced" {
            assert_eq!(answer["code"], 53006);
            break on;
        }
        times += 1;
    };
    assert_eq!(times, 1_000 - 100 - 1, "until a tenth is left");
    world.lose(on, Loss::Vanished);
    world.pass(Duration::from_mins(1));
    world.assert_empty();
}

#[test]
fn what_was_spent_is_remembered_until_it_is_earned_again_and_no_longer() {
    let mut world = World::new();
    for n in 0..50 {
        let who = world.join(&format!("p{n}"), &format!("r{n}"));
        beat(&mut world, who.on, 500);
        world.say(who.on, json!({"type": "disconnect", "session": who.session}));
    }
    world.pass(Duration::from_secs(9));
    assert_eq!(world.core.spent.len(), 50);
    world.pass(Duration::from_secs(3));
    assert_eq!(world.core.spent.len(), 0);
    world.pass(Duration::from_secs(10));
    assert_eq!(world.core.alarms(), 0);
}

/// Ten people with a hundred names.
#[test]
fn a_room_bears_what_as_many_as_it_holds_may_say_whoever_says_it() {
    let mut world = World::with(2);
    let witness = world.join("witness", "r");
    for n in 0..2 {
        let who = world.join(&format!("p{n}"), "r");
        beat(&mut world, who.on, 950);
        world.say(who.on, json!({"type": "disconnect", "session": who.session}));
    }
    world.take(witness.on);
    assert_eq!(knock(&mut world, "p2", "r"), 53006);
    assert_eq!(world.take(witness.on), Vec::<Value>::new());
    assert_eq!(knock(&mut world, "p2", "another"), 0);
    // Who is in it is not touched by that.
    beat(&mut world, witness.on, 900);
    assert!(!world.closed.contains_key(&witness.on));
    // 2,800 of 2,000 were said, and a hundred come back in a second.
    world.pass(Duration::from_millis(9_500));
    assert_eq!(knock(&mut world, "p2", "r"), 53006);
    world.pass(Duration::from_secs(2));
    assert_eq!(knock(&mut world, "p2", "r"), 0);
}
