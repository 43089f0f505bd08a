//! The process is killed and started again: for everybody it is nothing but the loss of a socket.

use super::{
    sdk::Sdk,
    world::{Seated, World, answer, offer},
};
use crate::rooms::core::{Book, ConnectionId, Input, Loss, restore::pairs_wait};
use serde_json::{Value, json};
use std::time::Duration;

pub(super) const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Two in a room, whose first negotiation is done.
pub(super) fn pair(world: &mut World) -> (Seated, Seated) {
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.update(&a, json!([answer("first-of-b", 1)]));
    let ice = |user: &str| json!([{"id": "first-of-b", "ice": {"candidates": [{"of": user}], "ufrag": user, "revision": 1}}]);
    world.update(&a, ice("a"));
    world.update(&b, ice("b"));
    world.take(a.on);
    world.take(b.on);
    (a, b)
}

pub(super) fn back(world: &mut World, who: &Seated, identity: &str, peers: &Value) -> Vec<Value> {
    let on = world.hello(World::sync_body(who, identity, peers));
    world.take(on)
}

pub(super) fn room_book(world: &World) -> Book {
    *world.books.keys().find(|book| matches!(book, Book::Room(_))).expect("a room is kept")
}

#[test]
fn everybody_finds_the_room_as_it_was() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.kill(secs(1));
    let synced = back(&mut world, &a, "a", &json!([answer("first-of-b", 1)])).remove(0);
    assert_eq!(synced["type"], "synced");
    assert_eq!(synced["sid"], a.state["sid"]);
    assert_eq!(synced["participant"]["sid"], a.sid.as_str());
    assert_eq!(synced["participants"][0]["sid"], b.sid.as_str());
    assert_eq!(synced["participants"][0]["state"], "reconnecting");
    assert_eq!(synced["participants"][0]["tracks"], a_sees_of(&b));
    assert_eq!(synced["published"]["tracks"], a.state["published"]["tracks"], "the SIDs of one's own tracks");
    assert_eq!(synced["subscribed"]["tracks"][0]["id"], "b-cam");
    let connection = &synced["peer_connections"][0];
    assert_eq!(connection["description"], offer("first-of-b", 1)["description"]);
    assert_eq!(connection["ice"]["candidates"], json!([{"of": "b"}]));
    let synced = back(&mut world, &b, "b", &json!([offer("first-of-b", 1)])).remove(0);
    assert_eq!(synced["participants"][0]["state"], "connected");
    assert_eq!(synced["peer_connections"][0]["description"], answer("first-of-b", 1)["description"]);
    assert_eq!(synced["peer_connections"][0]["ice"]["candidates"], json!([{"of": "a"}]));
}

/// The track that `who` published under its SID.
fn a_sees_of(who: &Seated) -> Value {
    let published = &who.state["published"]["tracks"][0];
    json!([{"sid": published["sid"], "name": "cam", "kind": "video", "enabled": true, "priority": "standard"}])
}

#[test]
fn revisions_never_fall_over_a_restart() {
    let mut world = World::new();
    let (mut a, mut b) = pair(&mut world);
    let mut last = 0;
    for round in 0..4 {
        for (who, name) in [(&mut a, "a"), (&mut b, "b")] {
            who.on = world.hello(World::sync_body(who, name, &json!([])));
            let synced = world.take(who.on).remove(0);
            for seen in [&synced["participants"][0], &synced["published"], &synced["subscribed"]] {
                let revision = seen["revision"].as_u64().expect("a revision");
                assert!(revision > last, "{revision} after {last} in round {round}");
            }
        }
        // More than are reserved at a time.
        for n in 0..700 {
            let own = json!({"revision": 1000 * round + n + 2, "tracks": []});
            world.say(b.on, json!({"type": "update", "session": b.session, "participant": own}));
        }
        let highest = |messages: Vec<Value>| {
            messages.iter().filter_map(|news| news["participants"][0]["revision"].as_u64()).max()
        };
        last = highest(world.take(a.on)).expect("news");
        world.kill(secs(1));
    }
}

