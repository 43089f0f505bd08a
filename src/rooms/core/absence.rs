//! Lost sockets, and lost life on open ones: how long somebody stays in a room without.
//!
//! Two clocks run. The participant's is generous: [`session_timeout`] for a client that will try to come back, or
//! [`gone_timeout`] for a page that went away (1001) or a browser that died (no close frame).
//!
//! The peer connections' clock is always `gone_timeout` from the last sign of life, because a dead peer endangers the
//! survivor: 5 s after a browser has died the other's ICE is `disconnected`, after 8 s its SDK counts it as failed, and
//! if this connection was its only one nothing ever clears that mark again. The survivor leaves with 53405 a session
//! timeout later, even when the connection is closed meanwhile (SDK modules `signaling/room.js`, `maybeUpdateState`,
//! and `signaling/v2/iceconnectionmonitor.js`). A connection that is closed **before** it fails leaves no mark. So:
//!
//! - clients beat every 2 s ([`heartbeat`]), not every 5 s as they ask to. One that dies without a word is noticed
//!   within 6 s of its last sign of life, which is before the 8 s; with 5 s it would be 15 s;
//! - whoever is dropped for silence has then been quiet for longer than `gone_timeout`: its peer connections are closed
//!   at once, while its seat remains for `session_timeout`;
//! - whoever comes back later than that gets new peer connections ([`resume`](super::resume)), unless both ends had fallen
//!   silent at the same moment ([`together`](super::together)).
//!
//! The price: where only the way to the server is cut and the media still flow, they are interrupted after some
//! seconds, until the client is back.
//!
//! # Hidden pages
//!
//! Heartbeats are timers of the page, and in a page that was hidden for five minutes Chrome runs timers once a minute,
//! unless it has a peer connection (<https://developer.chrome.com/blog/timer-throttling-in-chrome-88>). Who waits alone
//! must not lose the seat for that. So every connection is also sent WebSocket pings, which browsers answer without the
//! page. Answers excuse a silent page, not for ever, since they tell nothing of a page that is frozen:
//!
//! - while it has no peer connections, for [`hidden_timeout`];
//! - from the first one on, for three heartbeats more. The offer that it is sent wakes it: only timers are throttled,
//!   not messages. It answers, and is no longer throttled. Before the offer it has nothing to answer, so its time does
//!   not run yet;
//! - after that not at all: a frozen page's dead media would take the survivor down, as above.
//!
//! A client that never answers pings has to speak every three heartbeats.
//!
//! [`hidden_timeout`]: crate::rooms::Limits::hidden_timeout
//! [`session_timeout`]: crate::rooms::RoomsConfig::session_timeout
//! [`gone_timeout`]: crate::rooms::RoomsConfig::gone_timeout
//! [`heartbeat`]: crate::rooms::Limits::heartbeat

use super::{
    Core, Loss,
    connection::{Connection, Phase, Seat},
    ids::ConnectionId,
    participant::{Participant, Presence},
    room::Room,
    timers::Wake,
};
use crate::rooms::{allowance::Allowance, close};
use std::time::Duration;

impl Core {
    /// A socket is lost.
    pub(super) fn lose(&mut self, id: ConnectionId, loss: Loss) {
        let Some(seat) = self.seat_of(id) else {
            self.connections.remove(id);
            return;
        };
        if loss == Loss::Code(close::NORMAL) {
            self.leave_by(id);
            self.connections.remove(id);
            return;
        }
        let Some(connection) = self.connections.remove(id) else { return };
        let (heard, window) = match loss {
            Loss::Code(close::GOING_AWAY) | Loss::Vanished => (self.now.monotonic, self.config.gone_timeout),
            Loss::Code(_) => (self.now.monotonic, self.config.session_timeout),
            Loss::Slow => (connection.heard, self.config.session_timeout),
        };
        self.miss(seat, connection.allowance, heard, window);
    }

    /// A client was silent for too long.
    pub(super) fn drop_silent(&mut self, id: ConnectionId) {
        let connection = self.close(id, close::SILENT);
        if let Some(Connection { phase: Phase::Seated(seat), heard, allowance, .. }) = connection {
            self.miss(seat, allowance, heard, self.config.session_timeout);
        }
    }

    fn miss(&mut self, seat: Seat, allowance: Allowance, heard: Duration, window: Duration) {
        let until = self.now.monotonic.saturating_add(window);
        let pairs_until = heard.saturating_add(self.config.gone_timeout).min(until);
        let Some(room) = self.rooms.get_mut(&seat.room) else { return };
        tracing::debug!(room = %seat.room, participant = %seat.participant, "away");
        if let Some(participant) = room.participant_mut(seat.participant) {
            participant.allowance = allowance;
        }
        room.set_presence(seat.participant, Presence::Away { heard, pairs_until, until });
        self.check_absence(seat);
        self.tell_news(seat.room);
    }

    /// Does what is due for somebody who is away.
    pub(super) fn check_absence(&mut self, seat: Seat) {
        let now = self.now.monotonic;
        if now < self.lenient_until {
            self.timers.set(self.lenient_until, Wake::Absence(seat.room, seat.participant));
            return;
        }
        let participant =
            self.rooms.get(&seat.room).and_then(|room| Room::participant(room, seat.participant));
        let Some(&Participant { presence, spared_until, .. }) = participant else { return };
        let Presence::Away { pairs_until, until, .. } = presence else { return };
        let pairs_until = pairs_until.max(spared_until);
        let next = if until <= now {
            self.remove(seat);
            None
        } else if pairs_until <= now {
            Some(self.give_up_pairs(seat).unwrap_or(until).min(until))
        } else {
            Some(pairs_until.min(until))
        };
        if let Some(next) = next {
            self.timers.set(next, Wake::Absence(seat.room, seat.participant));
        }
        self.tell_news(seat.room);
    }
}
