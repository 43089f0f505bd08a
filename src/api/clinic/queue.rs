//! What the queue's page is made from.

use super::ClinicCard;
use crate::domain::{
    WallClock,
    check::Readiness,
    visit::{Millis, StaffId, StaffRole, Visit, VisitId},
};
use serde::{Deserialize, Serialize};

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffCard {
    /// Who.
    pub id: StaffId,
    /// As patients read it.
    pub name: String,
    /// What they may do.
    pub role: StaffRole,
    /// Whether they work here still: somebody may have left whose visits are open.
    pub works: bool,
}

/// When a session ends, if nobody uses it. Where there is none, it does not end while the patient is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionEnd {
    /// How long that is from now, in milliseconds: no two clocks are compared.
    pub left: u64,
    /// Whether using it puts that off.
    pub can_stay: bool,
}

/// All that the queue shows, as of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// The program's build: a page of another one reloads when it does not disturb.
    pub build: String,
    /// The id of the last event in here.
    pub last: u64,
    /// The server's time.
    pub now: Millis,
    /// The clinic's clock.
    pub clock: WallClock,
    /// The clinic.
    pub clinic: ClinicCard,
    /// Who reads.
    pub me: StaffCard,
    /// When the reader's session ends.
    pub session: Option<SessionEnd>,
    /// Everybody who sees patients.
    pub providers: Vec<StaffCard>,
    /// Which of them are at their desk.
    pub at_desk: Vec<StaffId>,
    /// The visits of today that are not over.
    pub visits: Vec<QueueEntry>,
}

/// What the page of one visit is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitView {
    /// What the queue's page knows too, without the other visits.
    pub queue: QueueView,
    /// The visit.
    pub entry: QueueEntry,
    /// What its provider has written down; empty for everybody else.
    pub note: String,
}

/// A visit with what a provider has to know to choose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueEntry {
    /// Which.
    pub id: VisitId,
    /// How it stands.
    pub visit: Visit,
    /// The patient's name, the first identifier.
    pub patient: String,
    /// The patient's birth date, `YYYY-MM-DD`, the second one.
    pub birth_date: String,
    /// The language to speak.
    pub language: String,
    /// Why they come.
    pub reason: String,
    /// Where they are.
    pub location: String,
    /// The number to call when the connection fails.
    pub call_back: String,
    /// What the patient's page has found out about camera and microphone.
    pub devices: Readiness,
}
