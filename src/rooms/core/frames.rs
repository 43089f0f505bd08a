//! Layer 1: sockets open, greet, beat, and close.

use super::{
    Core,
    connection::{Connection, Due, Phase},
    end::HAND_OVER,
    ids::ConnectionId,
    relay_only,
    timers::Wake,
};
use crate::rooms::{
    close,
    wire::{ClientFrame, Refusal, Request, ServerFrame},
};
use std::time::Duration;

/// When to come back to a server that is full.
const RETRY_AFTER_MS: u64 = 1000;
/// When to come back to one that ends: by then the next one is up. The caller is in the middle of a call.
const RETRY_AFTER_RESTART_MS: u64 = 250;
/// How long a server that ends waits for somebody who was told so to say that it closes: one way there and one back.
pub(super) const PARTING: Duration = Duration::from_secs(2);
/// Below this a client would do little else than beat.
const MIN_HEARTBEAT: Duration = Duration::from_secs(1);

impl Core {
    pub(super) fn open(&mut self, id: ConnectionId) {
        let mut connection = Connection::new(self.now.monotonic, self.limits.heartbeat);
        if self.is_shut_down {
            connection.deadline = Some(self.now.monotonic.saturating_add(HAND_OVER));
        }
        self.connections.insert(id, connection);
        self.check(id);
    }

    /// Does what is due for a connection, and arranges to be woken for what will be.
    pub(super) fn check(&mut self, id: ConnectionId) {
        let Some(connection) = self.connections.get(id) else { return };
        match connection.due(self.now.monotonic, self.paired(id), &self.limits) {
            Due::Later(at) => self.timers.set(at, Wake::Connection(id)),
            Due::Heartbeat => {
                self.send(id, &ServerFrame::Heartbeat);
                self.check(id);
            }
            Due::Ping => {
                self.ping(id);
                self.check(id);
            }
            Due::Silent if self.now.monotonic < self.lenient_until => {
                self.send(id, &ServerFrame::Heartbeat);
                self.ping(id);
                self.timers.set(self.lenient_until, Wake::Connection(id));
            }
            Due::Silent => self.drop_silent(id),
            Due::Overdue => {
                let code = match connection.phase {
                    Phase::Over => close::NORMAL,
                    _ if self.is_shut_down => close::RESTART,
                    Phase::Busy => close::TRY_LATER,
                    _ => close::POLICY,
                };
                self.close(id, code);
            }
        }
    }

    /// Since when a connection's participant has a peer connection on which to say something.
    fn paired(&self, id: ConnectionId) -> Option<Duration> {
        let seat = self.seat_of(id)?;
        self.rooms.get(&seat.room)?.paired(seat.participant)
    }

    pub(super) fn hear_pong(&mut self, id: ConnectionId) {
        if self.allow(id, 0)
            && let Some(connection) = self.connections.get_mut(id)
        {
            connection.ponged = Some(self.now.monotonic);
        }
    }

    pub(super) fn read(&mut self, id: ConnectionId, text: &str) {
        if !self.allow(id, text.len()) {
            return;
        }
        let Some(connection) = self.connections.get_mut(id) else { return };
        if matches!(connection.phase, Phase::Busy | Phase::Over) {
            return;
        }
        connection.heard = self.now.monotonic;
        match (ClientFrame::parse(text), connection.phase) {
            (Err(reason), Phase::New) => self.close_bad(id, reason),
            // An open SDK has no listener for what `bad` raises: tell it in layer 2, where it is understood.
            (Err(_), _) => self.expel(id, Refusal::InvalidMessage),
            (Ok(ClientFrame::Hello { body, .. }), Phase::New)
                if self.is_busy(&body.as_ref().map(|body| Request::kind(body.get())).unwrap_or_default()) =>
            {
                self.put_off(id);
            }
            (Ok(ClientFrame::Hello { timeout, body }), phase) => {
                let negotiated = negotiate(timeout, self.limits.heartbeat);
                self.welcome(id, negotiated);
                // A client repeats its hello, body and all, if it got no answer in time. The body counts once.
                if phase == Phase::New {
                    self.enter(id, Phase::Greeted);
                    if let Some(body) = body {
                        self.request(id, body.get());
                    }
                }
            }
            (Ok(_), Phase::New) => self.close_bad(id, "hello expected"),
            (Ok(ClientFrame::Heartbeat), _) => {}
            (Ok(ClientFrame::Msg { body }), _) => self.request(id, body.get()),
            (Ok(ClientFrame::Bye), _) => {
                self.leave_by(id);
                self.dismiss(id);
            }
        }
    }

