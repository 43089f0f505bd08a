use super::world::{Seated, World};
use crate::rooms::{
    close,
    core::{Input, Loss},
};
use serde_json::{Value, json};
use std::time::Duration;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn pair(world: &mut World) -> (Seated, Seated) {
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    (a, b)
}

/// The states and descriptions that messages tell, in order.
fn told(messages: &[Value]) -> Vec<String> {
    let participants = |m: &Value| m["participants"].as_array().cloned().unwrap_or_default();
    let peers = |m: &Value| m["peer_connections"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    messages
        .iter()
        .flat_map(|m| {
            let states = participants(m).into_iter().map(|p| text(&p["state"]));
            states.chain(peers(m).into_iter().map(|p| text(&p["description"]["type"]))).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_page_that_went_away_or_vanished_is_gone_after_the_gone_timeout() {
    for loss in [Loss::Vanished, Loss::Code(close::GOING_AWAY)] {
        let mut world = World::new();
        let (a, b) = pair(&mut world);
        world.lose(b.on, loss);
        assert_eq!(told(&world.take(a.on)), ["reconnecting"]);
        world.pass(Duration::from_millis(3999));
        assert!(world.take(a.on).is_empty());
        world.pass(Duration::from_millis(1));
        let messages = world.take(a.on);
        assert_eq!(told(&messages), ["disconnected", "close"]);
        assert_eq!(messages[0]["participants"][0]["tracks"][0]["name"], "cam");
    }
}

#[test]
fn any_other_loss_leaves_the_seat_for_the_session_timeout_but_not_the_connection() {
    for loss in [Loss::Code(3001), Loss::Code(3004), Loss::Code(1005), Loss::Slow] {
        let mut world = World::new();
        let (a, b) = pair(&mut world);
        world.lose(b.on, loss);
        assert_eq!(told(&world.take(a.on)), ["reconnecting"]);
        world.pass(secs(4));
        assert_eq!(told(&world.take(a.on)), ["close"]);
        world.pass(Duration::from_millis(25_999));
        assert!(world.take(a.on).is_empty());
        world.pass(Duration::from_millis(1));
        assert_eq!(told(&world.take(a.on)), ["disconnected"]);
    }
}

#[test]
fn a_peer_that_dies_without_a_word_never_takes_the_survivor_down() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.beating.remove(&b.on);
    world.pass(secs(6));
    assert_eq!(world.closed[&b.on], close::SILENT);
    let messages = world.take(a.on);
    assert_eq!(told(&messages), ["reconnecting", "close"], "within 6 s: the survivor's ICE fails after 8 s");
    assert_eq!(messages.last().expect("news")["subscribed"]["tracks"], json!([]));
    world.pass(secs(30));
    assert_eq!(told(&world.take(a.on)), ["disconnected"]);
}

#[test]
fn a_server_that_stood_still_listens_before_it_gives_anybody_up() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let c = world.join("c", "r");
    world.lose(c.on, Loss::Vanished);
    world.now += secs(20);
    world.input(Input::Timeout);
    assert!(world.closed.is_empty());
    let back = world.hello(World::sync_body(&c, "c", &json!([])));
    assert_eq!(world.take(back)[0]["type"], "synced");
    world.beating.remove(&b.on);
    world.pass(secs(3));
    assert_eq!(world.closed.keys().collect::<Vec<_>>(), [&b.on], "only who has really nothing to say");
    assert!(!world.closed.contains_key(&a.on));
}

#[test]
fn a_close_with_1000_is_a_wanted_end() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.lose(b.on, Loss::Code(close::NORMAL));
    assert_eq!(told(&world.take(a.on)), ["disconnected", "close"]);
}

#[test]
fn nothing_is_kept_of_a_room_that_all_have_left() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.lose(a.on, Loss::Vanished);
    world.lose(b.on, Loss::Code(3001));
    world.pass(secs(30));
    world.assert_empty();
}
