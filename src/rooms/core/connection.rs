//! One socket: where it is in its life, and when it was last alive.

use super::ids::{ParticipantSid, RoomSid};
use crate::rooms::config::Limits;
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
    /// Was told its end. Everything it still says is ignored; it should close by itself.
    Over,
}

/// One socket.
#[derive(Debug)]
pub(super) struct Connection {
    pub phase: Phase,
    /// When this phase began.
    pub since: Duration,
    /// When it last said anything.
    pub heard: Duration,
    /// When it was last told anything.
    pub told: Duration,
    /// The interval agreed on.
    pub heartbeat: Duration,
}

/// What a connection needs when it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Nothing before this time.
    Later(Duration),
    /// A heartbeat.
    Heartbeat,
    /// It has said nothing for three heartbeats.
    Silent,
    /// It stays in a phase for too long.
    Overdue,
}

impl Connection {
    pub fn new(now: Duration, heartbeat: Duration) -> Self {
        Self { phase: Phase::New, since: now, heard: now, told: now, heartbeat }
    }

    pub fn enter(&mut self, phase: Phase, now: Duration) {
        self.phase = phase;
        self.since = now;
    }

    /// Looks what is due.
    pub fn due(&self, now: Duration, limits: &Limits) -> Due {
        let overdue = match self.phase {
            Phase::New => Some(limits.hello_timeout),
            Phase::Greeted => Some(limits.join_timeout),
            Phase::Seated(_) => None,
            Phase::Over => Some(limits.farewell_timeout),
        };
        let overdue = overdue.map(|timeout| self.since.saturating_add(timeout));
        if overdue.is_some_and(|at| at <= now) {
            return Due::Overdue;
        }
        if matches!(self.phase, Phase::New | Phase::Over) {
            return overdue.map_or(Due::Overdue, Due::Later);
        }
        let silent = self.heard.saturating_add(self.heartbeat.saturating_mul(3));
        let heartbeat = self.told.saturating_add(self.heartbeat);
        if silent <= now {
            Due::Silent
        } else if heartbeat <= now {
            Due::Heartbeat
        } else {
            Due::Later(overdue.map_or(silent, |at| at.min(silent)).min(heartbeat))
        }
    }
}
