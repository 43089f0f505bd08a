//! The steps of the machine: what each event changes and asks for.

use super::{
    Call, Effect, Event, Failure, MediaWish, Phase, Remote, Report, SETTLED_AFTER, TICKET_FRESH,
    TICKET_PATIENCE, TicketFailure, TrackKind, device::Devices,
};
use std::time::Duration;

impl Call {
    pub(super) fn join(&mut self, wish: MediaWish, now: Duration, effects: &mut Vec<Effect>) {
        if !self.phase.can_join() {
            return;
        }
        self.wish = wish;
        (self.microphone_on, self.camera_on) = (true, true);
        self.company = false;
        self.media_ready = wish == MediaWish::Nothing;
        self.phase = if self.media_ready { Phase::Connecting } else { Phase::AskingForMedia };
        self.backoff.reset();
        self.begin_attempt(now, effects);
        self.devices = Devices::of(self.attempt);
        if wish != MediaWish::Nothing {
            // Beside the ticket, not after it: the person waits for the slower of the two only.
            effects.push(Effect::AskForMedia(self.attempt, wish));
        }
    }

    pub(super) fn leave(&mut self, effects: &mut Vec<Effect>) {
        if self.phase.is_under_way() {
            self.end(Phase::Left, effects);
        }
    }

    pub(super) fn switch(&mut self, kind: TrackKind, on: bool, effects: &mut Vec<Effect>) {
        if self.phase.is_joined() && self.wish.includes(kind) {
            match kind {
                TrackKind::Audio => self.microphone_on = on,
                TrackKind::Video => self.camera_on = on,
            }
            effects.push(Effect::Switch(kind, on));
        }
    }

    pub(super) fn hold(&mut self, held: bool, effects: &mut Vec<Effect>) {
        self.held = held;
        self.publish_if_due(effects);
    }

    /// Media that were held back when the room was entered.
    fn publish_if_due(&mut self, effects: &mut Vec<Effect>) {
        if !self.held && !self.published && self.phase.has_room() {
            self.published = true;
            effects.push(Effect::Publish);
        }
    }

    pub(super) fn tick(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        if self.rejoin_at.is_some_and(|at| at <= now) {
            self.begin_attempt(now, effects);
        }
        if self.ticket_due.is_some_and(|due| due <= now) {
            self.entry_failed(Failure::Unreachable, now, effects);
        }
        if self.remotes.iter().filter_map(Remote::media_due).any(|due| due <= now) {
            self.media_stuck = true;
        }
        self.check_devices(now);
    }

    pub(super) fn reported(&mut self, report: Report, now: Duration, effects: &mut Vec<Effect>) {
        match report {
            Report::MediaReady if self.phase == Phase::AskingForMedia => {
                self.media_ready = true;
                self.phase = Phase::Connecting;
                if self.ticket_ready && self.ticket_at + TICKET_FRESH <= now {
                    self.fetch_ticket(now, effects);
                }
                self.connect_when_ready(effects);
            }
            Report::MediaFailed(failure) if self.phase == Phase::AskingForMedia => {
                self.end(Phase::Failed(Failure::Media(failure)), effects);
            }
            Report::TicketReady if self.awaits_ticket() => {
                self.ticket_ready = true;
                self.ticket_due = None;
                self.ticket_at = now;
                self.connect_when_ready(effects);
            }
            Report::TicketFailed(failure) if self.awaits_ticket() => {
                let failure = match failure {
                    TicketFailure::Refused if self.room_ended => Failure::Completed,
                    TicketFailure::Refused => Failure::Token,
                    TicketFailure::Unreachable => Failure::Unreachable,
                };
                self.entry_failed(failure, now, effects);
            }
            Report::Unsupported if self.is_entering() => {
                self.end(Phase::Failed(Failure::Unsupported), effects);
            }
            Report::ConnectFailed(code) if self.is_connecting() => {
                self.entry_failed(Failure::of_code(code), now, effects);
            }
            Report::Connected(remotes) if self.is_connecting() => {
                self.phase = Phase::InRoom;
                self.room_ended = false;
                self.settled_at = Some(now + SETTLED_AFTER);
                for remote in remotes {
                    self.came_in(remote, now);
                }
                self.check_media();
                self.publish_if_due(effects);
            }
            Report::Disconnected(code) if self.phase.has_room() => self.lost(code, now, effects),
            Report::Reconnecting if self.phase == Phase::InRoom => self.phase = Phase::Reconnecting,
            Report::Reconnected if self.phase == Phase::Reconnecting => self.phase = Phase::InRoom,
            Report::Reconnecting | Report::Reconnected => {}
            Report::SoundBlocked(blocked) => self.sound_blocked = blocked && self.sound_comes(),
            in_the_room if self.phase.has_room() => self.about_somebody(in_the_room, now),
            _ => {}
        }
    }

