use super::world::{START, Seated, World, answer, credentials, offer, track};
use crate::rooms::{close, core::Loss};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use std::time::Duration;

fn pair(world: &mut World) -> (Seated, Seated) {
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    (a, b)
}

fn back(world: &mut World, who: &Seated, identity: &str, peers: &Value) -> Vec<Value> {
    let on = world.hello(World::sync_body(who, identity, peers));
    world.take(on)
}

#[test]
fn who_comes_back_in_time_keeps_its_seat_and_its_connection() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.lose(b.on, Loss::Vanished);
    world.update(&a, json!([answer("first-of-b", 1)]));
    world.take(a.on);
    world.pass(Duration::from_secs(3));
    let messages = back(&mut world, &b, "b", &json!([offer("first-of-b", 1)]));
    assert_eq!(messages.len(), 2, "nothing but the room and a request: {messages:?}");
    assert_eq!(messages[1]["peer_connections"][0]["description"]["type"], "create-offer");
    let synced = &messages[0];
    assert_eq!((&synced["type"], &synced["participant"]["sid"]), (&json!("synced"), &json!(b.sid)));
    assert_eq!(synced["participants"][0]["sid"], a.sid.as_str());
    assert_eq!(synced["peer_connections"], json!([answer("first-of-b", 1)]), "the answer that it missed");
    assert_eq!(synced["subscribed"]["tracks"][0]["id"], "a-cam");
    assert_eq!(world.take_one(a.on)["participants"][0]["state"], "connected");
}

#[test]
fn what_was_said_and_not_heard_is_caught_up() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.lose(a.on, Loss::Vanished);
    let mut sync = World::sync_body(&a, "a", &json!([answer("first-of-b", 1)]));
    sync["participant"] = json!({"revision": 2, "tracks": [track("a-cam", "cam"), track("a-2", "second")]});
    world.take(b.on);
    world.hello(sync);
    let news = world.take_one(b.on);
    assert_eq!(news["participants"][1]["tracks"][1]["name"], "second");
    assert_eq!(news["peer_connections"], json!([answer("first-of-b", 1)]));
}

#[test]
fn who_comes_back_late_gets_new_connections_and_new_subscriptions() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.lose(b.on, Loss::Code(3001));
    world.pass(Duration::from_secs(20));
    world.take(a.on);
    let messages = back(&mut world, &b, "b", &json!([offer("first-of-b", 1)]));
    assert_eq!(messages[0]["type"], "synced");
    assert_eq!(messages[0]["peer_connections"], json!([]));
    assert_eq!(messages[0]["subscribed"]["tracks"], json!([]));
    assert_eq!(messages[1]["peer_connections"][0]["description"]["type"], "create-offer");
    assert_eq!(messages[1]["subscribed"]["tracks"][0]["id"], "a-cam");
    assert_eq!(world.take(a.on).last().expect("news")["subscribed"]["tracks"][0]["id"], "b-cam");
}

#[test]
fn a_request_for_an_offer_that_died_with_the_socket_is_repeated() {
    let mut world = World::new();
    pair(&mut world);
    let c = world.join("c", "r");
    world.lose(c.on, Loss::Vanished);
    let synced = back(&mut world, &c, "c", &json!([offer("first-of-c", 1)])).remove(0);
    let asked = synced["peer_connections"].as_array().expect("two").iter();
    assert_eq!(asked.filter(|peer| peer["description"]["type"] == "create-offer").count(), 1);
}

#[test]
fn a_first_answer_that_died_with_the_socket_and_was_followed_by_an_offer_costs_the_connection() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.lose(a.on, Loss::Vanished);
    world.take(b.on);
    let messages = back(&mut world, &a, "a", &json!([offer("first-of-b", 2)]));
    assert_eq!(messages[0]["peer_connections"], json!([]));
    assert_eq!(messages[1]["peer_connections"][0]["description"]["type"], "create-offer");
    let told = world.take(b.on);
    assert_eq!(told[0]["peer_connections"][0]["description"]["type"], "close");
    assert_eq!(told[0]["subscribed"]["tracks"], json!([]));
    assert_eq!(told[1]["subscribed"]["tracks"][0]["id"], "a-cam");
}

#[test]
fn a_first_answer_that_was_not_heard_and_was_followed_by_an_offer_is_told_before_it() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.lose(b.on, Loss::Vanished);
    world.update(&a, json!([answer("first-of-b", 1)]));
    world.update(&a, json!([offer("first-of-b", 2)]));
    let synced = back(&mut world, &b, "b", &json!([offer("first-of-b", 1)])).remove(0);
    assert_eq!(synced["peer_connections"], json!([answer("first-of-b", 1), offer("first-of-b", 2)]));
}

