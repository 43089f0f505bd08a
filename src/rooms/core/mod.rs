//! The room server without its sockets: inputs and the time go in, outputs come out.
//!
//! Nothing here reads a clock, draws a random number of its own, waits, or knows tokio or axum. The same inputs at the
//! same times give the same outputs.
//!
//! Each client speaks over a [`Connection`](connection::Connection); a `connect` gives it a seat in a
//! [`Room`](room::Room), which it keeps over several sockets by its session. Whatever changes in a room is collected
//! as [`News`](news::News) and told at the end of the input, one message for each participant.

mod absence;
mod allowance;
mod ask;
mod bounds;
mod changes;
mod connection;
mod connections;
mod end;
mod events;
mod facts;
mod frames;
mod ids;
mod join;
mod keep;
mod ledger;
mod lifetime;
mod news;
mod outbox;
mod pair;
mod participant;
mod record;
mod relay_only;
mod restore;
mod resume;
mod room;
mod rooms;
mod service;
mod settings;
mod timers;
mod together;
mod track;
mod update;

#[cfg(test)]
mod tests;

pub(super) use events::{EventParticipant, StatusEvent};
pub(super) use facts::{ParticipantFacts, ParticipantStatus, RoomFacts, TrackFacts};
pub(super) use ids::{ConnectionId, RoomSid};
pub(super) use keep::Book;
pub(super) use service::{CreateError, NewRoom};
pub(super) use settings::{Callback, RoomKind, RoomSettings};

use super::config::{Limits, RoomsConfig};
use crate::tokens::Credentials;
use allowance::Spent;
use connection::Seat;
use connections::Connections;
use end::Ended;
use ids::SessionId;
use ledger::Archive;
use rooms::Rooms;
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, time::Duration};
use timers::{Timers, Wake};

/// The time at which an input happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Now {
    /// Since some fixed moment; never goes back.
    pub monotonic: Duration,
    /// Unix seconds, for tokens and what is kept.
    pub unix: u64,
    /// By the machine, for what is kept: another process goes on with it. None where it cannot be known.
    pub uptime: Option<Uptime>,
}

/// The time of the machine since it was started. Other processes know it, it goes on while the machine sleeps, and it does not
/// jump when the wall clock is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Uptime {
    /// Which start. Times of two of them have nothing to do with each other.
    pub boot: u128,
    /// Since then.
    pub since: Duration,
}

impl Uptime {
    /// How long ago `earlier` was. None if the machine was started anew meanwhile.
    pub fn elapsed_since(self, earlier: Self) -> Option<Duration> {
        (self.boot == earlier.boot).then(|| self.since.checked_sub(earlier.since))?
    }
}

/// What happens.
#[derive(Debug)]
pub(super) enum Input<'a> {
    /// Somebody opened a socket.
    Opened(ConnectionId),
    /// A text arrived.
    Text(ConnectionId, &'a str),
    /// The answer to a ping arrived.
    Pong(ConnectionId),
    /// A ping arrived. The socket answers by itself.
    Ping(ConnectionId),
    /// A socket is closed, by its client or by an accident. Not said of those that an output closed.
    Closed(ConnectionId, Loss),
    /// Time has passed.
    Timeout,
    /// The service asks to end a room, by name or SID.
    Complete { room: &'a str },
    /// The service asks for a room, which may wait empty. Answered by [`Output::Created`].
    Create(Box<NewRoom>),
    /// The service asks to put somebody out.
    PutOut { room: &'a str, identity: &'a str },
    /// The same by the SID of the participant, which nobody else ever gets.
    PutOutSid { room: &'a str, participant: &'a str },
    /// The process is about to end.
    Shutdown,
    /// All books were [restored](Core::restore). Nobody was heard by anybody for `outage`, as far as is known.
    Restarted { outage: Option<Duration> },
}

/// How a socket was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// With this close code.
    Code(u16),
    /// Without a close frame.
    Vanished,
    /// It took too long to read what it was sent, and was cut off.
    Slow,
}

/// What has to be done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Output {
    /// Append these lines to a book, before anything that follows is sent: what anybody was told is not forgotten.
    Keep(Book, String),
    /// Nothing in a book is needed any more.
    Forget(Book),
    /// Send this text.
    Send(ConnectionId, String),
    /// Send a ping, which browsers answer without their page.
    Ping(ConnectionId),
    /// Close with this code, after what was sent before. Nothing more comes for this connection.
    Close(ConnectionId, u16),
    /// Answers the service: the SID of the new room, or why there is none.
    Created(Result<RoomSid, CreateError>),
    /// Something happened in a room of which somebody wants to be told.
    Event(Box<StatusEvent>),
    /// Answers the service: whether there was such a room or participant.
    Answer(bool),
}

