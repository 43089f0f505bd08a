use super::world::{Seated, World, token};
use crate::rooms::{
    close,
    core::{Input, Loss},
};
use serde_json::{Value, json};
use std::time::Duration;

fn pair(world: &mut World) -> (Seated, Seated) {
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    (a, b)
}

#[test]
fn who_disconnects_is_gone_at_once() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.say(b.on, json!({"type": "disconnect", "session": b.session}));
    world.frame(b.on, &json!({"type": "bye"}));
    world.lose(b.on, Loss::Code(close::NORMAL));
    let news = world.take_one(a.on);
    assert_eq!(news["participants"][0]["state"], "disconnected");
    assert_eq!(news["peer_connections"][0]["description"]["type"], "close");
    assert!(world.take(b.on).is_empty());
}

#[test]
fn a_cancelled_connect_leaves_nothing_behind() {
    for has_session in [true, false] {
        let mut world = World::new();
        let a = world.join("a", "r");
        if has_session {
            world.say(a.on, json!({"type": "disconnect", "session": null}));
        }
        world.lose(a.on, Loss::Code(close::NORMAL));
        world.assert_empty();
    }
    let mut world = World::new();
    let on = world.hello(json!({"type": "disconnect", "session": null}));
    world.pass(Duration::from_secs(5));
    assert_eq!(world.closed[&on], close::NORMAL);
}

#[test]
fn a_completed_room_tells_everybody_and_those_who_come_back() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let other = world.join("a", "another");
    world.lose(b.on, Loss::Code(3004));
    world.take(a.on);
    assert_eq!(world.input(Input::Complete { room: "r" }), Some(true));
    assert_eq!(world.take_one(a.on), json!({"type": "disconnected", "status": "completed"}));
    let on = world.hello(World::sync_body(&b, "b", &json!([])));
    assert_eq!(world.take_one(on), json!({"type": "disconnected", "status": "completed"}));
    assert!(world.take(other.on).is_empty());
    assert_eq!(world.input(Input::Complete { room: "r" }), Some(false));
    assert_eq!(
        world.input(Input::Complete { room: other.state["sid"].as_str().expect("a SID") }),
        Some(true)
    );
    world.pass(Duration::from_secs(30));
    world.assert_empty();
}

#[test]
fn one_who_is_put_out_is_told_and_the_others_see_it() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    assert_eq!(world.input(Input::PutOut { room: "r", identity: "b" }), Some(true));
    assert_eq!(world.take_one(b.on), json!({"type": "disconnected", "status": "disconnected"}));
    assert_eq!(world.take_one(a.on)["participants"][0]["state"], "disconnected");
    assert_eq!(world.input(Input::PutOut { room: "r", identity: "b" }), Some(false));
    assert_eq!(world.input(Input::PutOut { room: "x", identity: "a" }), Some(false));
}

#[test]
fn shutting_down_closes_everything_with_1012() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    let idle = world.open();
    world.beating.remove(&idle);
    world.input(Input::Shutdown);
    for on in [a.on, b.on] {
        assert_eq!(world.closed[&on], close::RESTART);
    }
    world.pass(Duration::from_millis(499));
    assert!(!world.closed.contains_key(&idle), "it may be about to say hello");
    world.pass(Duration::from_millis(1));
    assert_eq!(world.closed[&idle], close::RESTART);
    let late = world.hello(World::connect_body("c", "r"));
    assert_eq!(world.take_frames(late), [json!({"type": "busy", "retryAfter": 250, "keepAlive": false})]);
}

/// The SDK that was told to come back gives up when it hears 1000 instead, or no answer to its own close.
#[test]
fn who_is_about_to_close_is_left_the_time_to_while_the_server_ends() {
    let mut world = World::new();
    world.core.limits.max_connections = 1;
    let a = world.join("a", "r");
    let early = world.hello(World::connect_body("b", "r"));
    world.say(a.on, json!({"type": "nonsense"}));
    world.input(Input::Shutdown);
    let late = world.hello(World::connect_body("c", "r"));
    let mute = world.open();
    for on in [early, late] {
        assert_eq!(world.take_frames(on)[0]["type"], "busy");
    }
    world.beating.clear();
    world.pass(Duration::from_millis(500));
    assert_eq!(world.closed, [(mute, close::RESTART)].into(), "who says nothing is not waited for");
    world.pass(Duration::from_millis(1_499));
    assert_eq!(world.closed.len(), 1);
    world.pass(Duration::from_millis(1));
    assert_eq!((world.closed[&early], world.closed[&late]), (close::RESTART, close::RESTART));
    assert_eq!(world.closed[&a.on], close::NORMAL);
}

/// The SDK gives up (53000) when its socket is closed before it is in the room.
#[test]
fn who_connects_while_the_server_ends_is_let_in_and_comes_back_to_the_successor() {
    let mut world = World::new();
    let (early, greeted) = (world.open(), world.hello(json!({"type": "ice", "token": token("c", "r")})));
    world.take_frames(greeted);
    let a = world.join("a", "r");
    world.input(Input::Shutdown);
    assert_eq!(world.closed.keys().collect::<Vec<_>>(), [&a.on]);
    world.frame(early, &json!({"type": "hello", "id": "1", "timeout": 5000, "version": 2}));
    assert_eq!(world.take_frames(early), [json!({"type": "busy", "retryAfter": 250, "keepAlive": false})]);
    world.say(greeted, World::connect_body("c", "r"));
    let state = world.take_one(greeted);
    assert_eq!((&state["type"], world.closed[&greeted]), (&json!("connected"), close::RESTART));
    assert_eq!(state["participants"][0]["sid"], a.sid.as_str());
    world.kill(Duration::from_millis(100));
    let c =
        Seated { on: greeted, sid: String::new(), session: text(&state["session"]), state: state.clone() };
    let on = world.hello(World::sync_body(&c, "c", &json!([])));
    let synced = world.take(on).remove(0);
    assert_eq!(
        (&synced["type"], &synced["participant"]["sid"]),
        (&json!("synced"), &state["participant"]["sid"])
    );
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[test]
fn what_is_over_stays_over() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.say(b.on, json!({"type": "nonsense"}));
    world.take(b.on);
    world.take(a.on);
    world.say(b.on, World::connect_body("b", "r"));
    world.say(b.on, json!({"type": "nonsense"}));
    assert!(world.take_frames(b.on).is_empty());
    assert!(world.take(a.on).is_empty());
}
