//! Who asks. The web layer puts one of these into a request's extensions once a cookie has proved it, and into the Leptos
//! context of pages and server functions; nobody else makes them (tests apart).

use super::staff::SessionUse;
use crate::domain::visit::{Actor, SeatId, StaffId, StaffRole, VisitId};
use jiff::tz::TimeZone;

/// What a session is stored under: the hash of what its cookie carries.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SessionKey(pub String);

/// Somebody of the staff, logged in.
#[derive(Clone)]
pub struct StaffSession {
    /// Who.
    pub staff: StaffId,
    /// What they may do.
    pub role: StaffRole,
    /// Their name, as patients read it.
    pub name: String,
    /// By which the session can be ended.
    pub session: SessionKey,
    /// What its end follows from.
    pub(super) used: SessionUse,
    /// The time of day at which it ends, by the clinic's clock, when that is soon and no use puts it off.
    pub ends_soon: Option<String>,
}

impl StaffSession {
    /// Who they are to the rules of a visit.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff, self.role)
    }
}

/// Somebody who came by a link.
#[derive(Clone)]
pub struct SeatSession {
    /// The visit that the link is bound to.
    pub visit: VisitId,
    /// The place in it.
    pub seat: SeatId,
    /// Who they are to the rules of a visit: the patient, or a guest.
    pub actor: Actor,
    /// Whether this device has the place: the one that came to it last.
    pub has_seat: bool,
    /// Whether they have said who they are, where the clinic wants that.
    pub confirmed: bool,
    /// The time zone of their browser, if it has said so.
    pub time_zone: Option<TimeZone>,
    /// By which the session can be ended.
    pub session: SessionKey,
}
