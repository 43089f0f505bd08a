//! A visit once more, moment by moment: what happened, and what each page was made from then.
//!
//! Made by what the pages themselves are made by ([`Visit::fold`], [`project()`], [`Screen::of`]), so it shows what they showed.
//! What they said of other visits comes from the logs of those: see [`others`](crate::domain::others).

use super::{
    Change, Event, Millis, Policy, Presence, Reader, RoomName, Screen, SeatId, StaffRole, Stage, Visit,
    project,
};
use crate::domain::{
    others::{Retold, Told, Why},
    queue::Section,
};
use serde::{Deserialize, Serialize};

/// A moment at which something changed for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    /// When.
    pub at: Millis,
    /// By what.
    pub cause: Cause,
    /// How the visit stood after it.
    pub visit: Visit,
    /// Which of the visit's rooms was open then: the first is 1. A room's name is nobody's business.
    pub room: Option<u16>,
    /// What the pages showed, of those whose pages could show anything.
    pub pages: Vec<(Reader, Seen)>,
}

/// Why something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cause {
    /// It happened.
    Event(Event),
    /// Time passed: check-in opened.
    CheckInOpened,
    /// Time passed: check-in closed.
    CheckInClosed,
    /// Time passed: the courtesy notice ended, and the patient was seen and heard.
    NoticeEnded,
    /// The page of who waited was told something new of other visits.
    Others(Why),
}

/// What somebody's page was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// Whether the page was told of this moment's event.
    pub told: bool,
    /// Where the visit stood, as far as the page knew.
    pub stage: Stage,
    /// Whether the patient's page was there, as far as the page knew.
    pub presence: Presence,
    /// What a patient's or guest's page was about. None for staff.
    pub screen: Option<Screen>,
    /// Whether a patient's or guest's page showed the waiting room.
    pub waiting_room: WaitingRoom,
    /// Whether the patient was told that they would be seen in some seconds.
    pub notice: bool,
    /// Where in the queue staff saw the visit. None for others, and once it was over.
    pub section: Option<Section>,
    /// What a patient's or guest's page said of other visits. None where it said nothing of them; in recordings of version 1, nobody
    /// asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<Told>,
}

/// Whether a page showed the waiting room. Who was in the video room when is in no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WaitingRoom {
    /// It did not.
    Hidden,
    /// It did.
    Visible,
    /// It did while no provider was in the video room with them.
    UntilProvider,
}

/// The moments of a log, in order, up to `until`. `others`: when its page was told something new of other visits, in order.
pub fn replay(log: &[Event], others: &[Retold], policy: &Policy, until: Millis) -> Vec<Moment> {
    let mut player = Player::new(log, policy);
    let mut moments = Vec::new();
    for (index, event) in log.iter().enumerate() {
        let (with_it, after_it): (Vec<&Retold>, Vec<&Retold>) =
            others.iter().filter(|told| told.seq == event.seq).partition(|told| told.why.is_none());
        moments.extend(player.hear(event, with_it.last().map(|told| told.told)));
        moments.extend(after_it.into_iter().filter_map(|told| player.learn(told)));
        let next = log.get(index + 1).map_or(until.plus(std::time::Duration::from_millis(1)), |next| next.at);
        moments.extend(player.pass(event.at, next));
    }
    moments
}

/// The pages, and what they know.
struct Player<'a> {
    policy: &'a Policy,
    visit: Option<Visit>,
    rooms: Vec<RoomName>,
    pages: Vec<(Reader, Option<Visit>)>,
    /// What pages were told of other visits, while it waits.
    others: Option<Told>,
}

impl<'a> Player<'a> {
    fn new(log: &[Event], policy: &'a Policy) -> Self {
        let mut readers =
            vec![Reader::Patient, Reader::Staff(StaffRole::Provider), Reader::Staff(StaffRole::FrontDesk)];
        for event in log {
            if let Change::GuestInvited { seat } = event.change
                && !readers.contains(&Reader::Guest(seat))
            {
                readers.push(Reader::Guest(seat));
            }
        }
        let pages = readers.into_iter().map(|reader| (reader, None)).collect();
        Self { policy, visit: None, rooms: Vec::new(), pages, others: None }
    }

