//! A model of what is around the machine: which questions are open, what is on, who is in the room. It is written from
//! the effects and events alone and never asks the machine for its state.

use super::super::*;
use crate::domain::Role;
use std::time::Duration;

#[derive(Clone, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about the world")]
pub(super) struct World {
    pub call: Call,
    pub now: Duration,
    role: Role,
    wish: MediaWish,
    camera: bool,
    /// The join that the camera was got in.
    got: Option<Attempt>,
    ticket: bool,
    asked_media: Option<Attempt>,
    asked_ticket: Option<Attempt>,
    connecting: Option<Attempt>,
    room: bool,
    coming_back: bool,
    held: bool,
    /// Whether what is in the room is seen and heard there.
    published: bool,
    /// Whether an ended room is no ended visit.
    room_may_change: bool,
    inside: Vec<(String, Role)>,
}

impl World {
    pub fn new(role: Role) -> Self {
        Self {
            call: Call::new(role, 7),
            now: Duration::ZERO,
            role,
            wish: MediaWish::Nothing,
            camera: false,
            got: None,
            ticket: false,
            asked_media: None,
            asked_ticket: None,
            connecting: None,
            room: false,
            coming_back: false,
            held: false,
            published: false,
            room_may_change: false,
            inside: Vec::new(),
        }
    }

    /// The same where a visit may go on in another room.
    pub fn in_changing_rooms(role: Role) -> Self {
        let world = Self::new(role);
        Self { call: world.call.in_changing_rooms(), room_may_change: true, ..world }
    }

    /// Reports something about the current attempt.
    pub fn report(&mut self, report: Report) -> Vec<Effect> {
        let attempt = self.call.attempt();
        self.feed(Event::reported(attempt, report))
    }

    /// Feeds one event to the machine and the model, and checks that they agree.
    pub fn feed(&mut self, event: Event) -> Vec<Effect> {
        self.expect(&event);
        let before = self.call.clone();
        let effects = self.call.handle(event.clone(), self.now);
        if let (Event::Join(wish), [_, ..]) = (&event, &effects[..]) {
            self.wish = *wish;
        }
        for effect in &effects {
            self.carry_out(effect);
        }
        self.check(&event, &before);
        effects
    }

    /// What the event does to the world, machine or no machine.
    fn expect(&mut self, event: &Event) {
        match event {
            Event::Leave | Event::PageHidden => self.coming_back = false,
            Event::Hold(held) => self.held = *held,
            Event::Reported { attempt, report } if *attempt == self.call.attempt() => {
                self.expect_report(*attempt, report);
            }
            _ => {}
        }
    }

    fn expect_report(&mut self, attempt: Attempt, report: &Report) {
        match report {
            Report::MediaReady if self.asked_media.take_if(|a| *a == attempt).is_some() => {
                self.camera = true;
                self.got = Some(attempt);
            }
            Report::TicketReady if self.asked_ticket.take_if(|a| *a == attempt).is_some() => {
                self.ticket = true;
            }
            Report::Connected(remotes) if self.connecting.take_if(|a| *a == attempt).is_some() => {
                self.room = true;
                self.coming_back = false;
                self.inside = remotes.iter().map(|remote| (remote.sid.clone(), remote.role())).collect();
            }
            Report::ParticipantJoined(remote) if self.room => {
                self.inside.retain(|(sid, _)| *sid != remote.sid);
                self.inside.push((remote.sid.clone(), remote.role()));
            }
            Report::ParticipantLeft(gone) => self.inside.retain(|(sid, _)| sid != gone),
            Report::Disconnected(code) if self.room => {
                self.room = false;
                self.inside.clear();
                self.coming_back = match *code {
                    Some(code::DUPLICATE_IDENTITY | code::STAY_TOO_LONG) => false,
                    Some(code::ROOM_COMPLETED) | None => self.room_may_change,
                    Some(_) => true,
                };
            }
            Report::ConnectFailed(Some(code::ROOM_FULL)) if self.connecting == Some(attempt) => {
                self.coming_back = false;
            }
            Report::Unsupported if [self.asked_ticket, self.connecting].contains(&Some(attempt)) => {
                self.coming_back = false;
            }
            Report::TicketFailed(TicketFailure::Refused) if self.asked_ticket == Some(attempt) => {
                self.coming_back = false;
            }
            _ => {}
        }
    }

    fn carry_out(&mut self, effect: &Effect) {
        match effect {
            Effect::AskForMedia(attempt, wish) => {
                assert!(!self.camera, "asked for a camera that is on");
                assert_eq!(*wish, self.wish);
                self.asked_media = Some(*attempt);
            }
            Effect::FetchTicket(attempt) => {
                self.ticket = false;
                self.asked_ticket = Some(*attempt);
            }
            Effect::Connect(attempt) => {
                assert!(self.ticket, "connects without a ticket");
                assert!(
                    self.camera || self.wish == MediaWish::Nothing,
                    "connects without the media wished for"
                );
                assert!(!self.room && self.connecting.is_none(), "connects twice");
                self.connecting = Some(*attempt);
                self.published = !self.held;
            }
            Effect::Publish => {
                assert!(self.room && !self.held && !self.published, "published too early, or twice");
                self.published = true;
            }
            Effect::Disconnect => {
                self.room = false;
                self.connecting = None;
                self.published = false;
                self.asked_ticket = None;
                self.inside.clear();
            }
            Effect::Switch(..) => assert!(self.camera, "switches what is not on"),
            Effect::Restart(asked, kind) => {
                assert!(self.camera && self.got == Some(*asked), "restarts what is not on");
                assert!(self.wish.includes(*kind), "restarts what was not wished for");
            }
            Effect::StopMedia => {
                self.camera = false;
                self.asked_media = None;
            }
        }
    }

    fn check(&self, event: &Event, before: &Call) {
        let call = &self.call;
        let provider = self.inside.iter().any(|(_, role)| *role == Role::Provider);
        let waits = self.role == Role::Patient && (self.room || self.coming_back) && !provider;
        assert_eq!(call.waiting_room_visible(), waits, "invariant 1, after {event:?} from {before:?}");
        assert!(!self.room || self.held || self.published, "held back for too long, after {event:?}");
        let phase = call.phase();
        if phase.can_join() {
            assert!(!self.camera && self.asked_media.is_none(), "invariant 5: camera on in {phase:?}");
            assert!(!self.room && self.connecting.is_none(), "a room is open in {phase:?}");
            assert_eq!(call.next_deadline(), None, "something is awaited in {phase:?}");
            for kind in [TrackKind::Audio, TrackKind::Video] {
                assert!(call.device(kind).works() && !call.sends(kind), "a device of the past in {phase:?}");
            }
            assert!(call.remotes().is_empty() && !call.media_stuck() && !call.sound_blocked());
        }
        assert_eq!(
            matches!(phase, Phase::InRoom | Phase::Reconnecting),
            self.room,
            "{phase:?} after {event:?}"
        );
        if let Event::Reported { attempt, .. } = event
            && *attempt != before.attempt()
        {
            assert_eq!(call, before, "a late report changed something");
        }
    }
}