#[test]
fn what_was_changed_last_holds() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let c = world.join("c", "r");
    world.say(
        a.on,
        json!({"type": "update", "session": a.session, "participant": {"revision": 2, "tracks": []}}),
    );
    world.update(&b, json!([offer("first-of-b", 2)]));
    world.say(c.on, json!({"type": "disconnect", "session": c.session}));
    world.kill(secs(1));
    let synced = back(&mut world, &b, "b", &json!([offer("first-of-b", 2)])).remove(0);
    assert_eq!(synced["participants"].as_array().map(Vec::len), Some(1), "c had left");
    assert_eq!(synced["participants"][0]["tracks"], json!([]), "a had unpublished its track");
    let synced = back(&mut world, &a, "a", &json!([answer("first-of-b", 1)])).remove(0);
    assert_eq!(
        synced["peer_connections"][0]["description"],
        offer("first-of-b", 2)["description"],
        "the offer that waits for an answer"
    );
    assert_eq!(back(&mut world, &c, "c", &json!([]))[0]["code"], 53001);
}

#[test]
fn a_newcomer_joins_a_rebuilt_room() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.kill(secs(1));
    back(&mut world, &a, "a", &json!([answer("first-of-b", 1)]));
    let c = world.join("c", "r");
    assert_eq!(c.state["sid"], a.state["sid"]);
    assert_eq!(c.state["participants"].as_array().map(Vec::len), Some(2));
    let messages = back(&mut world, &b, "b", &json!([offer("first-of-b", 1)]));
    assert_eq!(messages[1]["peer_connections"][0]["description"]["type"], "create-offer", "for c");
}

#[test]
fn somebody_who_comes_anew_takes_over_the_kept_seat() {
    let mut world = World::new();
    let (a, _) = pair(&mut world);
    world.kill(secs(1));
    let again = world.join("a", "r");
    assert_eq!(again.state["sid"], a.state["sid"]);
    assert_eq!(again.state["participants"].as_array().map(Vec::len), Some(1), "only b");
    assert_eq!(back(&mut world, &a, "a", &json!([]))[0]["code"], 53205);
}

#[test]
fn who_does_not_come_back_is_gone_after_the_session_timeout() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.kill(secs(1));
    let on = world.hello(World::sync_body(&a, "a", &json!([answer("first-of-b", 1)])));
    world.take(on);
    world.pass(Duration::from_millis(29_999));
    assert!(world.take(on).iter().all(|news| news["participants"][0]["state"] != "disconnected"));
    world.pass(Duration::from_millis(1));
    assert_eq!(world.take(on)[0]["participants"][0]["state"], "disconnected");
    assert_eq!(back(&mut world, &b, "b", &json!([]))[0]["code"], 53001);
    world.lose(on, Loss::Code(1000));
    world.pass(secs(60));
    world.assert_empty();
}

/// Most are back by then; a dead peer endangers the survivor 8 s after its death.
#[test]
fn peer_connections_wait_for_half_of_the_outage_and_two_seconds_but_at_least_the_gone_timeout() {
    let half = Duration::from_millis(3_500);
    for (outage, wait) in
        [(secs(1), secs(4)), (secs(3), secs(4)), (secs(4), half), (secs(10), secs(7)), (secs(20), secs(12))]
    {
        let mut world = World::new();
        let (a, _) = pair(&mut world);
        world.kill(outage);
        let on = world.hello(World::sync_body(&a, "a", &json!([answer("first-of-b", 1)])));
        world.take(on);
        world.pass(wait.saturating_sub(Duration::from_millis(1)));
        assert_eq!(world.take(on), Vec::<Value>::new());
        world.pass(Duration::from_millis(1));
        let news = world.take_one(on);
        assert_eq!(news["peer_connections"][0]["description"]["type"], "close");
    }
}

#[test]
fn where_it_helps_a_dead_end_is_given_up_before_the_others_ice_fails_and_nobody_ever_too_soon() {
    let world = World::new();
    for outage in (0..60_000).step_by(50).map(Duration::from_millis) {
        let wait = pairs_wait(outage, &world.core.config);
        assert!(wait >= (outage / 2 + secs(1)).min(secs(30)), "{wait:?} after {outage:?}");
        let helps = outage * 3 / 2 + secs(1) <= Duration::from_millis(7_500);
        assert!(!helps || outage + wait <= Duration::from_millis(7_500), "{wait:?} after {outage:?}");
    }
}

/// Also if it is back at once, when the other may yet be on its way.
#[test]
fn the_end_of_one_who_died_with_the_server_is_told_before_that_takes_the_survivor_down() {
    for outage in [1_000, 2_000, 3_000, 3_500, 4_000, 4_300].map(Duration::from_millis) {
        let mut world = World::new();
        let (a, _) = pair(&mut world);
        let died = world.now;
        world.kill(outage);
        let on = world.hello(World::sync_body(&a, "a", &json!([answer("first-of-b", 1)])));
        world.take(on);
        world.pass((died + Duration::from_millis(7_500)).saturating_sub(world.now));
        assert_eq!(world.take(on)[0]["peer_connections"][0]["description"]["type"], "close", "{outage:?}");
    }
}

