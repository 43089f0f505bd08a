//! With `relay_only` nobody learns another's address, on whichever message it comes.

use super::world::{World, answer, offer};
use serde_json::{Value, json};

const HOME: &str = "203.0.113.7";

fn world() -> World {
    let mut world = World::new();
    world.core.config.ice_servers.relay_only = true;
    world
}

fn candidates() -> Value {
    let candidate =
        |kind: &str| json!({"candidate": format!("candidate:1 1 udp 1 {HOME} 5 typ {kind}"), "sdpMid": "0"});
    json!([candidate("host"), candidate("srflx raddr 10.0.0.1 rport 1"),
           {"candidate": format!("candidate:2 1 udp 1 198.51.100.1 5 typ relay raddr {HOME} rport 4"), "sdpMid": "0"}])
}

fn telling(mut peer: Value) -> Value {
    peer["description"]["sdp"] =
        json!(format!("v=0\r\nc=IN IP4 {HOME}\r\na=candidate:1 1 udp 1 {HOME} 5 typ host\r\n"));
    peer["ice"] =
        json!({"candidates": candidates(), "ufrag": "u", "revision": peer["description"]["revision"]});
    peer
}

/// Says what a participant was told, once it is sure that it was told of the connection and of its relay only.
fn expect_hidden(messages: &[Value]) {
    let text = json!(messages).to_string();
    assert!(text.contains("198.51.100.1") && text.contains("c=IN IP4 0.0.0.0"), "{text}");
    assert!(!text.contains(HOME) && !text.contains("10.0.0.1"), "{text}");
}

#[test]
fn connect_update_and_sync_tell_relays_only() {
    let mut world = world();
    let a = world.join("a", "r");
    let mut body = World::connect_body("b", "r");
    body["peer_connections"] = json!([telling(offer("first-of-b", 1))]);
    let on = world.hello(body);
    expect_hidden(&world.take(a.on));
    world.take(on);

    world.update(&a, json!([telling(answer("first-of-b", 1))]));
    expect_hidden(&world.take(on));

    world.lose(a.on, crate::rooms::core::Loss::Code(1006));
    world.take(on);
    let back = world.hello(World::sync_body(&a, "a", &json!([telling(offer("first-of-b", 2))])));
    expect_hidden(&world.take(on));
    expect_hidden(&world.take(back));
}

#[test]
fn without_it_candidates_pass_untouched() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.hello(World::connect_body("b", "r"));
    world.update(
        &a,
        json!([{"id": "first-of-b", "ice": {"candidates": candidates(), "ufrag": "u", "revision": 1}}]),
    );
    let other = *world.frames.keys().next_back().expect("b");
    let told = world.take(other);
    assert_eq!(told.last().expect("candidates")["peer_connections"][0]["ice"]["candidates"], candidates());
}
