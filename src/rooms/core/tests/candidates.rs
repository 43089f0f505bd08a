//! Candidates and offers that die with a socket, and offers that cross.

use super::{
    sdk::Sdk,
    world::{Seated, World, answer, offer},
};
use crate::rooms::core::Loss;
use serde_json::{Value, json};
use std::time::Duration;

fn settle(world: &mut World, all: &mut [Sdk]) {
    let mut rounds = 0;
    while all.iter_mut().fold(false, |moved, sdk| sdk.pump(world) | moved) {
        rounds += 1;
        assert!(rounds < 50, "they never agree");
    }
}

/// Two in a room who have negotiated, before either has gathered anything.
fn two(world: &mut World) -> [Sdk; 2] {
    let mut both = ["a", "b"].map(|name| Sdk::connect(world, name, "r"));
    settle(world, &mut both);
    both
}

fn offers(all: &[Sdk]) -> u32 {
    all.iter().flat_map(|sdk| sdk.pcs.values()).map(|pc| pc.offers).sum()
}

fn assert_agreed(both: &[Sdk; 2]) {
    let [a, b] = both.each_ref().map(|sdk| sdk.pcs.values().next().expect("a connection"));
    a.assert_agrees_with(b);
    b.assert_agrees_with(a);
}

fn lose_and_return(world: &mut World, sdk: &mut Sdk) {
    let on = sdk.on.expect("a socket");
    sdk.lose(world);
    world.lose(on, Loss::Code(3001));
    sdk.sync(world);
}

#[test]
fn candidates_that_died_with_the_socket_are_brought_again() {
    for loser in 0..2 {
        let mut world = World::new();
        let mut both = two(&mut world);
        for _ in 0..3 {
            both[loser].gather();
        }
        let before = offers(&both);
        lose_and_return(&mut world, &mut both[loser]);
        settle(&mut world, &mut both);
        assert_agreed(&both);
        assert_eq!(offers(&both), before + 1, "one offer is enough");
    }
}

#[test]
fn who_is_known_to_have_gathered_all_is_not_asked() {
    let mut world = World::new();
    let mut both = two(&mut world);
    for _ in 0..3 {
        both.iter_mut().for_each(Sdk::gather);
    }
    settle(&mut world, &mut both);
    let before = offers(&both);
    for loser in [0, 1, 0] {
        lose_and_return(&mut world, &mut both[loser]);
        settle(&mut world, &mut both);
    }
    assert_eq!(offers(&both), before, "media and negotiations are left alone");
    assert_agreed(&both);
}

#[test]
fn after_a_restart_one_of_two_in_doubt_is_enough() {
    let mut world = World::new();
    let mut both = two(&mut world);
    for _ in 0..3 {
        both.iter_mut().for_each(Sdk::gather);
    }
    let before = offers(&both);
    for sdk in &mut both {
        sdk.lose(&mut world);
    }
    world.kill(Duration::from_millis(300));
    for sdk in &mut both {
        sdk.sync(&mut world);
    }
    settle(&mut world, &mut both);
    assert_agreed(&both);
    assert_eq!(offers(&both), before + 1);
}

#[test]
fn an_offer_that_is_asked_for_and_one_of_their_own_accord_may_cross() {
    for order in [[0, 1], [1, 0]] {
        let mut world = World::new();
        let mut both = two(&mut world);
        both[0].gather();
        lose_and_return(&mut world, &mut both[0]);
        // The request is on its way to a, when b publishes.
        both[1].publish();
        for n in order {
            both[n].pump(&mut world);
        }
        settle(&mut world, &mut both);
        assert_agreed(&both);
        assert!(both[0].subscribed.contains(&both[1].tracks[1]));
    }
}

#[test]
fn the_offer_that_was_asked_for_yields_to_one_that_was_there_first() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.update(&a, json!([answer("first-of-b", 1)]));
    world.lose(b.on, Loss::Code(3001));
    world.take(a.on);
    let on = world.hello(World::sync_body(&b, "b", &json!([offer("first-of-b", 1)])));
    let b = Seated { on, ..b };
    let asked = world.take(on).pop().expect("a request")["peer_connections"][0].clone();
    assert_eq!(asked["description"], json!({"type": "create-offer", "revision": 2}));
    world.update(&a, json!([offer("first-of-b", 2)]));
    world.take(a.on);
    // The SDK counts from the request on.
    world.update(&b, json!([offer("first-of-b", 3)]));
    assert!(world.take(a.on).is_empty(), "b meets a's offer, takes its own back, answers, and offers again");
    world.update(&b, json!([answer("first-of-b", 2), offer("first-of-b", 3)]));
    let told: Vec<Value> = world.take(a.on)[0]["peer_connections"].as_array().cloned().expect("both");
    assert_eq!(told, [answer("first-of-b", 2), offer("first-of-b", 3)]);
}

#[test]
fn a_list_of_candidates_only_grows_for_who_receives_it() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.update(&a, json!([answer("first-of-b", 1)]));
    world.take(a.on);
    let ice = |revision: u64, candidates: Value| json!([{"id": "first-of-b", "ice": {"candidates": candidates, "ufrag": "u", "revision": revision}}]);
    world.update(&b, ice(1, json!(["one", "two"])));
    world.update(&b, json!([offer("first-of-b", 2)]));
    world.update(&b, ice(2, json!(["three"])));
    let last = world.take(a.on).pop().expect("candidates");
    assert_eq!(last["peer_connections"], ice(2, json!(["one", "two", "three"])));
    // Another generation begins anew.
    world.update(
        &b,
        json!([{"id": "first-of-b", "ice": {"candidates": ["four"], "ufrag": "v", "revision": 3}}]),
    );
    let last = world.take(a.on).pop().expect("candidates");
    assert_eq!(last["peer_connections"][0]["ice"]["candidates"], json!(["four"]));
}

#[test]
fn an_ice_restart_on_both_sides_at_once_comes_to_an_agreement() {
    for order in [[0, 1], [1, 0]] {
        let mut world = World::new();
        let mut both = two(&mut world);
        both.iter_mut().for_each(Sdk::restart_ice);
        for n in order {
            both[n].pump(&mut world);
            both[n].gather();
        }
        settle(&mut world, &mut both);
        for _ in 0..3 {
            both.iter_mut().for_each(Sdk::gather);
            settle(&mut world, &mut both);
        }
        assert_agreed(&both);
    }
}

#[test]
fn of_offers_that_cross_nothing_is_lost() {
    for order in [[0, 1], [1, 0]] {
        let mut world = World::new();
        let mut both = two(&mut world);
        for round in 0..5 {
            both.iter_mut().for_each(Sdk::publish);
            for n in order {
                both[n].deliver(&mut world, 1 + round, 0);
            }
            settle(&mut world, &mut both);
            assert_agreed(&both);
            for (own, other) in [(0, 1), (1, 0)] {
                assert!(both[other].tracks.iter().all(|track| both[own].subscribed.contains(track)));
            }
        }
    }
}
