//! Who says too much is told so and put out, whatever it says; honest clients never get there.

use super::world::{World, offer};
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
    for input in [Input::Pong, Input::Ping] {
        let seated = world.join("a", "r");
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
    say(&mut world, a.on, most - 10);
    world.input(Input::Closed(a.on, Loss::Code(1012)));
    let back = world.hello(World::sync_body(&a, "a", &json!([])));
    world.take(back);
    // The client saw the end of this one before the server did.
    let again = world.hello(World::sync_body(&a, "a", &json!([])));
    world.take(again);
    assert!(!world.closed.contains_key(&again));
    say(&mut world, again, 20);
    assert_eq!((world.refusal(again), world.closed[&again]), (53006, 1008));

    let b = world.join("b", "r");
    say(&mut world, b.on, most - 10);
    let twin = world.join("b", "r");
    say(&mut world, twin.on, 20);
    assert_eq!(
        world.take(twin.on).last().map(|last| last["code"].clone()),
        Some(json!(53006)),
        "the same person"
    );
    let fresh = world.join("c", "r");
    say(&mut world, fresh.on, 20);
    assert!(!world.closed.contains_key(&fresh.on));
}
