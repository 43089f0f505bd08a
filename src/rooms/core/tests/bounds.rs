//! Nobody makes the server keep more than its due.

use super::world::{World, answer, track};
use serde_json::{Value, json};

fn candidates(count: usize, length: usize, revision: u64) -> Value {
    let all: Vec<Value> =
        (0..count).map(|n| json!(format!("{revision}-{n}-{}", "c".repeat(length)))).collect();
    json!({"id": "first-of-b", "ice": {"candidates": all, "ufrag": "u", "revision": revision}})
}

#[test]
fn what_is_larger_than_any_sdk_sends_is_53004() {
    let long = "x".repeat(200_000);
    let tracks: Vec<Value> = (0..2000).map(|n| track(&n.to_string(), "name")).collect();
    let many: Vec<Value> = (0..257).map(|n| json!({ "id": n.to_string() })).collect();
    for (own, peers) in [
        (json!({"revision": 2, "tracks": [track(&long, "name")]}), json!([])),
        (json!({"revision": 2, "tracks": [track("id", &long)]}), json!([])),
        (json!({"revision": 2, "tracks": tracks}), json!([])),
        (
            Value::Null,
            json!([{"id": "first-of-b", "description": {"type": "offer", "revision": 2, "sdp": long}}]),
        ),
        (Value::Null, json!([{"id": "first-of-b", "ice": {"candidates": [], "ufrag": long, "revision": 1}}])),
        (Value::Null, json!([candidates(300, 1, 1)])),
        (Value::Null, json!([candidates(1, 2000, 1)])),
        (Value::Null, json!(many)),
    ] {
        let mut world = World::new();
        let a = world.join("a", "r");
        let b = world.join("b", "r");
        let kept: usize = world.books.values().map(String::len).sum();
        world.say(
            b.on,
            json!({"type": "update", "session": b.session, "participant": own, "peer_connections": peers}),
        );
        assert_eq!(world.take(b.on).pop().expect("an error")["code"], 53004);
        assert!(world.take(a.on).iter().any(|news| news["participants"][0]["state"] == "disconnected"));
        assert!(world.books.values().map(String::len).sum::<usize>() < kept + 1000, "nothing of it is kept");
        // The same on the way in, and on the way back.
        let (own, peers) = if own.is_null() { (json!({"revision": 1}), peers) } else { (own, peers) };
        let mut body = World::connect_body("c", "r");
        (body["participant"], body["peer_connections"]) = (own.clone(), peers.clone());
        let on = world.hello(body);
        assert_eq!(world.refusal(on), 53004);
        let mut body = World::sync_body(&a, "a", &peers);
        body["participant"] = own;
        let on = world.hello(body);
        assert_eq!(world.refusal(on), 53004);
    }
}

#[test]
fn the_candidates_of_one_generation_do_not_grow_for_ever() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.update(&a, json!([answer("first-of-b", 1)]));
    for revision in 1..20 {
        world.update(&b, json!([candidates(100, 100, revision)]));
    }
    let last = world.take(a.on).pop().expect("candidates");
    let told = last["peer_connections"][0]["ice"]["candidates"].as_array().map_or(0, Vec::len);
    assert!((100..=256).contains(&told), "{told}");
}

#[test]
fn there_are_only_so_many_rooms() {
    let mut world = World::new();
    world.core.limits.max_rooms = 2;
    world.join("a", "one");
    let b = world.join("b", "two");
    let on = world.hello(World::connect_body("c", "three"));
    assert_eq!(world.refusal(on), 53103);
    world.join("c", "one");
    world.say(b.on, json!({"type": "disconnect", "session": b.session}));
    world.join("d", "three");
}