    /// What reports say of the others. Reports about somebody unknown are late, and nothing.
    fn about_somebody(&mut self, report: Report, now: Duration) {
        match report {
            Report::ParticipantJoined(remote) => self.came_in(remote, now),
            Report::ParticipantLeft(sid) => self.remotes.retain(|remote| remote.sid != sid),
            Report::ParticipantReconnecting(sid, reconnecting) => {
                self.with(&sid, |remote| remote.reconnecting = reconnecting);
            }
            Report::ParticipantPublishes(sid) => self.with(&sid, |remote| {
                remote.publishes = true;
                remote.expect_media(now);
            }),
            Report::TrackAdded(sid, track) => self.with(&sid, |remote| {
                remote.tracks.retain(|known| known.sid != track.sid);
                remote.tracks.push(track);
                remote.publishes = true;
                remote.expect_media(now);
            }),
            Report::TrackRemoved(sid, track) => {
                self.with(&sid, |remote| remote.tracks.retain(|known| known.sid != track));
            }
            Report::TrackEnabled(sid, track, enabled) => self.with(&sid, |remote| {
                remote
                    .tracks
                    .iter_mut()
                    .filter(|known| known.sid == track)
                    .for_each(|known| known.enabled = enabled);
            }),
            Report::MediaFlows(sid) => self.with(&sid, |remote| remote.media_flows = true),
            _ => {}
        }
        self.check_media();
    }

    fn with(&mut self, sid: &str, change: impl FnOnce(&mut Remote)) {
        if let Some(remote) = self.remotes.iter_mut().find(|remote| remote.sid == sid) {
            change(remote);
        }
    }

    fn came_in(&mut self, mut remote: Remote, now: Duration) {
        remote.expect_media(now);
        self.company |= remote.role() == self.role.counterpart();
        self.remotes.retain(|known| known.sid != remote.sid);
        self.remotes.push(remote);
    }

    /// Whether there is anything to hear. Without it the browser's refusal matters to nobody.
    fn sound_comes(&self) -> bool {
        self.phase.has_room() && self.remotes.iter().any(|remote| remote.track(TrackKind::Audio).is_some())
    }

    /// Takes the warning back as soon as nobody's media is missing. While a page rejoins it stays: the trouble does too.
    fn check_media(&mut self) {
        if !self.awaits_media() {
            self.media_stuck = false;
        }
        self.sound_blocked &= self.sound_comes();
    }

    /// Whether the way into the room is being walked, for the first time or again.
    fn is_entering(&self) -> bool {
        match self.phase {
            Phase::AskingForMedia | Phase::Connecting => true,
            Phase::Rejoining => self.rejoin_at.is_none(),
            _ => false,
        }
    }

    fn awaits_ticket(&self) -> bool {
        self.is_entering() && !self.ticket_ready
    }

    fn is_connecting(&self) -> bool {
        self.is_entering() && self.ticket_ready && self.media_ready
    }

    fn begin_attempt(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        self.next_attempt();
        self.rejoin_at = None;
        self.fetch_ticket(now, effects);
    }

    fn fetch_ticket(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        self.ticket_ready = false;
        self.ticket_due = Some(now + TICKET_PATIENCE);
        effects.push(Effect::FetchTicket(self.attempt));
    }

    fn connect_when_ready(&mut self, effects: &mut Vec<Effect>) {
        if self.media_ready && self.ticket_ready {
            self.published = !self.held;
            effects.push(Effect::Connect(self.attempt));
        }
    }

    fn entry_failed(&mut self, failure: Failure, now: Duration, effects: &mut Vec<Effect>) {
        if self.phase == Phase::Rejoining && failure.may_pass() {
            self.rejoin_later(now, effects);
        } else {
            self.end(Phase::Failed(failure), effects);
        }
    }

    /// The SDK ended a call that the person had not left.
    fn lost(&mut self, code: Option<u32>, now: Duration, effects: &mut Vec<Effect>) {
        // Ended without an error, though not by us: somebody who may end it did.
        let failure = code.map_or(Some(Failure::Completed), Failure::ending_call);
        self.room_ended = failure == Some(Failure::Completed);
        match failure {
            Some(failure) if !(self.room_ended && self.room_may_change) => {
                self.end(Phase::Failed(failure), effects);
            }
            _ => {
                self.phase = Phase::Rejoining;
                if self.settled_at.is_some_and(|at| at <= now) {
                    self.backoff.reset();
                }
                self.remotes.clear();
                self.sound_blocked = false;
                self.rejoin_later(now, effects);
            }
        }
    }

    fn rejoin_later(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        // A new generation at once: nothing that the dead connection still says is heard.
        self.next_attempt();
        self.ticket_ready = false;
        self.ticket_due = None;
        self.rejoin_at = Some(now + self.backoff.next());
        effects.push(Effect::Disconnect);
    }

    fn end(&mut self, phase: Phase, effects: &mut Vec<Effect>) {
        self.phase = phase;
        self.next_attempt();
        self.devices = Devices::of(self.attempt);
        self.media_ready = false;
        self.published = false;
        self.ticket_ready = false;
        self.ticket_due = None;
        self.remotes.clear();
        self.media_stuck = false;
        self.sound_blocked = false;
        self.rejoin_at = None;
        self.room_ended = false;
        effects.extend([Effect::Disconnect, Effect::StopMedia]);
    }

    fn next_attempt(&mut self) {
        self.attempt.0 = self.attempt.0.wrapping_add(1);
    }
}

impl Event {
    /// A report about an attempt.
    pub fn reported(attempt: super::Attempt, report: Report) -> Self {
        Self::Reported { attempt, report }
    }
}
