//! One person's call as a state machine: [`Call::handle`] takes what happened and the time, and says what to do.
//!
//! The browser runs it; nothing here knows a browser. Whoever runs it feeds every answer back with the [`Attempt`] that the
//! question carried, so that a late answer to an abandoned question is refused here, in one place. Times are durations
//! since an arbitrary start that never goes back.

mod backoff;
mod device;
mod effect;
mod event;
mod failure;
mod phase;
mod remote;
mod step;
#[cfg(test)]
mod tests;

pub use device::{Device, DeviceNews, SILENCE_PATIENCE};
pub use effect::{Attempt, Effect};
pub use event::{Event, MediaWish, Report};
pub use failure::{Failure, MediaFailure, TicketFailure, code};
pub use phase::Phase;
pub use remote::{Remote, RemoteTrack, TrackKind};

use super::Role;
use backoff::Backoff;
use device::Devices;
use std::time::Duration;

/// How long media may take to flow after two people are in the room, before the page says that something is wrong.
pub const MEDIA_PATIENCE: Duration = Duration::from_secs(10);

/// How long the server may take to give a ticket, before it counts as unreachable: on a network that died without a word a
/// request would hang for minutes.
pub const TICKET_PATIENCE: Duration = Duration::from_secs(10);

/// How old a ticket may be when it is used. Its token lives for a minute at least; a person may take longer than that to answer
/// the browser's question about the camera.
const TICKET_FRESH: Duration = Duration::from_secs(30);

/// How long a call must have lasted for its loss to be a new trouble. A room that lets in and throws out again is tried less
/// and less often.
const SETTLED_AFTER: Duration = Duration::from_secs(10);

/// The state of one person's call. Plain data: it can be shown, cloned and compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with reports of its own")]
pub struct Call {
    role: Role,
    phase: Phase,
    attempt: Attempt,
    wish: MediaWish,
    microphone_on: bool,
    camera_on: bool,
    devices: Devices,
    media_ready: bool,
    ticket_ready: bool,
    ticket_due: Option<Duration>,
    ticket_at: Duration,
    remotes: Vec<Remote>,
    media_stuck: bool,
    sound_blocked: bool,
    backoff: Backoff,
    rejoin_at: Option<Duration>,
    settled_at: Option<Duration>,
    company: bool,
    held: bool,
    published: bool,
    /// Whether the visit may go on in another room.
    room_may_change: bool,
    /// The room was ended, and whether the visit was too is being asked.
    room_ended: bool,
}

impl Call {
    /// A call that has not begun. `seed` spreads the waiting times of the many pages that lose one server at once.
    pub fn new(role: Role, seed: u64) -> Self {
        Self {
            role,
            phase: Phase::Ready,
            attempt: Attempt::default(),
            wish: MediaWish::CameraAndMicrophone,
            microphone_on: true,
            camera_on: true,
            devices: Devices::of(Attempt::default()),
            media_ready: false,
            ticket_ready: false,
            ticket_due: None,
            ticket_at: Duration::ZERO,
            remotes: Vec::new(),
            media_stuck: false,
            sound_blocked: false,
            backoff: Backoff::new(seed),
            rejoin_at: None,
            settled_at: None,
            company: false,
            held: false,
            published: false,
            room_may_change: false,
            room_ended: false,
        }
    }

    /// The same where a visit may go on in another room, when somebody has lost their place in it: that a room was ended does
    /// not tell then that the visit was. Whoever gives tickets knows.
    #[must_use]
    pub fn in_changing_rooms(self) -> Self {
        Self { room_may_change: true, ..self }
    }

    /// Takes one event at the time `now` and returns what has to be done, in this order.
    pub fn handle(&mut self, event: Event, now: Duration) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Join(wish) => self.join(wish, now, &mut effects),
            Event::Leave | Event::PageHidden => self.leave(&mut effects),
            Event::Switch(kind, on) => self.switch(kind, on, &mut effects),
            Event::Restart(kind) => self.restart(kind, &mut effects),
            Event::Hold(held) => self.hold(held, &mut effects),
            Event::Tick => self.tick(now, &mut effects),
            Event::Reported { attempt, report } if attempt == self.attempt => {
                self.reported(report, now, &mut effects);
            }
            Event::Reported { .. } => {}
            Event::Device { asked, kind, news } => self.device_said(asked, kind, news, now),
        }
        effects
    }

    /// When the next [`Event::Tick`] is due.
    pub fn next_deadline(&self) -> Option<Duration> {
        let stuck =
            (!self.media_stuck).then(|| self.remotes.iter().filter_map(Remote::media_due).min()).flatten();
        let [microphone, camera] = [self.devices.microphone.due(), self.devices.camera.due()];
        [self.rejoin_at, self.ticket_due, stuck, microphone, camera].into_iter().flatten().min()
    }

    /// Whether the waiting room is on the screen: the patient is in the room, as far as they know, and no provider is.
    ///
    /// A page that rejoins by itself counts as in the room: its patient has not left, and must not think so.
    pub fn waiting_room_visible(&self) -> bool {
        self.role == Role::Patient && self.phase.is_joined() && !self.provider_present()
    }

    /// Whether a provider is in the room, those who are reconnecting included.
    pub fn provider_present(&self) -> bool {
        self.remotes.iter().any(|remote| remote.role() == Role::Provider)
    }

    /// Whether a provider (for a patient or guest) or a patient (for a provider) has been in the room since the join.
    pub fn had_company(&self) -> bool {
        self.company
    }

    /// Whether this person is in the room, or on the way, without being seen and heard yet.
    pub fn holds_back(&self) -> bool {
        self.held
    }

    /// Whose call this is.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Where the call stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The number that answers must carry to be heard.
    pub fn attempt(&self) -> Attempt {
        self.attempt
    }

    /// What this person wanted to send when they joined.
    pub fn wish(&self) -> MediaWish {
        self.wish
    }

    /// Whether this person sends sound or picture: wished for, switched on, and from a device that works.
    pub fn sends(&self, kind: TrackKind) -> bool {
        let on = match kind {
            TrackKind::Audio => self.microphone_on,
            TrackKind::Video => self.camera_on,
        };
        on && !self.held && self.wish.includes(kind) && self.phase.is_under_way() && self.device(kind).works()
    }

    /// The others in the room, in the order in which they came.
    pub fn remotes(&self) -> &[Remote] {
        &self.remotes
    }

    /// Whether somebody's picture and sound have not come for [`MEDIA_PATIENCE`].
    pub fn media_stuck(&self) -> bool {
        self.media_stuck
    }

    /// Whether the browser wants a press before it plays sound.
    pub fn sound_blocked(&self) -> bool {
        self.sound_blocked
    }

    /// Whether media is awaited of somebody.
    pub fn awaits_media(&self) -> bool {
        self.remotes.iter().any(|remote| remote.media_due().is_some())
    }
}