    /// Whether somebody with this first request has to come back later. Who is back for a seat never has to: it is theirs, and
    /// whoever asks for one that is not there is gone at once. Those who may yet ask have places of their own.
    fn is_busy(&self, first: &str) -> bool {
        let is_full = self.sessions.len() >= self.limits.max_connections;
        self.is_shut_down
            || match first {
                "sync" => false,
                "connect" => is_full,
                _ => is_full || self.connections.greeted() >= self.limits.max_greeted,
            }
    }

    /// Asks somebody to come back later. Closing is left to the client: a close from here could reach it before it has begun to
    /// wait, and it would give up. It waits for our half of its close as well: without that it gives up, too.
    fn put_off(&mut self, id: ConnectionId) {
        let retry_after = if self.is_shut_down { RETRY_AFTER_RESTART_MS } else { RETRY_AFTER_MS };
        self.send(id, &ServerFrame::Busy { retry_after, keep_alive: false });
        self.part(id, Phase::Busy);
    }

    /// Listens no longer to a connection, and leaves it the time to close.
    pub(super) fn part(&mut self, id: ConnectionId, phase: Phase) {
        let parting = self.now.monotonic.saturating_add(PARTING);
        let deadline = self.is_shut_down.then_some(parting);
        if let Some(connection) = self.connections.get_mut(id) {
            connection.deadline = deadline;
        }
        self.enter(id, phase);
    }

    fn welcome(&mut self, id: ConnectionId, negotiated: Duration) {
        if let Some(connection) = self.connections.get_mut(id) {
            connection.heartbeat = negotiated;
        }
        let negotiated_timeout = u64::try_from(negotiated.as_millis()).unwrap_or(u64::MAX);
        self.send(id, &ServerFrame::Welcome { negotiated_timeout });
    }

    fn close_bad(&mut self, id: ConnectionId, reason: &'static str) {
        self.send(id, &ServerFrame::Bad { reason });
        self.close(id, close::PROTOCOL);
    }

    /// Layer 2 begins here.
    fn request(&mut self, id: ConnectionId, body: &str) {
        let mut request = Request::parse(body);
        if let Ok(request) = &mut request
            && self.config.ice_servers.relay_only
        {
            relay_only::leave_relays(request.peers());
        }
        match request {
            Ok(Request::Ice { token }) => self.tell_ice_servers(id, &token),
            Ok(Request::Connect(connect)) => self.join(id, connect),
            Ok(Request::Sync(sync)) => self.resume(id, sync),
            Ok(Request::Update(update)) => self.update(id, update),
            Ok(Request::Disconnect { session }) => self.disconnect(id, session.as_deref()),
            Err(_) => self.expel(id, Refusal::InvalidMessage),
        }
        if self.is_shut_down && self.seat_of(id).is_some() {
            // It has its session now, and comes back with it to our successor.
            self.close(id, close::RESTART);
        }
    }
}

/// The client's wish, but no more than ours: see `absence`.
fn negotiate(asked_ms: Option<f64>, most: Duration) -> Duration {
    let asked = asked_ms.and_then(|ms| Duration::try_from_secs_f64(ms / 1000.0).ok()).unwrap_or(most);
    asked.max(MIN_HEARTBEAT).min(most)
}
