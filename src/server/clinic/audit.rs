//! Who did what, when, to whose record.

use super::{Clinic, ClinicError};
use crate::{
    domain::visit::{Actor, Change, Event, Millis, PatientId, SeatId, StaffId, Visit, VisitId},
    server::store::{StoreError, Tx},
};
use std::fmt;

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditActor {
    /// Somebody who works here.
    Staff(StaffId),
    /// The patient or guest at this place.
    Seat(SeatId),
    /// Nobody who is known: a failed log-in, a wrong link.
    Nobody,
    /// The clinic's own clock, or whoever has the command line.
    System,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditAction {
    /// Somebody proved who they are, or tried to.
    LogIn,
    /// Somebody went.
    LogOut,
    /// A link or code was used, or somebody tried to.
    LinkUsed,
    /// A patient said who they are, rightly or not.
    IdentityConfirmed,
    /// A link or code was made.
    LinkIssued,
    /// A link or code was taken away.
    LinkRevoked,
    /// A stream of events was started.
    StreamStarted,
    /// A record was opened to be read.
    RecordOpened,
    /// A record was changed: a name, a reason, a note, what was said at check-in.
    RecordChanged,
    /// A token for a video room was given.
    TokenGiven,
    /// Something happened to a visit; the word is the change's.
    Visit(&'static str),
    /// An account was made, changed, disabled.
    AccountChanged,
    /// A setting was changed.
    SettingChanged,
    /// The audit itself was searched or exported.
    AuditRead,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditOutcome {
    /// It happened.
    Done,
    /// It was refused.
    Refused,
}

/// One line of the audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who.
    pub actor: AuditActor,
    /// What.
    pub action: AuditAction,
    /// To which visit.
    pub visit: Option<VisitId>,
    /// To whose record.
    pub patient: Option<PatientId>,
    /// How it went.
    pub outcome: AuditOutcome,
}

impl AuditEntry {
    pub(super) fn of_change(visit: VisitId, after: &Visit, event: &Event) -> Self {
        Self {
            actor: match event.by {
                Actor::Patient => AuditActor::Seat(after.seat),
                Actor::Guest(seat) => AuditActor::Seat(seat),
                Actor::Staff(staff, _) => AuditActor::Staff(staff),
                Actor::System => AuditActor::System,
            },
            action: AuditAction::Visit(word(&event.change)),
            visit: Some(visit),
            patient: Some(after.patient),
            outcome: AuditOutcome::Done,
        }
    }
}

impl Clinic {
    /// Writes a line of the audit.
    ///
    /// # Errors
    /// When the store fails. What was to be audited must not happen then.
    pub async fn audit(&self, entry: AuditEntry) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        tx.audit(&entry, self.now()).await?;
        Ok(tx.commit().await?)
    }
}

impl Tx {
    /// Writes a line of the audit, together with what it is about.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn audit(&mut self, entry: &AuditEntry, now: Millis) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO audit (id, at, actor, action, visit, patient, outcome) \
             SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6 FROM audit",
        )
        .bind(i64::try_from(now.0).map_err(|_| StoreError::Damaged("number"))?)
        .bind(entry.actor.to_string())
        .bind(entry.action.to_string())
        .bind(entry.visit.map(|id| id.to_string()))
        .bind(entry.patient.map(|id| id.to_string()))
        .bind(entry.outcome.to_string())
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

impl fmt::Display for AuditActor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::Seat(id) => write!(f, "seat:{id}"),
            Self::Nobody => f.write_str("nobody"),
            Self::System => f.write_str("system"),
        }
    }
}

impl fmt::Display for AuditAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LogIn => "log-in",
            Self::LogOut => "log-out",
            Self::LinkUsed => "link-used",
            Self::IdentityConfirmed => "identity-confirmed",
            Self::LinkIssued => "link-issued",
            Self::LinkRevoked => "link-revoked",
            Self::StreamStarted => "stream-started",
            Self::RecordOpened => "record-opened",
            Self::RecordChanged => "record-changed",
            Self::TokenGiven => "token-given",
            Self::Visit(word) => return write!(f, "visit-{word}"),
            Self::AccountChanged => "account-changed",
            Self::SettingChanged => "setting-changed",
            Self::AuditRead => "audit-read",
        })
    }
}

impl fmt::Display for AuditOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "done",
            Self::Refused => "refused",
        })
    }
}

fn word(change: &Change) -> &'static str {
    match change {
        Change::Scheduled { .. } => "scheduled",
        Change::Moved { .. } => "moved",
        Change::Assigned { .. } => "assigned",
        Change::CheckedIn => "checked-in",
        Change::ReadyToWait => "ready",
        Change::WentAway { .. } => "went-away",
        Change::CameBack => "came-back",
        Change::Admitted { .. } => "admitted",
        Change::StartedNow => "started-now",
        Change::PutOff => "put-off",
        Change::SentBack => "sent-back",
        Change::SteppedOut => "stepped-out",
        Change::SteppedBack => "stepped-back",
        Change::RoomChanged { .. } => "room-changed",
        Change::GuestInvited { .. } => "guest-invited",
        Change::GuestRemoved { .. } => "guest-removed",
        Change::Ended { .. } => "ended",
        Change::Returned => "returned",
    }
}
