//! Pages in hidden tabs, whose timers and with them heartbeats stand still, while the browser answers pings.

use super::world::{Seated, World, answer, offer};
use crate::rooms::{
    close,
    core::{ConnectionId, Input, Loss},
};
use serde_json::json;
use std::time::Duration;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Somebody who waits alone in a hidden tab, and was last heard a while ago.
fn waiting() -> (World, Seated) {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.hide(a.on);
    world.pass(secs(50));
    assert!(world.closed.is_empty());
    (world, a)
}

/// It stays until a moment before `time`, and not longer.
fn assert_dropped_after(world: &mut World, on: ConnectionId, time: Duration) {
    let moment = Duration::from_millis(1);
    world.pass(time.saturating_sub(moment));
    assert!(world.closed.is_empty(), "not yet");
    world.pass(moment);
    assert_eq!(world.closed.get(&on), Some(&close::SILENT));
}

#[test]
fn who_waits_alone_in_a_hidden_tab_keeps_the_seat() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.hide(a.on);
    for _ in 0..10 {
        world.pass(secs(60));
        world.frame(a.on, &json!({"type": "heartbeat"}));
    }
    assert!(world.closed.is_empty());
}

#[test]
fn who_stops_answering_pings_is_dropped_after_three_heartbeats() {
    let (mut world, a) = waiting();
    world.ponging.remove(&a.on);
    assert_dropped_after(&mut world, a.on, secs(6));
}

#[test]
fn a_page_that_is_frozen_for_good_is_dropped_after_the_hidden_timeout() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.hide(a.on);
    assert_dropped_after(&mut world, a.on, secs(150));
}

#[test]
fn who_has_a_peer_connection_must_speak_itself() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.join("b", "r");
    world.hide(a.on);
    assert_dropped_after(&mut world, a.on, secs(6));
}

#[test]
fn a_hidden_page_that_answers_the_one_who_comes_stays() {
    let (mut world, a) = waiting();
    world.join("b", "r");
    world.pass(secs(3));
    world.update(&a, json!([answer("first-of-b", 1)]));
    world.beating.insert(a.on);
    world.pass(secs(60));
    assert!(world.closed.is_empty());
}

#[test]
fn a_frozen_page_has_three_heartbeats_to_answer_the_one_who_comes() {
    let (mut world, a) = waiting();
    let b = world.join("b", "r");
    assert_dropped_after(&mut world, a.on, secs(6));
    let news = world.take_one(b.on);
    assert_eq!(news["participants"][0]["state"], "reconnecting");
    assert_eq!(news["peer_connections"][0]["description"]["type"], "close");
}

#[test]
fn who_died_before_another_came_gets_no_time_from_it() {
    let (mut world, a) = waiting();
    world.ponging.remove(&a.on);
    world.pass(secs(3));
    world.join("b", "r");
    assert_dropped_after(&mut world, a.on, secs(3));
}

#[test]
fn a_hidden_page_has_nothing_to_answer_before_the_offer() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.lose(b.on, Loss::Code(3001));
    world.pass(secs(4));
    world.hide(a.on);
    let back = world.hello(World::sync_body(&b, "b", &json!([])));
    let asked = world.take(back).pop().expect("news")["peer_connections"][0].clone();
    assert_eq!(asked["description"]["type"], "create-offer");
    world.pass(secs(20));
    assert!(world.closed.is_empty());
    let id = asked["id"].as_str().expect("an id");
    world.update(&Seated { on: back, ..b }, json!([offer(id, 1)]));
    assert_dropped_after(&mut world, a.on, secs(6));
}

#[test]
fn who_is_alone_again_may_be_silent_again() {
    let (mut world, a) = waiting();
    let b = world.join("b", "r");
    world.update(&a, json!([answer("first-of-b", 1)]));
    world.lose(b.on, Loss::Code(close::NORMAL));
    world.pass(secs(60));
    assert!(world.closed.is_empty());
}

#[test]
fn a_server_that_stood_still_pings_before_it_gives_anybody_up() {
    for answers in [true, false] {
        let (mut world, a) = waiting();
        if !answers {
            world.ponging.remove(&a.on);
        }
        world.now += secs(20);
        world.input(Input::Timeout);
        assert!(world.closed.is_empty());
        world.pass(secs(2));
        assert_eq!(world.closed.is_empty(), answers);
    }
}