/// Where SIDs, sessions and ids come from. Sessions are secrets: it must not be guessable.
pub(super) type Random = Box<dyn FnMut() -> u128 + Send>;

/// A timeout that comes later than this means that the whole process stood still.
const STALL: Duration = Duration::from_secs(1);

/// The room server without its sockets.
pub(super) struct Core {
    config: RoomsConfig,
    limits: Limits,
    credentials: Credentials,
    random: Random,
    now: Now,
    connections: Connections,
    rooms: Rooms,
    names: HashMap<String, RoomSid>,
    sessions: HashMap<SessionId, Seat>,
    ended: HashMap<SessionId, Ended>,
    archive: Archive,
    spent: Spent,
    /// Records of sessions that were ended and not kept yet.
    newly_ended: String,
    timers: Timers,
    outputs: Vec<Output>,
    is_shut_down: bool,
    /// Until then nobody is given up for silence or absence.
    lenient_until: Duration,
}

impl Core {
    /// A server without rooms.
    pub fn new(config: RoomsConfig, limits: Limits, credentials: Credentials, random: Random) -> Self {
        Self {
            config,
            limits,
            credentials,
            random,
            now: Now { monotonic: Duration::ZERO, unix: 0, uptime: None },
            connections: Connections::default(),
            rooms: Rooms::default(),
            names: HashMap::new(),
            sessions: HashMap::new(),
            ended: HashMap::new(),
            archive: Archive::default(),
            spent: Spent::default(),
            newly_ended: String::new(),
            timers: Timers::default(),
            outputs: Vec::new(),
            is_shut_down: false,
            lenient_until: Duration::ZERO,
        }
    }

    /// When to call with [`Input::Timeout`], if nothing happens before.
    pub fn next_timeout(&self) -> Option<Duration> {
        self.timers.next()
    }

    /// Takes an input, and says what has to be done, in this order.
    pub fn handle(&mut self, input: Input<'_>, now: Now) -> Vec<Output> {
        self.now = now;
        match input {
            Input::Opened(connection) => self.open(connection),
            Input::Text(connection, text) => self.read(connection, text),
            Input::Pong(connection) => self.hear_pong(connection),
            Input::Ping(connection) => {
                self.allow(connection, 0);
            }
            Input::Closed(connection, loss) => self.lose(connection, loss),
            Input::Timeout => self.wake(),
            Input::Complete { room } => self.complete(room),
            Input::PutOutSid { room, participant } => self.put_out_sid(room, participant),
            Input::Create(new) => self.create(*new),
            Input::PutOut { room, identity } => self.put_out(room, identity),
            Input::Shutdown => self.shut_down(),
            Input::Restarted { outage } => self.restart(outage),
        }
        let mut outputs = self.keep();
        outputs.append(&mut self.outputs);
        outputs
    }

    fn wake(&mut self) {
        let now = self.now.monotonic;
        if self.timers.next().is_some_and(|due| due.saturating_add(STALL) < now) {
            // It was us who were silent: what clients have said meanwhile is still to be read.
            self.lenient_until = now.saturating_add(self.limits.heartbeat);
        }
        while let Some(wake) = self.timers.pop(self.now.monotonic) {
            match wake {
                Wake::Connection(connection) => self.check(connection),
                Wake::Absence(room, participant) => self.check_absence(Seat { room, participant }),
                Wake::Vacancy(room) => self.check_vacancy(room),
                Wake::Stay(room, participant) => self.check_stay(Seat { room, participant }),
                Wake::Completed => self.forget_completed(),
                Wake::Spent => self.forget_spent(),
                Wake::Ended(session) => self.forget(session),
            }
        }
    }

    /// A room by its name or its SID.
    fn find_room(&self, name_or_sid: &str) -> Option<RoomSid> {
        let by_sid = || RoomSid::parse(name_or_sid).filter(|sid| self.rooms.contains_key(sid));
        self.names.get(name_or_sid).copied().or_else(by_sid)
    }
}

#[cfg(test)]
impl Core {
    /// How much is kept: rooms, names, sessions, ended sessions, connections; and of what is over: completed rooms, what
    /// those who left have spent, and all wake-ups.
    fn footprint(&self) -> [usize; 8] {
        [
            self.rooms.len(),
            self.names.len(),
            self.sessions.len(),
            self.ended.len(),
            self.connections.len(),
            self.archive.len(),
            self.spent.len(),
            self.timers.len(),
        ]
    }

    /// How many wake-ups are arranged for rooms and people.
    fn alarms(&self) -> usize {
        self.timers.of_the_living()
    }
}
