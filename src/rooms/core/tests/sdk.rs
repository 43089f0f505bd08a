//! A client that does with messages what the SDK does: keeps who is there by revision, queues while it is away, and
//! negotiates.
//!
//! Source: SDK modules `signaling/v2/room.js` (`_update`) and `signaling/v2/twilioconnectiontransport.js`
//! (`reduceUpdates`, `setupTransport`).

use super::{
    pc::Pc,
    world::{World, token, track},
};
use crate::rooms::core::ConnectionId;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

#[derive(Debug, Default)]
pub struct Sdk {
    pub identity: String,
    pub room: String,
    pub on: Option<ConnectionId>,
    pub session: String,
    pub sid: String,
    revision: u64,
    pub tracks: Vec<String>,
    /// Those of which the server has heard.
    pub told: BTreeSet<String>,
    /// By SID: identity, state, revision, tracks.
    pub participants: BTreeMap<String, Remote>,
    pub subscribed: BTreeSet<String>,
    subscribed_revision: u64,
    published_revision: u64,
    pub published: BTreeSet<String>,
    pub pcs: BTreeMap<String, Pc>,
    closed: BTreeSet<String>,
    /// Whether the server has answered on this socket.
    is_connected: bool,
    /// Said before that.
    queue: Vec<Value>,
    /// When the server last heard something of it that was no sign of life only.
    pub said_at: Duration,
    /// Said, and not yet with the server. Lost with the socket.
    outbox: Vec<Value>,
    /// The error with which the call ended; 0 for none.
    pub ended: Option<u64>,
}

#[derive(Debug)]
pub struct Remote {
    pub identity: String,
    pub state: String,
    revision: u64,
    pub tracks: BTreeSet<String>,
}

impl Sdk {
    pub fn connect(world: &mut World, identity: &str, room: &str) -> Self {
        let mut sdk = Self { identity: identity.into(), room: room.into(), ..Self::default() };
        sdk.publish();
        sdk.queue.clear();
        let (first, mut pc) = (format!("{identity}-{}", world.opened), Pc::new(identity));
        pc.offer();
        let peers = json!([pc.state(&first)]);
        sdk.pcs.insert(first, pc);
        sdk.told = sdk.tracks.iter().cloned().collect();
        let body = json!({"type": "connect", "token": token(identity, room), "name": room,
                          "participant": sdk.own(), "peer_connections": peers});
        sdk.on = Some(world.hello_in(room, body));
        sdk
    }

    fn own(&self) -> Value {
        let tracks: Vec<Value> = self.tracks.iter().map(|id| track(id, id)).collect();
        json!({"revision": self.revision, "tracks": tracks})
    }

    fn say(&mut self, peers: &[Value]) {
        let update = json!({"type": "update", "participant": self.own(), "peer_connections": peers});
        if self.is_connected { &mut self.outbox } else { &mut self.queue }.push(update);
    }

    /// Says something about each connection, where there is something to say.
    fn say_of_each(&mut self, mut what: impl FnMut(&mut Pc, &str) -> Option<Value>) {
        let said: Vec<Value> = self.pcs.iter_mut().filter_map(|(id, pc)| what(pc, id)).collect();
        for peer in said {
            self.say(&[peer]);
        }
    }

    /// Publishes one more track.
    pub fn publish(&mut self) {
        self.revision += 1;
        self.tracks.push(format!("{}:track{}", self.identity, self.revision));
        self.say(&[]);
        self.say_of_each(Pc::renegotiate);
    }

    /// Takes the oldest track back.
    pub fn unpublish(&mut self) {
        if self.tracks.len() > 1 {
            self.revision += 1;
            self.tracks.remove(0);
            self.say(&[]);
            self.say_of_each(Pc::renegotiate);
        }
    }

    /// Each connection finds one more candidate.
    pub fn gather(&mut self) {
        self.say_of_each(Pc::gather);
    }

    /// The network has changed.
    pub fn restart_ice(&mut self) {
        self.say_of_each(Pc::restart_ice);
    }

    /// The socket is lost, and what was on its way in both directions.
    pub fn lose(&mut self, world: &mut World) {
        if let Some(on) = self.on.take() {
            world.take(on);
        }
        self.is_connected = false;
        self.outbox.clear();
    }

    pub fn sync(&mut self, world: &mut World) {
        self.told = self.tracks.iter().cloned().collect();
        let body = self.sync_body();
        self.on = Some(world.hello_in(&self.room, body));
    }

    /// With what it comes back.
    pub fn sync_body(&self) -> Value {
        let peers: Vec<Value> = self.pcs.iter().map(|(id, pc)| pc.state(id)).collect();
        json!({"type": "sync", "session": self.session, "participant": self.own(),
               "token": token(&self.identity, &self.room), "peer_connections": peers})
    }

    /// Delivers what is on its way in both directions. True if anything was.
    pub fn pump(&mut self, world: &mut World) -> bool {
        self.deliver(world, usize::MAX, usize::MAX)
    }

    /// Delivers at most so many messages to the server and from it.
    pub fn deliver(&mut self, world: &mut World, out: usize, back: usize) -> bool {
        let Some(on) = self.on else { return false };
        let outgoing: Vec<Value> = self.outbox.drain(..out.min(self.outbox.len())).collect();
        let mut moved = !outgoing.is_empty();
        if moved {
            self.said_at = world.now;
        }
        for mut message in outgoing {
            message["session"] = json!(self.session);
            if !world.closed.contains_key(&on) {
                self.told = ids(&message["participant"]["tracks"]);
            }
            world.say(on, message);
        }
        for message in world.take_some(on, back) {
            moved = true;
            self.hear(&message);
        }
        moved
    }

