//! A peer connection that does with descriptions and candidates what the SDK's does.
//!
//! Source: SDK modules `signaling/v2/peerconnection.js` (`_updateDescription`, `_handleGlare`, `offer`, `getState`,
//! `_handleIceCandidateEvent`) and `signaling/v2/icebox.js`. A browser's descriptions carry the candidates that it has
//! gathered before for the same ICE generation.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many candidates a generation has.
const CANDIDATES: usize = 2;

#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the SDK keeps its state in flags, and they are named after it"
)]
pub struct Pc {
    /// Whose it is; part of its ufrags.
    owner: String,
    revision: u64,
    stable: u64,
    pub offering: bool,
    wants_offer: bool,
    wants_restart: bool,
    is_restarting: bool,
    local: Option<(&'static str, String)>,
    queued: Option<Value>,
    /// Of the local description, of the last negotiated one, and of the newest.
    generation: u32,
    stable_generation: u32,
    newest_generation: u32,
    /// By generation.
    gathered: BTreeMap<u32, usize>,
    complete: BTreeSet<u32>,
    /// How many had been gathered when the local description was set.
    gathered_before: usize,
    ice_revision: u64,
    remote_ufrag: String,
    /// The candidates of the other's current generation.
    known: BTreeSet<String>,
    icebox: BTreeMap<String, (u64, Vec<Value>)>,
    /// How many negotiations it has begun.
    pub offers: u32,
}

impl Pc {
    pub fn new(owner: &str) -> Self {
        Self { owner: owner.into(), ..Self::default() }
    }

    /// What a `sync` and a new description say.
    pub fn state(&self, id: &str) -> Value {
        let Some((kind, sdp)) = &self.local else { return json!({ "id": id }) };
        let revision = if *kind == "answer" { self.stable } else { self.revision };
        json!({"id": id, "description": {"type": kind, "revision": revision, "sdp": sdp}})
    }

    fn ufrag(&self) -> String {
        format!("{}/{}", self.owner, self.generation)
    }

    fn candidates(&self) -> Vec<String> {
        let count = self.gathered.get(&self.generation).copied().unwrap_or_default();
        (0..count).map(|n| format!("{}#{n}", self.ufrag())).collect()
    }

    fn set_local(&mut self, kind: &'static str) {
        let candidates = self.candidates();
        let lines: Vec<String> =
            candidates.iter().map(|candidate| format!("a=candidate:{candidate}")).collect();
        let lines = lines.join("\n");
        self.local = Some((kind, format!("v=0\na=ice-ufrag:{}\n{lines}", self.ufrag())));
        self.gathered_before = candidates.len();
    }

    pub fn offer(&mut self) {
        if std::mem::take(&mut self.wants_restart) {
            self.is_restarting = true;
            self.newest_generation += 1;
            self.generation = self.newest_generation;
        }
        self.revision += 1;
        self.offers += 1;
        self.offering = true;
        self.wants_offer = false;
        self.set_local("offer");
    }

    /// Something has to be negotiated. What to say, if that is possible now.
    pub fn renegotiate(&mut self, id: &str) -> Option<Value> {
        if self.offering {
            self.wants_offer = true;
            return None;
        }
        self.offer();
        Some(self.state(id))
    }

    /// ICE has failed. What to say, if anything can be done now.
    pub fn restart_ice(&mut self, id: &str) -> Option<Value> {
        if self.stable == 0 {
            return None;
        }
        self.wants_restart = true;
        self.renegotiate(id)
    }

    fn answer(&mut self) {
        self.offering = false;
        self.stable = self.revision;
        self.stable_generation = self.generation;
        self.set_local("answer");
    }

    /// The browser has found one more candidate, or the end of them. What to say.
    pub fn gather(&mut self, id: &str) -> Option<Value> {
        self.local.as_ref()?;
        let count = self.gathered.entry(self.generation).or_default();
        let is_complete = *count == CANDIDATES;
        if is_complete {
            if !self.complete.insert(self.generation) {
                return None;
            }
        } else {
            *count += 1;
        }
        let fresh = self.candidates().split_off(self.gathered_before);
        self.ice_revision += 1;
        let mut ice = json!({"candidates": fresh, "ufrag": self.ufrag(), "revision": self.ice_revision});
        if is_complete {
            ice["complete"] = json!(true);
        }
        Some(json!({"id": id, "ice": ice}))
    }

