//! Two who fall silent at the same moment keep their peer connection; one who falls silent alone does not.

use super::world::{Seated, World, answer, offer};
use crate::rooms::close;
use serde_json::{Value, json};
use std::time::Duration;

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Two in a room, whose negotiation is done.
fn pair(world: &mut World) -> (Seated, Seated) {
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.update(&a, json!([answer("first-of-b", 1)]));
    world.take(a.on);
    world.take(b.on);
    (a, b)
}

fn hush(world: &mut World, who: &Seated) {
    world.beating.remove(&who.on);
    world.ponging.remove(&who.on);
}

fn back(world: &mut World, who: &mut Seated, identity: &str, own: &Value) -> Value {
    who.on = world.hello(World::sync_body(who, identity, own));
    world.take(who.on).remove(0)
}

fn is_closed(messages: &[Value]) -> bool {
    let peers = messages.iter().filter_map(|message| message["peer_connections"].as_array()).flatten();
    peers.into_iter().any(|peer| peer["description"]["type"] == "close")
}

#[test]
fn those_who_fell_silent_together_find_their_connection_when_they_come_back() {
    for (silence, apart) in [(ms(6_100), ms(900)), (ms(12_000), ms(5_000)), (ms(25_000), ms(10_000))] {
        let mut world = World::new();
        let (mut a, mut b) = pair(&mut world);
        hush(&mut world, &a);
        hush(&mut world, &b);
        world.pass(silence);
        assert_eq!((world.closed[&a.on], world.closed[&b.on]), (close::SILENT, close::SILENT));
        let synced = back(&mut world, &mut a, "a", &json!([answer("first-of-b", 1)]));
        assert_eq!(synced["peer_connections"][0]["id"], "first-of-b", "after {silence:?}");
        world.pass(apart);
        assert!(!is_closed(&world.take(a.on)), "after {silence:?} and {apart:?}");
        let synced = back(&mut world, &mut b, "b", &json!([offer("first-of-b", 1)]));
        assert_eq!(synced["peer_connections"][0]["id"], "first-of-b");
        world.pass(ms(30_000));
        assert!(!is_closed(&world.take(a.on)) && !is_closed(&world.take(b.on)));
    }
}

/// Its ICE fails 8 s after the other's death.
#[test]
fn one_who_comes_back_is_rid_of_the_other_before_a_dead_one_can_take_it_down() {
    let mut world = World::new();
    let (mut a, b) = pair(&mut world);
    hush(&mut world, &a);
    hush(&mut world, &b);
    world.pass(ms(6_100));
    back(&mut world, &mut a, "a", &json!([answer("first-of-b", 1)]));
    world.pass(ms(1_300));
    assert!(!is_closed(&world.take(a.on)));
    world.pass(ms(200));
    assert!(is_closed(&world.take(a.on)), "7.6 s after they fell silent");
}

#[test]
fn one_who_comes_back_later_than_that_does_not_wait_for_ever() {
    let mut world = World::new();
    let (mut a, b) = pair(&mut world);
    hush(&mut world, &a);
    hush(&mut world, &b);
    world.pass(ms(12_000));
    back(&mut world, &mut a, "a", &json!([answer("first-of-b", 1)]));
    world.pass(ms(9_000));
    assert!(is_closed(&world.take(a.on)), "half of the outage and 2 s later");
}

#[test]
fn who_falls_silent_later_than_another_has_not_fallen_silent_together_with_it() {
    let mut world = World::new();
    let (mut a, b) = pair(&mut world);
    hush(&mut world, &b);
    world.pass(ms(5_000));
    hush(&mut world, &a);
    world.pass(ms(2_000));
    assert!(is_closed(&world.take(a.on)), "b was given up while a was alive");
    world.pass(ms(6_000));
    let synced = back(&mut world, &mut a, "a", &json!([answer("first-of-b", 1)]));
    assert_eq!(synced["peer_connections"], json!([]));
}

#[test]
fn after_a_restart_connections_wait_for_the_first_to_come_back() {
    let mut world = World::new();
    let (mut a, mut b) = pair(&mut world);
    world.kill(ms(1_000));
    // Longer than the 4 s for which they would wait alone: the browsers had no time either.
    world.pass(ms(11_000));
    let synced = back(&mut world, &mut a, "a", &json!([answer("first-of-b", 1)]));
    assert_eq!(synced["peer_connections"][0]["id"], "first-of-b");
    world.pass(ms(3_000));
    let synced = back(&mut world, &mut b, "b", &json!([offer("first-of-b", 1)]));
    assert_eq!(synced["peer_connections"][0]["id"], "first-of-b");
}
