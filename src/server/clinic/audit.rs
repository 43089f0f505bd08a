//! Who did what, when, to whose record.

use super::{Clinic, ClinicError};
use crate::{
    domain::visit::{Actor, Change, Command, Event, Millis, PatientId, SeatId, StaffId, Visit, VisitId},
    server::{
        audit::Line,
        store::{StoreError, Tx},
    },
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
    /// Another device at the same place took it over.
    SeatTaken,
    /// A stream of events was started.
    StreamStarted,
    /// A record was opened to be read.
    RecordOpened,
    /// A record was changed: a name, a reason, a note, what was said at check-in.
    RecordChanged,
    /// Personal data were erased: beside a visit, or, without one, the patient's own.
    RecordErased,
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
    /// The file with the audit's checkpoints was shortened while the server ran.
    CheckpointsShortened,
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
    /// Writes down that somebody of the staff tried what the rules do not allow. Pages of patients try it all the time, by themselves.
    pub(super) async fn audit_refused(
        &self,
        visit: VisitId,
        state: &Visit,
        command: &Command,
        actor: Actor,
    ) -> Result<(), ClinicError> {
        let Actor::Staff(staff, _) = actor else { return Ok(()) };
        let line = AuditEntry {
            actor: AuditActor::Staff(staff),
            action: AuditAction::Visit("refused"),
            visit: Some(visit),
            patient: Some(state.patient),
            outcome: AuditOutcome::Refused,
        };
        self.audit_about(line, wish(command).to_owned()).await
    }

    /// Writes a line of the audit.
    ///
    /// # Errors
    /// When the store fails. What was to be audited must not happen then.
    pub async fn audit(&self, entry: AuditEntry) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        tx.audit(&entry, self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Writes a line of the audit that is about something beside a visit and a patient: an account, a setting, a list. `about`
    /// is an id or a word, never what somebody typed.
    ///
    /// # Errors
    /// As [`Clinic::audit`].
    pub async fn audit_about(&self, entry: AuditEntry, about: String) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        tx.audit_about(&entry, about, self.now())?;
        Ok(tx.commit().await?)
    }
}

impl Tx {
    /// Writes a line of the audit, together with what it is about.
    ///
    /// # Errors
    /// See [`StoreError`].
    #[expect(
        clippy::unused_async,
        reason = "that it is written with the commit is no business of whoever writes it"
    )]
    pub async fn audit(&mut self, entry: &AuditEntry, now: Millis) -> Result<(), StoreError> {
        self.note(line(entry, None, now)?);
        Ok(())
    }

    /// As [`Clinic::audit_about`].
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn audit_about(&mut self, entry: &AuditEntry, about: String, now: Millis) -> Result<(), StoreError> {
        self.note(line(entry, Some(about), now)?);
        Ok(())
    }
}

fn line(entry: &AuditEntry, about: Option<String>, now: Millis) -> Result<Line, StoreError> {
    Ok(Line {
        at: i64::try_from(now.0).map_err(|_| StoreError::Damaged("number"))?,
        actor: entry.actor.to_string(),
        action: entry.action.to_string(),
        visit: entry.visit.map(|id| id.to_string()),
        patient: entry.patient.map(|id| id.to_string()),
        about,
        outcome: entry.outcome.to_string(),
    })
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
            Self::SeatTaken => "seat-taken",
            Self::StreamStarted => "stream-started",
            Self::RecordOpened => "record-opened",
            Self::RecordChanged => "record-changed",
            Self::RecordErased => "record-erased",
            Self::TokenGiven => "token-given",
            Self::Visit(word) => return write!(f, "visit-{word}"),
            Self::AccountChanged => "account-changed",
            Self::SettingChanged => "setting-changed",
            Self::AuditRead => "audit-read",
            Self::CheckpointsShortened => "checkpoints-shortened",
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
        Change::InterpreterWanted { .. } => "interpreter-wanted",
        Change::Assigned { .. } => "assigned",
        Change::CheckedIn => "checked-in",
        Change::DevicesTried => "devices-tried",
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

fn wish(command: &Command) -> &'static str {
    match command {
        Command::Schedule { .. } => "schedule",
        Command::Move { .. } => "move",
        Command::WantInterpreter { .. } => "want an interpreter",
        Command::Cancel => "cancel",
        Command::CheckIn => "check in",
        Command::TellDevices => "tell devices",
        Command::Wait => "wait",
        Command::GoAway { .. } => "go away",
        Command::ComeBack => "come back",
        Command::Admit { .. } => "admit",
        Command::StartNow => "start now",
        Command::PutOff => "put off",
        Command::SendBack => "send back",
        Command::StepOut => "step out",
        Command::StepBack => "step back",
        Command::TakeOver => "take over",
        Command::HandOver { .. } => "hand over",
        Command::InviteGuest { .. } => "invite a guest",
        Command::RemoveGuest { .. } => "remove a guest",
        Command::ChangeRoom { .. } => "change the room",
        Command::End { .. } => "end",
    }
}
