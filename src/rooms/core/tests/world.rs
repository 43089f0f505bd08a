//! A core, its time, and everything that its clients were told.

pub use super::words::{answer, credentials, offer, token, track};

use crate::{
    rooms::{
        AdHocRooms, Limits, RoomsConfig,
        core::{Book, ConnectionId, Core, CreateError, Input, Loss, Now, Output, RoomSid, StatusEvent},
    },
    tokens::IceServers,
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

pub const START: u64 = 1_700_000_000;

/// A core, its time, and everything that its clients were told.
pub struct World {
    pub core: Core,
    pub now: Duration,
    /// How much its wall clock is ahead of that, in seconds.
    skew: i64,
    /// Which start of its machine it is. More than JSON's own numbers hold.
    boot: u128,
    pub frames: BTreeMap<ConnectionId, Vec<Value>>,
    pub closed: BTreeMap<ConnectionId, u16>,
    pub closed_at: BTreeMap<ConnectionId, Duration>,
    /// Those that send heartbeats while time passes.
    pub beating: BTreeSet<ConnectionId>,
    /// Those that answer pings.
    pub ponging: BTreeSet<ConnectionId>,
    pub pings: BTreeMap<ConnectionId, u32>,
    pub opened: u64,
    pub events: Vec<StatusEvent>,
    pub created: Option<Result<RoomSid, CreateError>>,
    /// Words that are said only in one room each, and in which room who is.
    pub fenced: Vec<&'static str>,
    rooms_of: BTreeMap<ConnectionId, String>,
    /// What is kept, as on a disk.
    pub books: BTreeMap<Book, String>,
    config: RoomsConfig,
    drawn: Arc<AtomicU64>,
}

/// Somebody in a room.
#[derive(Debug, Clone)]
pub struct Seated {
    pub on: ConnectionId,
    pub sid: String,
    pub session: String,
    pub state: Value,
}

/// Its random numbers are counted, over restarts too.
fn new_core(config: &RoomsConfig, limits: Limits, drawn: &Arc<AtomicU64>) -> Core {
    let drawn = Arc::clone(drawn);
    let random = Box::new(move || u128::from(drawn.fetch_add(1, Ordering::Relaxed) + 1));
    Core::new(config.clone(), limits, credentials(), random)
}

impl World {
    pub fn new() -> Self {
        Self::with(3)
    }

    /// Sessions last 30 s, those of pages that went away 4 s.
    pub fn with(max_participants: usize) -> Self {
        let config = RoomsConfig {
            session_timeout: Duration::from_secs(30),
            gone_timeout: Duration::from_secs(4),
            max_participants,
            ice_servers: IceServers::default(),
            ad_hoc: AdHocRooms::Any,
        };
        let drawn = Arc::new(AtomicU64::new(0));
        Self {
            core: new_core(&config, Limits::default(), &drawn),
            now: Duration::ZERO,
            skew: 0,
            boot: u128::MAX / 2,
            frames: BTreeMap::new(),
            closed: BTreeMap::new(),
            closed_at: BTreeMap::new(),
            beating: BTreeSet::new(),
            ponging: BTreeSet::new(),
            pings: BTreeMap::new(),
            opened: 0,
            events: Vec::new(),
            created: None,
            fenced: Vec::new(),
            rooms_of: BTreeMap::new(),
            books: BTreeMap::new(),
            config,
            drawn,
        }
    }

    /// The process is killed, and started again after a while. Nobody hears anything of it but the loss of their socket.
    pub fn kill(&mut self, outage: Duration) {
        self.kill_with(Limits::default(), outage, outage);
    }

    /// The same, and the wall clock is put right, or wrong, before it is started again. Returns
    /// for how long it takes the outage: by the time of the machine, if that was not started anew as well.
    pub fn kill_and_jump(&mut self, outage: Duration, seconds: i64, is_new_boot: bool) -> Duration {
        self.jump(seconds);
        if !is_new_boot {
            self.kill(outage);
            return outage;
        }
        let by = Duration::from_secs(seconds.unsigned_abs());
        let seems = if seconds < 0 { outage.saturating_sub(by) } else { outage + by };
        self.boot += 1;
        self.kill_with(Limits::default(), outage, seems);
        seems
    }

    /// The wall clock jumps.
    pub fn jump(&mut self, seconds: i64) {
        self.skew += seconds;
    }

    pub fn clock(&self) -> Now {
        let uptime = crate::rooms::core::Uptime { boot: self.boot, since: self.now };
        Now { monotonic: self.now, unix: self.unix(), uptime: Some(uptime) }
    }

    /// What another process would make of the rooms that are kept.
    pub fn reread(&self) -> Vec<(Book, String)> {
        let mut fresh = new_core(&self.config, Limits::default(), &Arc::new(AtomicU64::new(0)));
        let rooms = self.books.iter().filter(|(book, _)| **book != Book::Ended);
        let reread = rooms.map(|(book, text)| {
            fresh.restore(*book, text, self.clock()).expect("whole books");
            (*book, fresh.snapshot(*book).expect("a room"))
        });
        reread.collect()
    }

    fn kill_with(&mut self, limits: Limits, outage: Duration, seems: Duration) {
        self.beating.clear();
        self.ponging.clear();
        self.now += outage;
        self.core = new_core(&self.config, limits, &self.drawn);
        let now = self.clock();
        for (book, text) in &self.books {
            self.core.restore(*book, text, now).expect("whole books");
        }
        self.input(Input::Restarted { outage: Some(seems) });
        self.compact();
    }

    /// Writes all books whole.
    pub fn compact(&mut self) {
        let Self { books, core, .. } = self;
        for (book, text) in books {
            *text = core.snapshot(*book).expect("a book that is not forgotten");
        }
    }

    pub fn input(&mut self, input: Input<'_>) -> Option<bool> {
        let (mut answer, mut pongs, mut has_spoken) = (None, Vec::new(), false);
        let now = self.clock();
        for output in self.core.handle(input, now) {
            match output {
                Output::Keep(book, lines) => {
                    assert!(!has_spoken, "kept only after it was told");
                    assert!(lines.ends_with('\n'), "whole lines");
                    self.books.entry(book).or_default().push_str(&lines);
                }
                Output::Forget(book) => drop(self.books.remove(&book)),
                Output::Send(to, text) => {
                    has_spoken = true;
                    assert!(!self.closed.contains_key(&to), "spoke to a closed connection");
                    let own = self.rooms_of.get(&to).map(String::as_str).unwrap_or_default();
                    let crosses = |word: &&&str| **word != own && text.contains(**word);
                    assert_eq!(self.fenced.iter().find(crosses), None, "said in {own:?}: {text}");
                    self.frames.entry(to).or_default().push(serde_json::from_str(&text).expect("JSON"));
                }
                Output::Ping(to) => {
                    assert!(!self.closed.contains_key(&to), "pinged a closed connection");
                    *self.pings.entry(to).or_default() += 1;
                    pongs.extend(self.ponging.get(&to));
                }
                Output::Close(to, code) => {
                    self.beating.remove(&to);
                    self.ponging.remove(&to);
                    self.closed_at.insert(to, self.now);
                    assert_eq!(self.closed.insert(to, code), None, "closed twice");
                }
                Output::Event(event) => self.events.push(*event),
                Output::Created(created) => self.created = Some(created),
                Output::Answer(is_true) => answer = Some(is_true),
            }
        }
        for pong in pongs {
            self.input(Input::Pong(pong));
        }
        answer
    }

    pub fn unix(&self) -> u64 {
        self.unix_at(self.now)
    }

    /// What the wall clock says at a time, as it goes now.
    pub fn unix_at(&self, at: Duration) -> u64 {
        (START + at.as_secs()).saturating_add_signed(self.skew)
    }

    /// Does what is due.
    pub fn wake(&mut self) {
        if self.core.next_timeout().is_some_and(|at| at <= self.now) {
            self.input(Input::Timeout);
        }
    }

    pub fn open(&mut self) -> ConnectionId {
        self.opened += 1;
        let id = ConnectionId(self.opened);
        self.input(Input::Opened(id));
        self.beating.insert(id);
        id
    }

    pub fn frame(&mut self, on: ConnectionId, frame: &Value) {
        self.input(Input::Text(on, &frame.to_string()));
    }

    pub fn say(&mut self, on: ConnectionId, body: Value) {
        self.frame(on, &json!({"type": "msg", "body": body}));
    }

    /// Opens a connection and says hello with this message.
    pub fn hello(&mut self, body: Value) -> ConnectionId {
        let on = self.open();
        self.frame(on, &json!({"type": "hello", "id": "1", "timeout": 5000, "version": 2, "body": body}));
        on
    }

    /// The same, for a room.
    pub fn hello_in(&mut self, room: &str, body: Value) -> ConnectionId {
        self.rooms_of.insert(ConnectionId(self.opened + 1), room.to_owned());
        self.hello(body)
    }

    pub fn connect_body(identity: &str, room: &str) -> Value {
        json!({"type": "connect", "version": 2, "token": token(identity, room), "name": room,
               "participant": {"revision": 1, "tracks": [track(&format!("{identity}-cam"), "cam")]},
               "peer_connections": [offer(&format!("first-of-{identity}"), 1)]})
    }

    /// Somebody with one track and one offer.
    pub fn join(&mut self, identity: &str, room: &str) -> Seated {
        let on = self.hello(Self::connect_body(identity, room));
        let state = self.take(on).pop().expect("an answer");
        assert_eq!(state["type"], "connected", "{state}");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Seated { on, sid: text(&state["participant"]["sid"]), session: text(&state["session"]), state }
    }

    pub fn sync_body(who: &Seated, identity: &str, peers: &Value) -> Value {
        json!({"type": "sync", "version": 2, "token": token(identity, ""), "session": who.session,
               "participant": {"revision": 1, "tracks": []}, "peer_connections": peers})
    }

    pub fn update(&mut self, who: &Seated, peers: Value) {
        self.say(who.on, json!({"type": "update", "session": who.session, "peer_connections": peers}));
    }

    /// Lets time pass; what is due is done in time. Connections beat, unless they are taken from `beating`.
    pub fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            let beat = (self.now + Duration::from_millis(500)).min(end);
            while let Some(due) = self.core.next_timeout().filter(|due| *due < beat) {
                self.now = self.now.max(due);
                self.input(Input::Timeout);
            }
            self.now = beat;
            for on in self.beating.clone() {
                self.input(Input::Text(on, "{\"type\":\"heartbeat\"}"));
            }
            self.wake();
        }
    }

    /// The tab is hidden, and its timers stand still. The browser goes on answering pings.
    pub fn hide(&mut self, on: ConnectionId) {
        self.beating.remove(&on);
        self.ponging.insert(on);
    }

    pub fn lose(&mut self, on: ConnectionId, loss: Loss) {
        self.beating.remove(&on);
        self.ponging.remove(&on);
        self.input(Input::Closed(on, loss));
    }

    pub fn take_frames(&mut self, on: ConnectionId) -> Vec<Value> {
        self.frames.remove(&on).unwrap_or_default()
    }

    /// The messages (layer 2) that came since the last time.
    pub fn take(&mut self, on: ConnectionId) -> Vec<Value> {
        self.take_frames(on)
            .into_iter()
            .filter(|f| f["type"] == "msg")
            .map(|mut f| f["body"].take())
            .collect()
    }

    /// The first of the messages that came.
    pub fn take_some(&mut self, on: ConnectionId, most: usize) -> Vec<Value> {
        let mut all = self.take(on);
        let rest = all.split_off(most.min(all.len()));
        if !rest.is_empty() {
            let frames = rest.into_iter().map(|body| json!({"type": "msg", "body": body})).collect();
            self.frames.insert(on, frames);
        }
        all
    }

    /// The only message that came since the last time.
    pub fn take_one(&mut self, on: ConnectionId) -> Value {
        let mut messages = self.take(on);
        assert_eq!(messages.len(), 1, "{messages:?}");
        messages.remove(0)
    }

    /// The code of the error that a connection was told.
    pub fn refusal(&mut self, on: ConnectionId) -> u64 {
        let message = self.take_one(on);
        assert_eq!(message["type"], "error", "{message}");
        message["code"].as_u64().expect("a code")
    }

    /// Nothing is kept of anybody.
    pub fn assert_empty(&self) {
        assert_eq!(self.books, BTreeMap::new());
        assert_eq!(self.core.footprint()[..5], [0; 5]);
    }
}
