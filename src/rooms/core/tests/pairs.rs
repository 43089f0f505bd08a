use super::world::{Seated, World, answer, offer};
use serde_json::{Value, json};

fn peers(message: &Value) -> Vec<Value> {
    message["peer_connections"].as_array().cloned().unwrap_or_default()
}

/// Two participants whose first negotiation is done, on connection `first-of-b`.
fn pair(world: &mut World) -> (Seated, Seated) {
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    world.update(&a, json!([answer("first-of-b", 1)]));
    assert_eq!(peers(&world.take_one(b.on)), [answer("first-of-b", 1)]);
    (a, b)
}

#[test]
fn a_third_brings_one_offer_and_is_asked_for_another() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let c = world.join("c", "r");
    let asked: Vec<Value> = peers(&c.state).into_iter().filter(|peer| peer["id"] != "first-of-c").collect();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["description"], json!({"type": "create-offer", "revision": 1}));
    assert_eq!(peers(&world.take_one(a.on))[0]["id"], "first-of-c");
    assert!(peers(&world.take_one(b.on)).is_empty());
    let id = asked[0]["id"].as_str().expect("an id").to_owned();
    world.update(&c, json!([offer(&id, 2)]));
    assert_eq!(peers(&world.take_one(b.on)), [offer(&id, 2)]);
    world.update(&b, json!([answer(&id, 2)]));
    assert_eq!(peers(&world.take_one(c.on)), [answer(&id, 2)]);
    assert!(world.take(a.on).is_empty(), "it is none of a's business");
}

#[test]
fn candidates_are_relayed_both_ways_even_before_the_answer() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    let ice = |revision: u64| json!([{"id": "first-of-b", "ice": {"candidates": [{"candidate": "c"}], "ufrag": "u", "revision": revision}}]);
    world.update(&b, ice(1));
    assert_eq!(json!(peers(&world.take_one(a.on))), ice(1));
    world.update(&a, ice(1));
    assert_eq!(json!(peers(&world.take_one(b.on))), ice(1));
    world.update(&a, ice(1));
    assert!(world.take(b.on).is_empty(), "nothing new");
}

#[test]
fn of_two_offers_at_once_the_first_wins() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.update(&a, json!([offer("first-of-b", 2)]));
    world.update(&b, json!([offer("first-of-b", 2)]));
    assert_eq!(peers(&world.take_one(b.on)), [offer("first-of-b", 2)]);
    assert!(world.take(a.on).is_empty());
    world.update(&b, json!([answer("first-of-b", 2)]));
    world.update(&b, json!([offer("first-of-b", 3)]));
    let told: Vec<Value> = world.take(a.on).iter().flat_map(peers).collect();
    assert_eq!(told, [answer("first-of-b", 2), offer("first-of-b", 3)]);
}

#[test]
fn old_descriptions_and_uncalled_answers_are_dropped() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.update(&a, json!([offer("first-of-b", 1), answer("first-of-b", 1), answer("first-of-b", 9)]));
    world.update(&a, json!([{"id": "first-of-b", "description": {"type": "create-offer", "revision": 5}}]));
    world.update(&a, json!([offer("unknown", 1)]));
    assert!(world.take(b.on).is_empty());
}

#[test]
fn a_connection_that_one_side_gives_up_is_tried_anew() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.update(&a, json!([{"id": "first-of-b", "description": {"type": "close", "revision": 2}}]));
    let (told_a, told_b) = (world.take(a.on), world.take(b.on));
    assert_eq!(told_b[0]["peer_connections"][0]["description"]["type"], "close");
    assert_eq!(told_b[0]["subscribed"]["tracks"], json!([]), "resubscribed only over the new connection");
    assert_eq!(told_b[1]["subscribed"]["tracks"][0]["id"], "a-cam");
    assert_eq!(told_a[1]["peer_connections"][0]["description"]["type"], "create-offer");
}

#[test]
fn a_stranger_cannot_speak_on_a_pair_nor_take_its_id() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let mallory = world.join("m", "another");
    world.update(&mallory, json!([offer("first-of-b", 7)]));
    let mut body = World::connect_body("c", "r");
    body["peer_connections"] = json!([offer("first-of-b", 7)]);
    let c = world.hello(body);
    let state = world.take_one(c);
    let told: Vec<Value> =
        [a.on, b.on].iter().flat_map(|on| world.take(*on)).flat_map(|m| peers(&m)).collect();
    assert!(told.is_empty(), "{told:?}");
    let close = json!({"id": "first-of-b", "description": {"type": "close", "revision": 8}});
    assert!(peers(&state).contains(&close));
    assert_eq!(peers(&state).iter().filter(|peer| peer["description"]["type"] == "create-offer").count(), 2);
}

#[test]
fn a_foreign_session_speaks_for_nobody() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.say(a.on, json!({"type": "update", "session": b.session, "peer_connections": []}));
    assert_eq!(world.refusal(a.on), 53004);
}