    /// The `connect` that is repeated when its answer was too slow.
    pub fn is_joined(&self) -> bool {
        !self.session.is_empty()
    }

    fn hear(&mut self, message: &Value) {
        match message["type"].as_str() {
            Some("error") => self.ended = message["code"].as_u64(),
            Some("disconnected") => self.ended = Some(0),
            Some("connected" | "synced") => {
                self.is_connected = true;
                if let Some(update) = reduce(std::mem::take(&mut self.queue)) {
                    self.outbox.push(update);
                }
                self.update(message);
            }
            Some("update") => self.update(message),
            other => panic!("unknown message {other:?}"),
        }
        if self.ended.is_some() {
            self.on = None;
        }
    }

    fn update(&mut self, message: &Value) {
        let is_synced = message["type"] == "synced";
        if let Some(session) = message["session"].as_str() {
            session.clone_into(&mut self.session);
            self.sid = text(&message["participant"]["sid"]);
        }
        if let Some(revision) = newer(&message["subscribed"], &mut self.subscribed_revision) {
            self.subscribed = ids(&revision["tracks"]);
        }
        if let Some(revision) = newer(&message["published"], &mut self.published_revision) {
            self.published = ids(&revision["tracks"]);
        }
        let mut kept = BTreeSet::new();
        for view in list(&message["participants"]) {
            let (sid, revision) = (text(&view["sid"]), view["revision"].as_u64().expect("a revision"));
            kept.insert(sid.clone());
            if self.participants.get(&sid).is_none_or(|known| known.revision < revision) {
                let tracks = list(&view["tracks"]).iter().map(|track| text(&track["name"])).collect();
                let (identity, state) = (text(&view["identity"]), text(&view["state"]));
                self.participants.insert(sid, Remote { identity, state, revision, tracks });
            }
        }
        let peers = list(&message["peer_connections"]);
        if is_synced {
            self.participants.retain(|sid, _| kept.contains(sid));
            let listed: BTreeSet<&str> = peers.iter().filter_map(|peer| peer["id"].as_str()).collect();
            self.pcs.retain(|id, _| listed.contains(id.as_str()));
        }
        for peer in peers {
            self.hear_of_peer(&peer);
        }
    }

    fn hear_of_peer(&mut self, peer: &Value) {
        let id = text(&peer["id"]);
        if self.closed.contains(&id) {
            return;
        }
        let mut said = Vec::new();
        let pc = self.pcs.entry(id.clone()).or_insert_with(|| Pc::new(&self.identity));
        pc.hear_ice(&peer["ice"]);
        if !pc.hear(&id, &peer["description"], &mut said) {
            self.pcs.remove(&id);
            self.closed.insert(id);
        }
        for peer in said {
            self.say(&[peer]);
        }
    }

    /// The identities that it sees, and whether each is there now.
    pub fn sees(&self) -> BTreeMap<String, bool> {
        let there = self.participants.values().filter(|other| other.state != "disconnected");
        there.map(|other| (other.identity.clone(), other.state == "connected")).collect()
    }
}

impl Sdk {
    /// Both see each other's tracks, and have one connection on which they agree.
    pub fn assert_meets(&self, other: &Self) {
        let seen = self.participants.get(&other.sid).expect("the other");
        assert_eq!(seen.tracks, other.tracks.iter().cloned().collect(), "tracks of {}", other.identity);
        let shared: Vec<&String> = self.pcs.keys().filter(|id| other.pcs.contains_key(*id)).collect();
        assert_eq!(shared.len(), 1, "{} and {}: {shared:?}", self.identity, other.identity);
        self.pcs[shared[0]].assert_agrees_with(&other.pcs[shared[0]]);
    }
}

/// Several updates become one: of each connection the newest description and the newest candidates.
fn reduce(updates: Vec<Value>) -> Option<Value> {
    let mut updates = updates.into_iter();
    let mut reduced = updates.next()?;
    let mut peers: Vec<Value> = Vec::new();
    let mut add = |update: &Value| {
        for peer in list(&update["peer_connections"]) {
            let Some(known) = peers.iter_mut().find(|known| known["id"] == peer["id"]) else {
                peers.push(peer);
                continue;
            };
            for part in ["description", "ice"] {
                if peer[part]["revision"].as_u64() > known[part]["revision"].as_u64() {
                    known[part] = peer[part].clone();
                }
            }
        }
    };
    add(&reduced);
    for update in updates {
        add(&update);
        if update["participant"]["revision"].as_u64() > reduced["participant"]["revision"].as_u64() {
            reduced["participant"] = update["participant"].clone();
        }
    }
    reduced["peer_connections"] = json!(peers);
    Some(reduced)
}

/// A list that is newer than the one that was known.
fn newer<'a>(list: &'a Value, known: &mut u64) -> Option<&'a Value> {
    let revision = list["revision"].as_u64().filter(|revision| revision > known)?;
    *known = revision;
    Some(list)
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn ids(tracks: &Value) -> BTreeSet<String> {
    list(tracks).iter().map(|track| text(&track["id"])).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
