//! A client that does with messages what the SDK does: keeps who is there by revision, and negotiates.
//!
//! Source: SDK modules `signaling/v2/room.js` (`_update`) and `signaling/v2/peerconnection.js` (`_updateDescription`).

use super::world::{World, token, track};
use crate::rooms::core::ConnectionId;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub struct Pc {
    revision: u64,
    stable: u64,
    pub offering: bool,
    wants_offer: bool,
    local: Option<&'static str>,
    queued: Option<Value>,
}

#[derive(Debug, Default)]
pub struct Sdk {
    pub identity: String,
    pub room: String,
    pub on: Option<ConnectionId>,
    session: String,
    revision: u64,
    pub tracks: Vec<String>,
    /// By SID: identity, state, revision.
    pub participants: BTreeMap<String, (String, String, u64)>,
    pub subscribed: BTreeSet<String>,
    subscribed_revision: u64,
    pub pcs: BTreeMap<String, Pc>,
    closed: BTreeSet<String>,
    /// Said, and not yet on the wire. Lost with the socket.
    outbox: Vec<Value>,
    /// The error with which the call ended; 0 for none.
    pub ended: Option<u64>,
}

impl Sdk {
    pub fn connect(world: &mut World, identity: &str, room: &str) -> Self {
        let mut sdk = Self { identity: identity.into(), room: room.into(), ..Self::default() };
        sdk.publish();
        let (first, mut pc) = (format!("{identity}-{}", world.opened), Pc::default());
        pc.offer();
        let peers = json!([pc.state(&first)]);
        sdk.pcs.insert(first, pc);
        sdk.on = Some(world.hello(json!({"type": "connect", "token": token(identity, room), "name": room,
                                         "participant": sdk.own(), "peer_connections": peers})));
        sdk
    }

    fn own(&self) -> Value {
        let tracks: Vec<Value> = self.tracks.iter().map(|id| track(id, id)).collect();
        json!({"revision": self.revision, "tracks": tracks})
    }

    fn say(&mut self, peers: &[Value]) {
        let update = json!({"type": "update", "participant": self.own(),
                            "peer_connections": peers});
        self.outbox.push(update);
    }

    /// Publishes one more track.
    pub fn publish(&mut self) {
        self.revision += 1;
        self.tracks.push(format!("{}:track{}", self.identity, self.revision));
        self.say(&[]);
        let mut said = Vec::new();
        for (id, pc) in &mut self.pcs {
            if pc.offering {
                pc.wants_offer = true;
            } else {
                pc.offer();
                said.push(pc.state(id));
            }
        }
        self.say(&said);
    }

    pub fn sync(&mut self, world: &mut World) {
        let peers: Vec<Value> = self.pcs.iter().map(|(id, pc)| pc.state(id)).collect();
        self.outbox.clear();
        self.on =
            Some(world.hello(json!({"type": "sync", "session": self.session, "participant": self.own(),
            "token": token(&self.identity, &self.room), "peer_connections": peers})));
    }

    /// Delivers what is on its way in both directions. True if anything was.
    pub fn pump(&mut self, world: &mut World) -> bool {
        let Some(on) = self.on else { return false };
        let outgoing = if self.session.is_empty() { vec![] } else { std::mem::take(&mut self.outbox) };
        let mut moved = !outgoing.is_empty();
        for mut message in outgoing {
            message["session"] = json!(self.session);
            world.say(on, message);
        }
        for message in world.take(on) {
            moved = true;
            self.hear(&message);
        }
        moved
    }

    fn hear(&mut self, message: &Value) {
        match message["type"].as_str() {
            Some("error") => self.ended = message["code"].as_u64(),
            Some("disconnected") => self.ended = Some(0),
            Some("connected" | "synced" | "update") => self.update(message),
            other => panic!("unknown message {other:?}"),
        }
        if self.ended.is_some() {
            self.on = None;
        }
    }

    fn update(&mut self, message: &Value) {
        let is_synced = message["type"] == "synced";
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        if let Some(session) = message["session"].as_str() {
            session.clone_into(&mut self.session);
        }
        if let Some(revision) =
            message["subscribed"]["revision"].as_u64().filter(|r| *r > self.subscribed_revision)
        {
            self.subscribed_revision = revision;
            self.subscribed = list(&message["subscribed"]["tracks"]).iter().map(|t| text(&t["id"])).collect();
        }
        let mut kept = BTreeSet::new();
        for view in list(&message["participants"]) {
            let (sid, revision) = (text(&view["sid"]), view["revision"].as_u64().expect("a revision"));
            kept.insert(sid.clone());
            if self.participants.get(&sid).is_none_or(|known| known.2 < revision) {
                self.participants.insert(sid, (text(&view["identity"]), text(&view["state"]), revision));
            }
        }
        let peers = list(&message["peer_connections"]);
        if is_synced {
            self.participants.retain(|sid, _| kept.contains(sid));
            let listed: BTreeSet<&str> = peers.iter().filter_map(|peer| peer["id"].as_str()).collect();
            self.pcs.retain(|id, _| listed.contains(id.as_str()));
        }
        for peer in peers {
            let id = text(&peer["id"]);
            if self.closed.contains(&id) {
                continue;
            }
            let mut said = Vec::new();
            let is_open = self.pcs.entry(id.clone()).or_default().hear(&id, &peer["description"], &mut said);
            if !is_open {
                self.pcs.remove(&id);
                self.closed.insert(id);
            }
            self.say(&said);
        }
    }

    /// The identities that it sees, and whether each is there now.
    pub fn sees(&self) -> BTreeMap<String, bool> {
        let there = self.participants.values().filter(|(_, state, _)| state != "disconnected");
        there.map(|(identity, state, _)| (identity.clone(), state == "connected")).collect()
    }
}

impl Pc {
    fn state(&self, id: &str) -> Value {
        let Some(kind) = self.local else { return json!({ "id": id }) };
        let revision = if kind == "answer" { self.stable } else { self.revision };
        json!({"id": id, "description": {"type": kind, "revision": revision, "sdp": format!("{kind} on {id}")}})
    }

    fn offer(&mut self) {
        self.revision += 1;
        self.offering = true;
        self.wants_offer = false;
        self.local = Some("offer");
    }

    fn answer(&mut self) {
        self.offering = false;
        self.stable = self.revision;
        self.local = Some("answer");
    }

    /// Takes a description. False if it closes the connection.
    fn hear(&mut self, id: &str, description: &Value, said: &mut Vec<Value>) -> bool {
        let revision = description["revision"].as_u64().unwrap_or_default();
        match description["type"].as_str() {
            Some("close") => return false,
            Some("answer") if self.offering && revision == self.revision => {
                self.offering = false;
                self.stable = revision;
                if let Some(queued) = self.queued.take() {
                    self.hear(id, &queued, said);
                }
                if self.wants_offer && !self.offering {
                    self.offer();
                    said.push(self.state(id));
                }
            }
            Some("create-offer" | "offer") if revision <= self.stable => {}
            Some("create-offer" | "offer") if self.offering && self.stable == 0 => {
                self.queued = Some(description.clone());
            }
            Some("create-offer") if self.offering => self.queued = Some(description.clone()),
            Some("create-offer") => {
                self.revision = revision;
                self.offer();
                said.push(self.state(id));
            }
            Some("offer") => {
                let is_glare = self.offering;
                self.revision = revision;
                self.answer();
                said.push(self.state(id));
                if is_glare || self.wants_offer {
                    self.offer();
                    said.push(self.state(id));
                }
            }
            _ => {}
        }
        true
    }
}
