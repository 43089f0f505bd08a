//! A visit's log as a file that leads to nobody: to look at elsewhere, and to hold newer versions against.
//!
//! Ids are numbered anew, and times count from the first event, which is always at [`ORIGIN`]. Nobody can tell from it who was
//! seen, by whom, or on which day.

use super::{Actor, Change, Event, Millis, Moment, PatientId, Policy, RoomName, SeatId, StaffId, replay};
use crate::domain::others::Retold;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What such a file says it is.
pub const FORMAT: &str = "owl-visit-recording";

/// The version that is written. Older ones stay readable: 1 knew nothing of other visits.
pub const VERSION: u32 = 2;

/// When the first event of every recording is. Not 0: an appointment can have been planned for a time before it was made.
pub const ORIGIN: Millis = Millis(365 * 24 * 3_600_000);

/// A visit without its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recording {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The clinic's times, in milliseconds.
    pub times: Times,
    /// Up to when it was recorded.
    pub until: Millis,
    /// The log.
    pub log: Vec<Event>,
    /// What its page was told of other visits, and when: numbers, and nothing of whose they are.
    #[serde(default)]
    pub others: Vec<Retold>,
    /// What came of it when it was recorded.
    pub moments: Vec<Moment>,
}

/// [`Policy`], in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Times {
    /// See [`Policy::opens_before`].
    pub opens_before: u64,
    /// See [`Policy::closes_after`].
    pub closes_after: u64,
    /// See [`Policy::notice`].
    pub notice: u64,
    /// See [`Policy::keeps_place`].
    pub keeps_place: u64,
}

impl Recording {
    /// Records a log up to `until`, with what its page was told of `others`. None if there is nothing to record.
    pub fn of(log: &[Event], others: &[Retold], policy: &Policy, until: Millis) -> Option<Self> {
        let mut people = Strangers::since(log.first()?.at);
        let log: Vec<Event> = log.iter().map(|event| people.event(event)).collect();
        let others: Vec<Retold> =
            others.iter().map(|told| Retold { at: people.time(told.at), ..told.clone() }).collect();
        let until = people.time(until);
        let moments = replay(&log, &others, policy, until);
        Some(Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            times: Times::of(policy),
            until,
            log,
            others,
            moments,
        })
    }

    /// What comes of its log today: the same as when it was recorded, or something has changed what old logs mean.
    pub fn replayed(&self) -> Vec<Moment> {
        replay(&self.log, &self.others, &self.times.policy(), self.until)
    }
}

impl Times {
    fn of(policy: &Policy) -> Self {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Self {
            opens_before: millis(policy.opens_before),
            closes_after: millis(policy.closes_after),
            notice: millis(policy.notice),
            keeps_place: millis(policy.keeps_place),
        }
    }

    fn policy(self) -> Policy {
        Policy {
            opens_before: Duration::from_millis(self.opens_before),
            closes_after: Duration::from_millis(self.closes_after),
            notice: Duration::from_millis(self.notice),
            keeps_place: Duration::from_millis(self.keeps_place),
        }
    }
}

/// People and things by number, in the order in which they come.
struct Strangers {
    first: Millis,
    patients: Vec<PatientId>,
    staff: Vec<StaffId>,
    seats: Vec<SeatId>,
    rooms: Vec<RoomName>,
}

impl Strangers {
    fn since(first: Millis) -> Self {
        Self { first, patients: Vec::new(), staff: Vec::new(), seats: Vec::new(), rooms: Vec::new() }
    }

    fn event(&mut self, event: &Event) -> Event {
        Event {
            seq: event.seq,
            at: self.time(event.at),
            by: self.actor(event.by),
            change: self.change(&event.change),
        }
    }

    fn time(&self, at: Millis) -> Millis {
        Millis(ORIGIN.0.saturating_add(at.0).saturating_sub(self.first.0))
    }

    fn actor(&mut self, actor: Actor) -> Actor {
        match actor {
            Actor::Guest(seat) => Actor::Guest(self.seat(seat)),
            Actor::Staff(staff, role) => Actor::Staff(self.staff(staff), role),
            Actor::Patient | Actor::System => actor,
        }
    }

    /// A new kind of change has to be put here, with all that leads to somebody numbered anew or left out.
    fn change(&mut self, change: &Change) -> Change {
        match *change {
            Change::Scheduled { patient, provider, seat, starts_at, minutes, interpreter: _ } => {
                Change::Scheduled {
                    patient: PatientId(number(&mut self.patients, patient)),
                    provider: self.staff(provider),
                    seat: self.seat(seat),
                    starts_at: self.time(starts_at),
                    minutes,
                    // It says something of the patient.
                    interpreter: false,
                }
            }
            Change::Moved { starts_at, minutes } => {
                Change::Moved { starts_at: self.time(starts_at), minutes }
            }
            // As above.
            Change::InterpreterWanted { .. } => Change::InterpreterWanted { wanted: false },
            Change::Assigned { provider } => Change::Assigned { provider: self.staff(provider) },
            Change::WentAway { since } => Change::WentAway { since: self.time(since) },
            Change::Admitted { room, opens_at } => {
                Change::Admitted { room: self.room(room), opens_at: self.time(opens_at) }
            }
            Change::RoomChanged { room } => Change::RoomChanged { room: self.room(room) },
            Change::GuestInvited { seat } => Change::GuestInvited { seat: self.seat(seat) },
            Change::GuestRemoved { seat } => Change::GuestRemoved { seat: self.seat(seat) },
            Change::CheckedIn
            | Change::DevicesTried
            | Change::ReadyToWait
            | Change::CameBack
            | Change::StartedNow
            | Change::PutOff
            | Change::SentBack
            | Change::SteppedOut
            | Change::SteppedBack
            | Change::Ended { .. }
            | Change::Returned => change.clone(),
        }
    }

    fn staff(&mut self, id: StaffId) -> StaffId {
        StaffId(number(&mut self.staff, id))
    }

    fn seat(&mut self, id: SeatId) -> SeatId {
        SeatId(number(&mut self.seats, id))
    }

    fn room(&mut self, id: RoomName) -> RoomName {
        RoomName(number(&mut self.rooms, id))
    }
}

/// The first is 1.
fn number<T: PartialEq>(known: &mut Vec<T>, id: T) -> u128 {
    let place = known.iter().position(|other| *other == id).unwrap_or_else(|| {
        known.push(id);
        known.len() - 1
    });
    place as u128 + 1
}