#[test]
fn a_wall_clock_that_jumps_ends_no_stay() {
    for (is_new_boot, ends) in [(false, false), (true, true)] {
        let mut world = World::new();
        let a = world.join("a", "r");
        world.pass(secs(60));
        world.jump(86_400);
        world.kill_and_jump(secs(1), 0, is_new_boot);
        world.wake();
        let told = back(&mut world, &a, "a", &json!([])).remove(0);
        // Over a new start of the machine there is nothing else to measure by.
        assert_eq!(told["code"] == 53216, ends, "{told}");
        if !ends {
            let on = ConnectionId(world.opened);
            world.pass(secs(4 * 3600 - 60 - 2));
            assert!(world.take(on).is_empty(), "what remained");
            world.pass(secs(1));
            assert_eq!(world.refusal(on), 53216);
        }
    }
}

#[test]
fn after_an_outage_that_nobody_can_have_waited_for_nothing_is_left() {
    let mut world = World::new();
    pair(&mut world);
    world.kill(secs(61));
    world.assert_empty();
    let anew = world.join("a", "r");
    assert_eq!(anew.state["participants"], json!([]), "no ghost is met");
}

#[test]
fn who_was_ended_from_outside_hears_it_after_a_restart_too() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let c = world.join("c", "another");
    let old = world.join("d", "another");
    world.join("d", "another");
    world.input(Input::Complete { room: "r" });
    world.input(Input::PutOut { room: "another", identity: "c" });
    world.kill(secs(1));
    for (who, name) in [(&a, "a"), (&b, "b")] {
        assert_eq!(
            back(&mut world, who, name, &json!([])),
            [json!({"type": "disconnected", "status": "completed"})]
        );
    }
    let told = back(&mut world, &c, "c", &json!([]));
    assert_eq!(told, [json!({"type": "disconnected", "status": "disconnected"})]);
    assert_eq!(back(&mut world, &old, "d", &json!([]))[0]["code"], 53205);
    world.pass(secs(31));
    assert!(!world.books.contains_key(&Book::Ended), "not for ever");
    assert_eq!(back(&mut world, &a, "a", &json!([]))[0]["code"], 53001);
}

#[test]
fn a_candidate_does_not_write_descriptions_again() {
    let mut world = World::new();
    let (a, _) = pair(&mut world);
    let book = room_book(&world);
    let before = world.books[&book].len();
    world.update(
        &a,
        json!([{"id": "first-of-b", "ice": {"candidates": [{}, {}], "ufrag": "a", "revision": 2}}]),
    );
    let added = world.books[&book][before..].to_owned();
    assert!(added.starts_with("[{\"candidates\":") && added.lines().count() == 1, "{added}");
    world.frame(a.on, &json!({"type": "heartbeat"}));
    assert_eq!(world.books[&book].len(), before + added.len(), "a heartbeat changes nothing");
}

#[test]
fn calls_go_on_through_a_hundred_restarts() {
    let mut world = World::with(10);
    let mut all: Vec<Sdk> = ["a", "b", "c"].map(|name| Sdk::connect(&mut world, name, "r")).into();
    let settle = |world: &mut World, all: &mut [Sdk]| {
        while all.iter_mut().fold(false, |moved, sdk| sdk.pump(world) | moved) {}
    };
    settle(&mut world, &mut all);
    let connections: Vec<Vec<String>> = all.iter().map(|sdk| sdk.pcs.keys().cloned().collect()).collect();
    for round in 0..100 {
        if round % 3 == 0 {
            all[round % 2].publish();
        }
        for sdk in &mut all {
            sdk.lose(&mut world);
        }
        world.kill(Duration::from_millis(500));
        for sdk in &mut all {
            sdk.sync(&mut world);
        }
        settle(&mut world, &mut all);
        for (sdk, connections) in all.iter().zip(&connections) {
            assert_eq!(sdk.ended, None);
            assert_eq!(sdk.sees().values().collect::<Vec<_>>(), [&true; 2]);
            assert_eq!(&sdk.pcs.keys().cloned().collect::<Vec<_>>(), connections, "media never stops");
            let tracks: usize = all.iter().map(|other| other.tracks.len()).sum();
            assert_eq!(sdk.subscribed.len(), tracks - sdk.tracks.len());
        }
    }
}