#[test]
fn an_expired_token_does_not_end_a_call() {
    let mut world = World::new();
    let (_, b) = pair(&mut world);
    world.pass(Duration::from_mins(61));
    world.lose(b.on, Loss::Vanished);
    assert_eq!(back(&mut world, &b, "b", &json!([]))[0]["type"], "synced");
    let mut forged = World::sync_body(&b, "b", &json!([]));
    forged["token"] = json!("forged");
    let on = world.hello(forged);
    assert_eq!(world.refusal(on), 20101);
}

/// Twilio's helper can say from when on a token is good, to the second in which it is made.
#[test]
fn a_clock_that_is_set_back_before_the_token_does_not_end_a_call() {
    let mut world = World::new();
    let (_, b) = pair(&mut world);
    world.jump(-3600);
    world.lose(b.on, Loss::Vanished);
    let mut sync = World::sync_body(&b, "b", &json!([]));
    let video = json!({"identity": "b", "video": {}});
    sync["token"] = json!(from_start_on(&video, b"a secret"));
    let on = world.hello(sync.clone());
    assert_eq!(world.take_one(on)["type"], "synced");
    for (grants, secret, code) in [(&json!({}), &b"a secret"[..], 20106), (&video, b"a guess", 20107)] {
        sync["token"] = json!(from_start_on(grants, secret));
        let on = world.hello(sync.clone());
        assert_eq!(world.refusal(on), code);
    }
    let mut anew = World::connect_body("b", "r");
    anew["token"] = json!(from_start_on(&video, b"a secret"));
    let on = world.hello(anew);
    assert_eq!(world.refusal(on), 20105);
}

fn from_start_on(grants: &Value, secret: &[u8]) -> String {
    let mut header = Header::new(Algorithm::HS256);
    header.cty = Some("twilio-fpa;v=1".to_owned());
    let credentials = credentials();
    let claims = json!({"iss": credentials.key_sid, "sub": credentials.account_sid, "nbf": START, "iat": START,
                        "exp": START + 3600, "grants": grants});
    encode(&header, &claims, &EncodingKey::from_secret(secret)).expect("signs")
}

#[test]
fn a_session_that_is_over_is_53001() {
    let mut world = World::new();
    let (_, b) = pair(&mut world);
    world.lose(b.on, Loss::Vanished);
    world.pass(Duration::from_secs(4));
    assert_eq!(back(&mut world, &b, "b", &json!([]))[0]["code"], 53001);
}

#[test]
fn who_was_replaced_while_away_is_told_so() {
    let mut world = World::new();
    let (_, b) = pair(&mut world);
    world.lose(b.on, Loss::Code(3004));
    world.join("b", "r");
    assert_eq!(back(&mut world, &b, "b", &json!([]))[0]["code"], 53205);
}

#[test]
fn a_newer_socket_replaces_one_that_is_not_known_to_be_dead() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let messages = back(&mut world, &b, "b", &json!([offer("first-of-b", 1)]));
    assert_eq!(messages[0]["type"], "synced");
    assert_eq!(world.closed[&b.on], close::REPLACED);
    assert!(world.take(a.on).is_empty(), "nobody else has to know");
}

#[test]
fn revisions_only_rise() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let mut last = [0; 3];
    let mut check = |message: &Value| {
        let seen = [&message["subscribed"], &message["published"], &message["participants"][0]];
        for (last, seen) in last.iter_mut().zip(seen) {
            if let Some(revision) = seen["revision"].as_u64() {
                assert!(revision > *last, "{message}");
                *last = revision;
            }
        }
    };
    let mut who = b;
    for round in 0..5 {
        world.lose(who.on, Loss::Code(3004));
        who.on = world.hello(World::sync_body(&who, "b", &json!([offer("first-of-b", 1)])));
        let tracks = json!({"revision": 2 + round, "tracks": []});
        world.say(who.on, json!({"type": "update", "session": who.session, "participant": tracks}));
        world.take(a.on).iter().for_each(&mut check);
    }
}

/// It would make an offer of its own on it with the next track.
#[test]
fn who_comes_back_hears_nothing_of_a_connection_on_which_the_other_has_yet_to_speak_first() {
    let mut world = World::new();
    let (_a, b, c) = (world.join("a", "r"), world.join("b", "r"), world.join("c", "r"));
    let asked = c.state["peer_connections"].as_array().expect("a list");
    let asked = asked.iter().find(|peer| peer["description"]["type"] == "create-offer").expect("for b");
    let id = asked["id"].as_str().expect("an id");
    let on = world.hello(World::sync_body(&b, "b", &json!([offer("first-of-b", 1)])));
    let synced = world.take(on).remove(0);
    let listed: Vec<_> =
        synced["peer_connections"].as_array().expect("a list").iter().map(|peer| &peer["id"]).collect();
    assert_eq!(listed, ["first-of-b"]);
    world.update(&c, json!([offer(id, 2)]));
    assert_eq!(world.take_one(on)["peer_connections"], json!([offer(id, 2)]));
}
