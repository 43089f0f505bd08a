use super::world::{START, World, credentials, token};
use crate::tokens;
use serde_json::{Value, json};
use std::time::Duration;

#[test]
fn ice_servers_are_told_to_bearers_of_a_token_only() {
    let mut world = World::new();
    let on = world.hello(json!({"type": "ice", "version": 1, "edge": "roaming", "token": token("a", "r")}));
    assert_eq!(world.take_one(on), json!({"type": "iced", "version": 1, "ice_servers": []}));
    let stranger = world.hello(json!({"type": "ice", "version": 1, "token": "no"}));
    assert_eq!(world.refusal(stranger), 20101);
}

#[test]
fn the_first_in_a_room_learns_everything_and_closes_its_offer() {
    let mut world = World::new();
    let state = world.join("a", "r").state;
    assert_eq!(state["version"], 2);
    assert_eq!(state["name"], "r");
    assert_eq!(
        state["options"],
        json!({"session_timeout": 30.0, "signaling_region": "us1", "media_region": null})
    );
    assert_eq!(state["participant"]["identity"], "a");
    assert_eq!(state["participant"]["state"], "connected");
    assert_eq!(state["participants"], json!([]));
    assert_eq!(state["published"]["tracks"][0]["id"], "a-cam");
    assert_eq!(state["published"]["tracks"][0]["state"], "ready");
    assert_eq!(state["subscribed"]["tracks"], json!([]));
    assert_eq!(
        state["peer_connections"],
        json!([{"id": "first-of-a", "description": {"type": "close", "revision": 2}}])
    );
}

#[test]
fn the_second_and_the_first_learn_of_each_other() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    assert_eq!(b.state["participants"][0]["sid"], a.sid.as_str());
    assert_eq!(b.state["participants"][0]["tracks"][0]["name"], "cam");
    assert_eq!(b.state["subscribed"]["tracks"][0]["id"], "a-cam");
    assert_eq!(b.state["peer_connections"], json!([{"id": "first-of-b"}]));
    let news = world.take_one(a.on);
    assert_eq!(news["type"], "update");
    let last = news["participants"].as_array().and_then(|all| all.last()).expect("the newcomer");
    assert_eq!((&last["sid"], &last["state"]), (&json!(b.sid), &json!("connected")));
    assert_eq!(news["subscribed"]["tracks"][0]["id"], "b-cam");
    assert_eq!(news["peer_connections"][0]["description"]["sdp"], "offer of first-of-b");
}

#[test]
fn a_bad_token_is_refused_with_its_code() {
    let mut world = World::new();
    let mut body = World::connect_body("a", "r");
    world.now = Duration::from_secs(3601);
    let late = world.hello(body.clone());
    assert_eq!(world.refusal(late), 20104);
    body["token"] = json!("nonsense");
    let stranger = world.hello(body);
    assert_eq!(world.refusal(stranger), 20101);
    world.pass(Duration::from_secs(5));
    world.assert_empty();
}

#[test]
fn a_token_opens_only_its_own_room() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let mut body = World::connect_body("b", "r");
    body["name"] = json!("another");
    let on = world.hello(body.clone());
    assert_eq!(world.refusal(on), 20106);
    body["name"] = a.state["sid"].clone();
    let by_sid = world.hello(body.clone());
    assert_eq!(world.take(by_sid)[0]["sid"], a.state["sid"]);
    body["name"] = Value::Null;
    let granted = world.hello(body);
    assert_eq!(world.take(granted).last().expect("connected")["sid"], a.state["sid"]);
}

#[test]
fn names_and_identities_have_limits() {
    let long = "n".repeat(129);
    for (identity, room, code) in [
        ("a", long.as_str(), 53101),
        ("a", "r\n", 53102),
        (long.as_str(), "r", 53201),
        ("a\u{7}", "r", 53202),
    ] {
        let mut world = World::new();
        let on = world.hello(World::connect_body(identity, room));
        assert_eq!(world.refusal(on), code);
    }
}

#[test]
fn a_full_room_refuses_the_next_but_not_somebody_who_comes_again() {
    let mut world = World::with(2);
    let a = world.join("a", "r");
    world.join("b", "r");
    let c = world.hello(World::connect_body("c", "r"));
    assert_eq!(world.refusal(c), 53105);
    world.join("a", "r");
    world.take(a.on);
    world.join("c", "another");
}

#[test]
fn the_newer_of_two_equal_identities_stays() {
    let mut world = World::new();
    let b = world.join("b", "r");
    let old = world.join("a", "r");
    world.take(b.on);
    let new = world.join("a", "r");
    assert_eq!(world.refusal(old.on), 53205);
    let news = world.take_one(b.on);
    let states: Vec<(&Value, &Value)> =
        news["participants"].as_array().expect("news").iter().map(|p| (&p["sid"], &p["state"])).collect();
    assert!(states.contains(&(&json!(old.sid), &json!("disconnected"))));
    assert!(states.contains(&(&json!(new.sid), &json!("connected"))));
    assert_eq!(news["subscribed"]["tracks"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        new.state["participants"].as_array().map(Vec::len),
        Some(1),
        "the old one is not among the others"
    );
}

#[test]
fn connecting_twice_on_one_socket_is_out_of_order() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.say(a.on, World::connect_body("a", "r"));
    assert_eq!(world.refusal(a.on), 53004);
}

#[test]
fn who_asks_for_no_tracks_gets_none() {
    let mut world = World::new();
    world.join("a", "r");
    let mut body = World::connect_body("b", "r");
    body["subscribe"] = json!({"rules": [{"type": "exclude", "all": true}], "revision": 1});
    let on = world.hello(body);
    assert_eq!(world.take_one(on)["subscribed"]["tracks"], json!([]));
}

#[test]
fn a_token_without_a_room_opens_any() {
    let mut world = World::new();
    let token = tokens::mint(&credentials(), "a", "", Duration::from_mins(1), START).expect("minted");
    for name in [json!("x"), Value::Null] {
        let on = world.hello(json!({"type": "connect", "token": token, "name": name,
                                    "participant": {"revision": 1, "tracks": []}}));
        let state = world.take_one(on);
        assert_eq!(state["name"], if name.is_null() { state["sid"].clone() } else { name });
    }
}