    fn hear(&mut self, event: &Event, others: Option<Told>) -> Option<Moment> {
        self.visit = Visit::fold(self.visit.take(), event);
        let waits = self.visit.as_ref().is_some_and(Visit::is_in_queue);
        self.others = others.or(self.others).filter(|_| waits);
        if let Some(room) = self.visit.as_ref().and_then(|visit| visit.stage.room())
            && !self.rooms.contains(&room)
        {
            self.rooms.push(room);
        }
        let mut told = Vec::new();
        for (reader, page) in &mut self.pages {
            if let Some(seen) = project(event, *reader) {
                *page = Visit::fold(page.take(), &seen);
                told.push(*reader);
            }
        }
        self.moment(event.at, Cause::Event(event.clone()), &told)
    }

    /// Pages are told something new of other visits.
    fn learn(&mut self, told: &Retold) -> Option<Moment> {
        self.others = Some(told.told);
        self.moment(told.at, Cause::Others(told.why?), &[])
    }

    /// What changed by the clock alone after `from` and before `to`.
    fn pass(&self, from: Millis, to: Millis) -> Vec<Moment> {
        let Some(visit) = &self.visit else { return Vec::new() };
        let one = std::time::Duration::from_millis(1);
        let changes = match visit.stage {
            Stage::Scheduled => vec![
                (visit.starts_at.minus(self.policy.opens_before), Cause::CheckInOpened),
                // At the last moment itself one still can.
                (visit.starts_at.plus(self.policy.closes_after).plus(one), Cause::CheckInClosed),
            ],
            Stage::Admitted { opens_at, .. } => vec![(opens_at, Cause::NoticeEnded)],
            Stage::CheckedIn | Stage::Waiting | Stage::SteppedOut { .. } | Stage::Ended(_) => Vec::new(),
        };
        let within = changes.into_iter().filter(|(at, _)| from < *at && *at < to);
        within.filter_map(|(at, cause)| self.moment(at, cause, &[])).collect()
    }

    fn moment(&self, at: Millis, cause: Cause, told: &[Reader]) -> Option<Moment> {
        let visit = self.visit.clone()?;
        let number = |room: &RoomName| self.rooms.iter().position(|known| known == room);
        let room =
            visit.stage.room().as_ref().and_then(number).and_then(|place| u16::try_from(place + 1).ok());
        let pages = self
            .pages
            .iter()
            .filter(|(reader, _)| may_come(&visit, *reader))
            .filter_map(|(reader, page)| Some((*reader, page.as_ref()?)))
            .map(|(reader, page)| (reader, self.seen(reader, page, at, told.contains(&reader))))
            .collect();
        Some(Moment { at, cause, visit, room, pages })
    }

    fn seen(&self, reader: Reader, page: &Visit, at: Millis, told: bool) -> Seen {
        let is_staff = matches!(reader, Reader::Staff(_));
        let screen = (!is_staff).then(|| Screen::of(page, at, self.policy).shown_to(reader));
        let is_live = screen == Some(Screen::Live);
        let waiting_room = match (page.waiting_room_visible(false), page.waiting_room_visible(true)) {
            (true, true) if is_live => WaitingRoom::Visible,
            (true, false) if is_live => WaitingRoom::UntilProvider,
            _ => WaitingRoom::Hidden,
        };
        let is_notice = matches!(page.stage, Stage::Admitted { opens_at, .. } if at < opens_at);
        Seen {
            told,
            stage: page.stage,
            presence: page.presence,
            screen,
            waiting_room,
            notice: reader == Reader::Patient && is_notice,
            section: if is_staff { Section::of(page) } else { None },
            others: self.others.filter(|_| is_live && page.is_in_queue()),
        }
    }
}

/// A guest has a page while they may come.
fn may_come(visit: &Visit, reader: Reader) -> bool {
    let is_guest = |seat: &SeatId| visit.guests.contains(seat);
    if let Reader::Guest(seat) = reader { is_guest(&seat) } else { true }
}
