//! Whatever clients say: no panic, nothing for those in another room, and nothing kept when all are gone.
//!
//! An input is a dialogue, one thing a line: who (`a` and `b` are in a room, `c` has just opened a socket) and the text that they send.
//! `$A`, `$B` are the sessions of the first two, `$C` a token for the third: a fuzzer cannot guess them.

use super::world::{World, token};
use crate::{
    fuzzing::mutate,
    rooms::core::{ConnectionId, Input, Loss},
};
use std::time::Duration;

/// The corpus: dialogues as the SDK holds them.
const DIALOGUES: [&str; 4] = [
    include_str!("__fuzz__/rooms__core__tests__fuzz__dialogues/corpus/connect"),
    include_str!("__fuzz__/rooms__core__tests__fuzz__dialogues/corpus/ice"),
    include_str!("__fuzz__/rooms__core__tests__fuzz__dialogues/corpus/sync"),
    include_str!("__fuzz__/rooms__core__tests__fuzz__dialogues/corpus/update"),
];

fn hold(dialogue: &str) {
    let mut world = World::with(10);
    let stranger = world.join("z", "blue");
    let (a, b) = (world.join("a", "red"), world.join("b", "red"));
    let c = world.open();
    world.take_frames(stranger.on);
    for line in dialogue.lines() {
        let Some((who, text)) = line.split_once(' ') else { continue };
        let text = text.replace("$A", &a.session).replace("$B", &b.session).replace("$C", &token("c", "red"));
        let from = match who {
            "a" => a.on,
            "b" => b.on,
            _ => c,
        };
        if !world.closed.contains_key(&from) {
            world.input(Input::Text(from, &text));
        }
    }
    assert!(world.take(stranger.on).is_empty(), "heard of another room");
    for on in (1..=world.opened).map(ConnectionId) {
        if !world.closed.contains_key(&on) {
            world.lose(on, Loss::Vanished);
        }
    }
    world.pass(Duration::from_mins(1));
    world.assert_empty();
}

#[test]
fn dialogues() {
    bolero::check!().for_each(|bytes| hold(&String::from_utf8_lossy(bytes)));
}

#[test]
fn dialogues_that_are_nearly_right() {
    bolero::check!().with_iterations(2000).for_each(|choices| hold(&mutate(&DIALOGUES, choices)));
}
