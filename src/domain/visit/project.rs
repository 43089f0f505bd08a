//! What a reader may see of a visit's log. What they may not see never leaves the server.

use super::{Actor, Change, Event, PatientId, Presence, RoomName, SeatId, StaffRole, Visit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reader {
    /// The visit's own patient.
    Patient,
    /// A guest, at this place.
    Guest(SeatId),
    /// Somebody who works at the clinic.
    Staff(StaffRole),
}

/// An event as `reader` may see it. None if they may not, or it does not concern them.
///
/// What comes out can be folded as it is. The room's name is in none of it: only the server needs it, to make tokens.
pub fn project(event: &Event, reader: Reader) -> Option<Event> {
    let sees = match reader {
        // Accounts and settings are an admin's business, patients are not.
        Reader::Staff(StaffRole::Admin) => false,
        Reader::Staff(StaffRole::Provider | StaffRole::FrontDesk) | Reader::Patient => true,
        Reader::Guest(own) => concerns_guest(&event.change, own),
    };
    sees.then(|| Event {
        by: shown_actor(event.by, reader),
        change: shown_change(&event.change, reader),
        ..event.clone()
    })
}

/// A visit as `reader` may see it: what folding the projected log amounts to.
pub fn project_visit(visit: &Visit, reader: Reader) -> Option<Visit> {
    if reader == Reader::Staff(StaffRole::Admin) {
        return None;
    }
    let mut seen = visit.clone();
    seen.stage = visit.stage.without_room();
    if let Reader::Guest(own) = reader {
        (seen.patient, seen.seat) = (PatientId(0), SeatId(0));
        seen.guests = visit.guests.intersection(&BTreeSet::from([own])).copied().collect();
        // Whether the patient's page is there is no guest's business, and they do not hear when it comes back either.
        if visit.checked_in_at.is_some() && !visit.stage.is_over() {
            seen.presence = Presence::Here;
        }
    }
    Some(seen)
}

impl RoomName {
    /// Stands where a room's name is not for the reader.
    pub const HIDDEN: Self = Self(0);
}

/// A guest follows the visit and not the patient, and knows of no other guest.
fn concerns_guest(change: &Change, own: SeatId) -> bool {
    match change {
        Change::GuestInvited { seat } | Change::GuestRemoved { seat } => *seat == own,
        Change::WentAway { .. } | Change::CameBack | Change::DevicesTried => false,
        _ => true,
    }
}

fn shown_change(change: &Change, reader: Reader) -> Change {
    let is_guest = matches!(reader, Reader::Guest(_));
    match change.clone() {
        Change::Admitted { opens_at, .. } => Change::Admitted { room: RoomName::HIDDEN, opens_at },
        Change::RoomChanged { .. } => Change::RoomChanged { room: RoomName::HIDDEN },
        Change::Scheduled { provider, starts_at, minutes, interpreter, .. } if is_guest => {
            Change::Scheduled {
                patient: PatientId(0),
                provider,
                seat: SeatId(0),
                starts_at,
                minutes,
                interpreter,
            }
        }
        other => other,
    }
}

/// One guest does not learn of another by what they did.
fn shown_actor(actor: Actor, reader: Reader) -> Actor {
    match (actor, reader) {
        (Actor::Guest(seat), Reader::Guest(own)) if seat != own => Actor::System,
        _ => actor,
    }
}
