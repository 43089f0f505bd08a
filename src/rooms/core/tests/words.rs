//! What clients say.

use super::world::START;
use crate::tokens::{self, Credentials};
use serde_json::{Value, json};
use std::{cell::RefCell, collections::BTreeMap, time::Duration};

pub fn credentials() -> Credentials {
    Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "a secret".into() }
}

/// Valid for an hour. Each is made once: the simulation needs the same ones again and again.
pub fn token(identity: &str, room: &str) -> String {
    thread_local! {
        static MINTED: RefCell<BTreeMap<(String, String), String>> = const { RefCell::new(BTreeMap::new()) };
    }
    let mint =
        || tokens::mint(&credentials(), identity, room, Duration::from_hours(1), START).expect("minted");
    MINTED.with_borrow_mut(|minted| {
        minted.entry((identity.to_owned(), room.to_owned())).or_insert_with(mint).clone()
    })
}

pub fn offer(id: &str, revision: u64) -> Value {
    json!({"id": id, "description": {"type": "offer", "revision": revision, "sdp": format!("offer of {id}")}})
}

pub fn answer(id: &str, revision: u64) -> Value {
    json!({"id": id, "description": {"type": "answer", "revision": revision, "sdp": "answer"}})
}

pub fn track(id: &str, name: &str) -> Value {
    json!({"id": id, "name": name, "kind": "video", "enabled": true, "priority": "standard"})
}
