//! What is kept of rooms: read back, cut short, damaged.

use super::{
    restarting::{back, pair, room_book, secs},
    world::{World, answer, offer},
};
use crate::rooms::core::{Book, ids::RoomSid};
use serde_json::{Value, json};
use std::time::Duration;

#[test]
fn a_line_that_was_being_written_does_not_count() {
    let mut world = World::new();
    let (a, _) = pair(&mut world);
    let book = room_book(&world);
    world.books.get_mut(&book).expect("kept").push_str("[{\"left\":\"PA00");
    world.kill(secs(1));
    assert_eq!(back(&mut world, &a, "a", &json!([]))[0]["participants"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_book_can_be_cut_off_after_every_line() {
    let mut world = World::new();
    pair(&mut world);
    let whole = world.books[&room_book(&world)].clone();
    assert!(whole.lines().count() > 4, "{whole}");
    for length in 1..whole.lines().count() {
        let mut cut = World::new();
        let text: String = whole.split_inclusive('\n').take(length).collect();
        cut.books.insert(room_book(&world), text);
        cut.kill(secs(1));
        cut.pass(secs(60));
        cut.assert_empty();
    }
}

#[test]
fn a_book_that_makes_no_sense_is_refused_whole() {
    let mut world = World::new();
    pair(&mut world);
    let book = room_book(&world);
    let good = world.books[&book].clone();
    let first = good.lines().next().expect("a room");
    let newer = first.replace("\"version\":1", "\"version\":2");
    let stranger = Book::Room(RoomSid(999));
    for (book, text) in [
        (book, "nonsense\n".to_owned()),
        (book, format!("{first}\nnonsense\n")),
        (book, format!("{first}\n[{{\"unheard_of\":1}}]\n")),
        (book, good.split_inclusive('\n').skip(1).collect()),
        (book, format!("{newer}\n")),
        (book, String::new()),
        (stranger, good.clone()),
    ] {
        let mut fresh = World::new();
        let now = crate::rooms::core::Now { monotonic: Duration::ZERO, unix: 0, uptime: None };
        assert!(fresh.core.restore(book, &text, now).is_err(), "{text}");
        fresh.assert_empty();
    }
}

#[test]
fn a_snapshot_says_the_same_as_all_that_was_written() {
    let mut world = World::new();
    let (a, b) = pair(&mut world);
    world.join("c", "r");
    world.update(&b, json!([offer("first-of-b", 2)]));
    world.update(&a, json!([answer("first-of-b", 2)]));
    let book = room_book(&world);
    let snapshot = world.core.snapshot(book).expect("a room");
    assert!(snapshot.len() < world.books[&book].len());
    world.kill(secs(1));
    // The restart reserves new revisions, which is all that differs.
    let records = |text: &str| {
        let mut all: Vec<Value> = serde_json::from_str(text).expect("one line");
        all.retain(|record| record.get("revision").is_none());
        all
    };
    let restored = world.core.snapshot(book).expect("a room");
    assert_eq!(records(&restored), records(&snapshot));
    assert!(snapshot.contains("first-of-c") && snapshot.contains("\"candidates\""));
}
