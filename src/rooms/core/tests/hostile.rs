//! What no SDK says, and what it might have said but for some change, from outside and from inside.

use super::{model::Model, sdk::Sdk, simulation::Random, world::World};
use crate::rooms::core::{Input, Loss};
use serde_json::{Value, json};

/// What people are told who have no business here.
const REFUSALS: [&str; 3] = ["welcome", "error", "bad"];

impl Model {
    /// Somebody says what no SDK says.
    pub fn hostile(&mut self, seat: usize, random: &mut Random) {
        let session = self.seats.values().map(|seat| seat.sdk.session.clone()).next().unwrap_or_default();
        let pairs: Vec<String> = self.seats.values().flat_map(|seat| seat.sdk.pcs.keys().cloned()).collect();
        let foreign = pairs.first().cloned().unwrap_or_default();
        let peers: Value = ["offer", "answer", "close", "create-offer", "pranswer"]
            .iter()
            .map(|kind| json!({"id": foreign, "description": {"type": kind, "revision": 99, "sdp": ""}}))
            .collect();
        // From outside: a stranger learns nothing but that it is not welcome.
        let body = match random.below(4) {
            0 => json!({"type": "update", "session": session, "peer_connections": peers}),
            1 => json!({"type": "sync", "session": session, "token": "forged", "peer_connections": peers}),
            2 => json!({"type": "disconnect", "session": session}),
            _ => json!({"type": "connect", "token": "forged", "participant": {"revision": 1}}),
        };
        self.stranger(&hello(body).to_string());
        // From inside: about connections of another room, nothing comes of it; under another's name, it is the end.
        let Some((sdk, world)) = self.here(seat).filter(|(sdk, _)| sdk.is_joined()) else { return };
        let (own, on) = (sdk.session.clone(), sdk.on.expect("a socket"));
        if random.below(2) == 0 && !sdk.pcs.contains_key(&foreign) {
            sdk.said_at = world.now;
            world.say(on, json!({"type": "update", "session": own, "peer_connections": peers}));
        } else if own != session {
            world.say(on, json!({"type": "update", "session": session, "peer_connections": peers}));
            self.is_out(seat, 53004);
        }
    }

    /// Somebody without a valid token says what another one has said, but for some change.
    pub fn forge(&mut self, random: &mut Random) {
        if self.seats.is_empty() {
            return;
        }
        let nth = random.below(self.seats.len());
        let Some(other) = self.seats.values().nth(nth) else { return };
        let mut body = other.sdk.some_message(random);
        body["token"] = json!("forged");
        let mut frame = hello(body);
        for _ in 0..=random.below(3) {
            mutate(&mut frame["body"], random);
        }
        let text = garble(frame.to_string(), random);
        self.stranger(&text);
    }

    /// Somebody in a room says something that is almost right, and goes. What was right in it, others may hear.
    pub fn break_in(&mut self, seat: usize, random: &mut Random) {
        let Some((sdk, world)) = self.here(seat).filter(|(sdk, _)| sdk.is_joined()) else { return };
        let on = sdk.on.expect("a socket");
        let mut body = sdk.some_update();
        for _ in 0..=random.below(3) {
            mutate(&mut body, random);
        }
        let text = garble(json!({"type": "msg", "body": body}).to_string(), random);
        world.input(Input::Text(on, &text));
        sdk.deliver(world, 0, usize::MAX);
        let code = sdk.ended;
        assert!(code.is_none_or(|code| code == 53004), "{code:?} for {text}");
        if code.is_none() {
            self.leave(seat);
        } else if self.seats.remove(&seat).is_some() {
            self.vacated(self.names(seat).1, self.world.now);
        }
    }

    fn stranger(&mut self, text: &str) {
        let stranger = self.world.open();
        self.world.input(Input::Text(stranger, text));
        for frame in self.world.take_frames(stranger) {
            let kind = if frame["type"] == "msg" { &frame["body"]["type"] } else { &frame["type"] };
            assert!(REFUSALS.iter().any(|refusal| kind == refusal), "{frame} to {text}");
        }
        self.world.lose(stranger, Loss::Vanished);
    }
}

impl Sdk {
    /// One of the messages that it might say now.
    fn some_message(&self, random: &mut Random) -> Value {
        match random.below(5) {
            0 => World::connect_body(&self.identity, &self.room),
            1 | 2 => self.sync_body(),
            3 => self.some_update(),
            _ => json!({"type": random.pick(&["ice", "disconnect"]), "session": self.session}),
        }
    }

    fn some_update(&self) -> Value {
        let mut update = self.sync_body();
        update["type"] = json!("update");
        // Newer than what was said before, or it would not be looked into.
        update["participant"]["revision"] = json!(1_000_000);
        for peer in update["peer_connections"].as_array_mut().into_iter().flatten() {
            peer["ice"] = json!({"candidates": [{"of": self.identity}], "ufrag": "u", "revision": 1_000_000});
        }
        update
    }
}

fn hello(body: Value) -> Value {
    json!({"type": "hello", "id": "1", "timeout": 5000, "version": 2, "body": body})
}

/// Changes something somewhere in it.
fn mutate(value: &mut Value, random: &mut Random) {
    let inside = match value {
        Value::Object(fields) => fields.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    };
    if inside == 0 || random.below(6) == 0 {
        *value = junk(random);
        return;
    }
    let at = random.below(inside);
    match (value, random.below(6)) {
        (Value::Object(fields), deed) => {
            let Some(name) = fields.keys().nth(at).cloned() else { return };
            if deed == 0 {
                fields.remove(&name);
            } else if let Some(field) = fields.get_mut(&name) {
                mutate(field, random);
            }
        }
        (Value::Array(items), 0) => drop(items.remove(at)),
        (Value::Array(items), 1) => items.push(items[at].clone()),
        (Value::Array(items), _) => mutate(&mut items[at], random),
        _ => {}
    }
}

fn junk(random: &mut Random) -> Value {
    match random.below(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(u64::MAX),
        4 => json!(1e300),
        5 => json!(0.5),
        6 => json!(""),
        7 => json!("\u{0}\u{202e}\u{1f989}"),
        8 => json!("x".repeat(random.pick(&[129, 2_000]))),
        9 => json!([]),
        10 => json!({}),
        11 => json!([[[[null]]]]),
        12 => {
            json!(random.pick(&["offer", "answer", "close", "create-offer", "rollback", "connect", "sync"]))
        }
        _ => json!(random.below(1000)),
    }
}

/// Cuts a text off, or puts something into it, once in four times.
fn garble(mut text: String, random: &mut Random) -> String {
    let at = random.below(text.len());
    if text.is_char_boundary(at) {
        match random.below(8) {
            0 => text.truncate(at),
            1 => text.insert_str(at, random.pick(&["\"", "}", "\u{0}", "\\u", ","])),
            _ => {}
        }
    }
    text
}
