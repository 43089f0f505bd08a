//! One socket: where it is in its life, and until when it counts as alive.

use super::ids::{ParticipantSid, RoomSid};
use crate::rooms::{allowance::Allowance, config::Limits};
use std::time::Duration;

/// A participant's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    pub room: RoomSid,
    pub participant: ParticipantSid,
}

/// Where a socket is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// No hello yet.
    New,
    /// Greeted; in no room.
    Greeted,
    /// Speaks for a participant.
    Seated(Seat),
    /// Was told to come back later. Everything it still says is ignored; it closes by itself.
    Busy,
    /// Was told its end. Everything it still says is ignored; it should close by itself.
    Over,
}

/// One socket.
#[derive(Debug)]
pub(super) struct Connection {
    pub phase: Phase,
    /// When this phase began.
    pub since: Duration,
    /// When the page last said anything.
    pub heard: Duration,
    /// When the browser last answered a ping, with or without the page.
    pub ponged: Option<Duration>,
    /// When it was last told anything.
    pub told: Duration,
    /// When it was last pinged.
    pub pinged: Duration,
    /// The interval agreed on.
    pub heartbeat: Duration,
    /// What it may still say.
    pub allowance: Allowance,
    /// When it has to be in a room, or closed, at the latest: the server ends.
    pub deadline: Option<Duration>,
}

/// What a connection needs when it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Nothing before this time.
    Later(Duration),
    /// A heartbeat.
    Heartbeat,
    /// A ping.
    Ping,
    /// It was silent for too long.
    Silent,
    /// It stays in a phase for too long.
    Overdue,
}

impl Connection {
    pub fn new(now: Duration, heartbeat: Duration) -> Self {
        let allowance = Allowance::default();
        Self {
            phase: Phase::New,
            since: now,
            heard: now,
            ponged: None,
            told: now,
            pinged: now,
            heartbeat,
            allowance,
            deadline: None,
        }
    }

    pub fn enter(&mut self, phase: Phase, now: Duration) {
        self.phase = phase;
        self.since = now;
    }

    /// Looks what is due. `paired`: since when it has a peer connection on which to say something.
    pub fn due(&self, now: Duration, paired: Option<Duration>, limits: &Limits) -> Due {
        let overdue = match self.phase {
            Phase::New => Some((limits.hello_timeout, self.deadline)),
            Phase::Greeted => Some((limits.join_timeout, self.deadline)),
            Phase::Seated(_) => None,
            Phase::Busy | Phase::Over => Some((limits.farewell_timeout, self.deadline)),
        };
        let overdue = overdue.map(|(timeout, deadline)| {
            self.since.saturating_add(timeout).min(deadline.unwrap_or(Duration::MAX))
        });
        if overdue.is_some_and(|at| at <= now) {
            return Due::Overdue;
        }
        if matches!(self.phase, Phase::New | Phase::Busy | Phase::Over) {
            return overdue.map_or(Due::Overdue, Due::Later);
        }
        let silent = self.silent_at(paired, limits);
        let heartbeat = self.told.saturating_add(self.heartbeat);
        let ping = self.pinged.saturating_add(self.heartbeat);
        if silent <= now {
            Due::Silent
        } else if heartbeat <= now {
            Due::Heartbeat
        } else if ping <= now {
            Due::Ping
        } else {
            Due::Later(overdue.map_or(silent, |at| at.min(silent)).min(heartbeat).min(ping))
        }
    }

    /// When it has been silent for too long, if nothing more comes: see `absence`.
    fn silent_at(&self, paired: Option<Duration>, limits: &Limits) -> Duration {
        let three = self.heartbeat.saturating_mul(3);
        let excused = match paired {
            None => self.heard.saturating_add(limits.hidden_timeout),
            Some(since) => since.saturating_add(three),
        };
        let by_pong = self.ponged.map_or(Duration::ZERO, |at| at.saturating_add(three)).min(excused);
        self.heard.saturating_add(three).max(by_pong)
    }
}