    /// Whether it knows all that the other has gathered, and both agree.
    pub fn assert_agrees_with(&self, other: &Self) {
        assert!(!self.offering, "settled: {self:?} with {other:?}");
        assert_eq!(self.stable, other.stable, "both have settled the same");
        assert_eq!(self.remote_ufrag, other.ufrag());
        for candidate in other.candidates() {
            assert!(self.known.contains(&candidate), "{} knows {candidate}: {:?}", self.owner, self.known);
        }
    }

    pub fn hear_ice(&mut self, ice: &Value) {
        let (Some(ufrag), Some(revision)) = (ice["ufrag"].as_str(), ice["revision"].as_u64()) else { return };
        let candidates = ice["candidates"].as_array().cloned().unwrap_or_default();
        let before = self.icebox.get(ufrag);
        if before.is_some_and(|before| before.0 >= revision) {
            return;
        }
        let length = before.map_or(0, |before| before.1.len());
        if ufrag == self.remote_ufrag {
            self.known.extend(texts(candidates.get(length..).unwrap_or_default()));
        }
        self.icebox.insert(ufrag.to_owned(), (revision, candidates));
    }

    fn set_remote(&mut self, description: &Value) {
        let sdp = description["sdp"].as_str().unwrap_or_default();
        let value = |prefix: &'static str| sdp.lines().filter_map(move |line| line.strip_prefix(prefix));
        let ufrag = value("a=ice-ufrag:").next().unwrap_or_default().to_owned();
        if ufrag != self.remote_ufrag {
            self.known.clear();
            self.remote_ufrag = ufrag;
        }
        self.known.extend(value("a=candidate:").map(str::to_owned));
        if let Some((_, candidates)) = self.icebox.get(&self.remote_ufrag) {
            self.known.extend(texts(candidates));
        }
    }

    /// Takes a description. False if it closes the connection.
    pub fn hear(&mut self, id: &str, description: &Value, said: &mut Vec<Value>) -> bool {
        let revision = description["revision"].as_u64().unwrap_or_default();
        let is_one = description["sdp"].as_str().is_some_and(|sdp| sdp.contains("a=ice-ufrag:"));
        if !is_one && matches!(description["type"].as_str(), Some("offer" | "answer")) {
            // Somebody's who means harm. A browser cannot read it either.
            return true;
        }
        match description["type"].as_str() {
            Some("close") => return false,
            Some("answer") if self.offering && revision == self.revision => {
                self.set_remote(description);
                self.offering = false;
                self.is_restarting = false;
                self.stable = revision;
                self.stable_generation = self.generation;
                self.go_on(id, said);
            }
            Some("create-offer" | "offer") if revision <= self.stable => {}
            Some("create-offer") if self.offering => self.queued = Some(description.clone()),
            Some("offer") if self.offering && self.stable == 0 => self.queued = Some(description.clone()),
            Some("create-offer") => {
                self.revision = revision;
                self.offer();
                said.push(self.state(id));
            }
            Some("offer") => {
                let is_glare = self.offering;
                if is_glare {
                    self.wants_restart |= std::mem::take(&mut self.is_restarting);
                    self.generation = self.stable_generation;
                }
                self.revision = revision;
                self.set_remote(description);
                self.answer();
                said.push(self.state(id));
                self.wants_offer |= is_glare;
                self.go_on(id, said);
            }
            _ => {}
        }
        true
    }

    /// After a negotiation: what had to wait for its end.
    fn go_on(&mut self, id: &str, said: &mut Vec<Value>) {
        if let Some(queued) = self.queued.take() {
            self.hear(id, &queued, said);
        }
        if self.wants_offer && !self.offering {
            self.offer();
            said.push(self.state(id));
        }
    }
}

fn texts(values: &[Value]) -> impl Iterator<Item = String> {
    values.iter().filter_map(|value| value.as_str().map(str::to_owned))
}
