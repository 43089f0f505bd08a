//! The state that a log amounts to.

use super::{Actor, Change, Event, Millis, PatientId, Presence, Refusal, RoomName, SeatId, StaffId, Stage};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A visit as its log tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// How many events there were. Whoever appends says on which it builds: of two who do so at once, one has to think again.
    pub seq: u64,
    /// Who is to be seen.
    pub patient: PatientId,
    /// Who sees them.
    pub provider: StaffId,
    /// The patient's place.
    pub seat: SeatId,
    /// When it should begin.
    pub starts_at: Millis,
    /// How long it should take.
    pub minutes: u16,
    /// Whether an interpreter is wanted.
    pub interpreter: bool,
    /// Where it stands.
    pub stage: Stage,
    /// Whether the patient's page is there. Means nothing before check-in.
    pub presence: Presence,
    /// When the patient first checked in. The wait counts from here, whatever happens later.
    pub checked_in_at: Option<Millis>,
    /// Who may come too.
    pub guests: BTreeSet<SeatId>,
}

impl Visit {
    /// The state after one more event. Never fails: what cannot be is ignored, so that every log can be read.
    pub fn fold(visit: Option<Self>, event: &Event) -> Option<Self> {
        let Some(mut visit) = visit else { return Self::scheduled(event) };
        visit.seq = event.seq;
        match event.change {
            Change::Scheduled { .. } | Change::DevicesTried => {}
            Change::Moved { starts_at, minutes } => (visit.starts_at, visit.minutes) = (starts_at, minutes),
            Change::InterpreterWanted { wanted } => visit.interpreter = wanted,
            Change::Assigned { provider } => {
                visit.provider = provider;
                if visit.stage.room().is_some() {
                    visit.stage = Stage::Waiting;
                }
            }
            Change::CheckedIn => {
                visit.checked_in_at.get_or_insert(event.at);
                (visit.stage, visit.presence) = (Stage::CheckedIn, Presence::Here);
            }
            Change::ReadyToWait | Change::PutOff | Change::SentBack => {
                visit.stage = Stage::Waiting;
            }
            Change::WentAway { since } => visit.presence = Presence::Away { since },
            Change::CameBack => visit.presence = Presence::Here,
            Change::Admitted { room, opens_at } => visit.stage = Stage::Admitted { room, opens_at },
            Change::StartedNow => {
                if let Stage::Admitted { opens_at, .. } = &mut visit.stage {
                    *opens_at = event.at;
                }
            }
            Change::SteppedOut => {
                if let Some(room) = visit.stage.room() {
                    visit.stage = Stage::SteppedOut { room };
                }
            }
            Change::SteppedBack => {
                if let Some(room) = visit.stage.room() {
                    visit.stage = Stage::Admitted { room, opens_at: event.at };
                }
            }
            Change::RoomChanged { room: new } => match &mut visit.stage {
                Stage::Admitted { room, .. } | Stage::SteppedOut { room } => *room = new,
                Stage::Scheduled | Stage::CheckedIn | Stage::Waiting | Stage::Ended(_) => {}
            },
            Change::GuestInvited { seat } => drop(visit.guests.insert(seat)),
            Change::GuestRemoved { seat } => drop(visit.guests.remove(&seat)),
            Change::Ended { outcome } => {
                visit.stage = Stage::Ended(outcome);
                visit.presence = Presence::Away { since: event.at };
            }
            Change::Returned => (visit.stage, visit.presence) = (Stage::Waiting, Presence::Here),
        }
        Some(visit)
    }

    /// The state that a whole log amounts to. None if it is empty.
    pub fn of<'a>(log: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
        log.into_iter().fold(None, Self::fold)
    }

    fn scheduled(event: &Event) -> Option<Self> {
        let Change::Scheduled { patient, provider, seat, starts_at, minutes, interpreter } = event.change
        else {
            return None;
        };
        Some(Self {
            seq: event.seq,
            patient,
            provider,
            seat,
            starts_at,
            minutes,
            interpreter,
            stage: Stage::Scheduled,
            presence: Presence::Away { since: event.at },
            checked_in_at: None,
            guests: BTreeSet::new(),
        })
    }

    /// The room for which `actor` may have a token now: nobody has one before a provider has let the patient in.
    ///
    /// # Errors
    /// Says why there is none.
    pub fn room_for(&self, actor: Actor) -> Result<RoomName, Refusal> {
        if let Stage::Ended(outcome) = self.stage {
            return Err(Refusal::Ended { outcome });
        }
        match actor {
            Actor::Patient => {}
            Actor::Guest(seat) if self.guests.contains(&seat) => {}
            Actor::Staff(..) if actor.provider() == Some(self.provider) => {}
            Actor::Staff(..) if actor.provider().is_some() => {
                return Err(Refusal::AnothersPatient { provider: self.provider });
            }
            Actor::Guest(_) | Actor::Staff(..) | Actor::System => return Err(Refusal::NotAllowed),
        }
        self.stage.room().ok_or(Refusal::NotAdmitted)
    }

    /// Whether the patient's page shows the waiting room, given whether a provider is with them in the video room (to which
    /// the page itself has to be connected).
    pub fn waiting_room_visible(&self, is_with_provider: bool) -> bool {
        match self.stage {
            Stage::Scheduled | Stage::Ended(_) => false,
            Stage::CheckedIn | Stage::Waiting => true,
            Stage::Admitted { .. } | Stage::SteppedOut { .. } => !is_with_provider,
        }
    }
}
