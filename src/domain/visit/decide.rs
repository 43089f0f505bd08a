//! The rules: who may do what, when.

use super::{Actor, Change, Command, Millis, Outcome, Policy, Presence, Refusal, Stage, Visit};

/// The longest visit that can be planned, in minutes.
const MAX_MINUTES: u16 = 480;

/// What happens when `actor` wants `command` at `now`: the changes to append, in this order.
///
/// # Errors
/// Says why it may not happen; nothing changes then.
pub fn decide(
    visit: Option<&Visit>,
    command: Command,
    actor: Actor,
    now: Millis,
    policy: &Policy,
) -> Result<Vec<Change>, Refusal> {
    let Some(visit) = visit else { return schedule(command, actor) };
    if let Stage::Ended(outcome) = visit.stage {
        return after_the_end(visit, &command, actor, outcome);
    }
    match command {
        Command::Schedule { .. } => Err(Refusal::ExistsAlready),
        Command::Move { starts_at, minutes } => {
            check(actor.runs_the_queue(), Refusal::NotAllowed)?;
            check_length(minutes)?;
            check(visit.stage == Stage::Scheduled, Refusal::CheckedInAlready)?;
            one(Change::Moved { starts_at, minutes })
        }
        Command::WantInterpreter { wanted } => {
            check(actor.runs_the_queue(), Refusal::NotAllowed)?;
            check(visit.interpreter != wanted, Refusal::NothingToDo)?;
            one(Change::InterpreterWanted { wanted })
        }
        Command::Cancel => cancel(visit, actor),
        Command::CheckIn => check_in(visit, actor, now, policy),
        Command::TellDevices => {
            check(actor == Actor::Patient, Refusal::NotAllowed)?;
            check(visit.checked_in_at.is_some(), Refusal::NotWaiting)?;
            one(Change::DevicesTried)
        }
        Command::Wait => {
            check(actor == Actor::Patient, Refusal::NotAllowed)?;
            match visit.stage {
                Stage::CheckedIn => one(Change::ReadyToWait),
                Stage::Scheduled => Err(Refusal::NotWaiting),
                _ => Err(Refusal::NothingToDo),
            }
        }
        Command::GoAway { .. } | Command::ComeBack => presence(visit, &command, actor),
        Command::Admit { room } => {
            let provider = assigned(visit, actor)?;
            match (visit.stage, visit.presence) {
                (Stage::Waiting, Presence::Here) => {
                    one(Change::Admitted { room, opens_at: now.plus(policy.notice) })
                }
                (Stage::Waiting, Presence::Away { .. }) => Err(Refusal::PatientAway),
                (Stage::Admitted { .. } | Stage::SteppedOut { .. }, _) => {
                    Err(Refusal::AdmittedAlready { provider })
                }
                _ => Err(Refusal::NotWaiting),
            }
        }
        Command::StartNow | Command::PutOff => during_notice(visit, &command, actor, now),
        Command::SendBack => in_the_room(visit, actor, Change::SentBack),
        Command::StepOut => match visit.stage {
            Stage::SteppedOut { .. } => Err(Refusal::NothingToDo),
            _ => in_the_room(visit, actor, Change::SteppedOut),
        },
        Command::StepBack => match visit.stage {
            Stage::Admitted { .. } => Err(Refusal::NothingToDo),
            _ => in_the_room(visit, actor, Change::SteppedBack),
        },
        Command::TakeOver => match actor.provider() {
            None => Err(Refusal::NotAllowed),
            Some(provider) if provider == visit.provider => Err(Refusal::NothingToDo),
            Some(provider) => one(Change::Assigned { provider }),
        },
        Command::HandOver { to } => {
            // Before anybody has come it is an appointment, which whoever runs the queue may give to another.
            if visit.stage != Stage::Scheduled || !actor.runs_the_queue() {
                assigned(visit, actor)?;
            }
            check(visit.provider != to, Refusal::NothingToDo)?;
            one(Change::Assigned { provider: to })
        }
        Command::InviteGuest { seat } => {
            check(actor == Actor::Patient || actor.runs_the_queue(), Refusal::NotAllowed)?;
            check(!visit.guests.contains(&seat) && seat != visit.seat, Refusal::NothingToDo)?;
            one(Change::GuestInvited { seat })
        }
        Command::RemoveGuest { seat, room } => {
            check(actor == Actor::Patient || actor.runs_the_queue(), Refusal::NotAllowed)?;
            check(visit.guests.contains(&seat), Refusal::NothingToDo)?;
            // A token cannot be revoked: where they could have one, the visit goes on elsewhere.
            let elsewhere = visit.stage.room().map(|_| Change::RoomChanged { room });
            Ok([Change::GuestRemoved { seat }].into_iter().chain(elsewhere).collect())
        }
        Command::ChangeRoom { room } => {
            check(actor == Actor::System || actor.runs_the_queue(), Refusal::NotAllowed)?;
            check(visit.stage.room().is_some(), Refusal::NothingToDo)?;
            one(Change::RoomChanged { room })
        }
        Command::End { outcome } => end(visit, actor, outcome, now, policy),
    }
}

fn schedule(command: Command, actor: Actor) -> Result<Vec<Change>, Refusal> {
    let Command::Schedule { patient, provider, seat, starts_at, minutes, interpreter } = command else {
        return Err(Refusal::NoVisit);
    };
    check(actor.runs_the_queue(), Refusal::NotAllowed)?;
    check_length(minutes)?;
    one(Change::Scheduled { patient, provider, seat, starts_at, minutes, interpreter })
}

/// A patient who had left is welcome back; every other end is one.
fn after_the_end(
    visit: &Visit,
    command: &Command,
    actor: Actor,
    outcome: Outcome,
) -> Result<Vec<Change>, Refusal> {
    let wants_in = matches!(command, Command::ComeBack | Command::CheckIn | Command::Wait);
    let can_return = outcome == Outcome::LeftWithoutBeingSeen && visit.checked_in_at.is_some();
    if wants_in && can_return && actor == Actor::Patient {
        one(Change::Returned)
    } else {
        Err(Refusal::Ended { outcome })
    }
}

fn cancel(visit: &Visit, actor: Actor) -> Result<Vec<Change>, Refusal> {
    let outcome = match actor {
        Actor::Patient => Outcome::CancelledByPatient,
        _ if actor.runs_the_queue() => Outcome::CancelledByClinic,
        _ => return Err(Refusal::NotAllowed),
    };
    check(visit.stage.room().is_none(), Refusal::AdmittedAlready { provider: visit.provider })?;
    one(Change::Ended { outcome })
}

fn check_in(visit: &Visit, actor: Actor, now: Millis, policy: &Policy) -> Result<Vec<Change>, Refusal> {
    check(actor == Actor::Patient, Refusal::NotAllowed)?;
    check(visit.stage == Stage::Scheduled, Refusal::CheckedInAlready)?;
    let opens_at = visit.starts_at.minus(policy.opens_before);
    check(opens_at <= now, Refusal::TooEarly { opens_at })?;
    check(now <= visit.starts_at.plus(policy.closes_after), Refusal::TooLate)?;
    one(Change::CheckedIn)
}

fn presence(visit: &Visit, command: &Command, actor: Actor) -> Result<Vec<Change>, Refusal> {
    check(matches!(actor, Actor::Patient | Actor::System), Refusal::NotAllowed)?;
    check(visit.checked_in_at.is_some(), Refusal::NotWaiting)?;
    match (command, visit.presence) {
        (Command::GoAway { since }, Presence::Here) => one(Change::WentAway { since: *since }),
        (Command::ComeBack, Presence::Away { .. }) => one(Change::CameBack),
        _ => Err(Refusal::NothingToDo),
    }
}

/// The patient's say in the courtesy before they are seen. "Not yet" also when it is over by the log: a page that learned of it
/// late still gives it ([`super::Courtesy`]).
fn during_notice(
    visit: &Visit,
    command: &Command,
    actor: Actor,
    now: Millis,
) -> Result<Vec<Change>, Refusal> {
    check(actor == Actor::Patient, Refusal::NotAllowed)?;
    match visit.stage {
        Stage::Admitted { .. } if *command == Command::PutOff => one(Change::PutOff),
        Stage::Admitted { opens_at, .. } if now < opens_at => one(Change::StartedNow),
        Stage::Admitted { .. } | Stage::SteppedOut { .. } => Err(Refusal::NothingToDo),
        _ => Err(Refusal::NotAdmitted),
    }
}

fn in_the_room(visit: &Visit, actor: Actor, change: Change) -> Result<Vec<Change>, Refusal> {
    assigned(visit, actor)?;
    check(visit.stage.room().is_some(), Refusal::NotAdmitted)?;
    one(change)
}

fn end(
    visit: &Visit,
    actor: Actor,
    outcome: Outcome,
    now: Millis,
    policy: &Policy,
) -> Result<Vec<Change>, Refusal> {
    match outcome {
        Outcome::Seen => {
            assigned(visit, actor)?;
            check(visit.stage.room().is_some(), Refusal::NotAdmitted)?;
        }
        Outcome::NoShow => {
            check(actor.runs_the_queue() || actor == Actor::System, Refusal::NotAllowed)?;
            check(visit.checked_in_at.is_none(), Refusal::CheckedInAlready)?;
            check(visit.starts_at <= now, Refusal::TooEarly { opens_at: visit.starts_at })?;
            // People may know that nobody will come; the clock waits until nobody can.
            let can_come = now <= visit.starts_at.plus(policy.closes_after);
            check(actor != Actor::System || !can_come, Refusal::NothingToDo)?;
        }
        Outcome::LeftWithoutBeingSeen => {
            check(visit.checked_in_at.is_some(), Refusal::NotWaiting)?;
            let is_away = matches!(visit.presence, Presence::Away { .. });
            match (actor, visit.presence) {
                // Let in, and gone again: only their provider knows that it is more than a bad line.
                _ if visit.stage.room().is_some() => {
                    let may = is_away && actor.provider() == Some(visit.provider);
                    check(may, Refusal::AdmittedAlready { provider: visit.provider })?;
                }
                (Actor::Patient, _) => {}
                _ if actor.runs_the_queue() && is_away => {}
                (Actor::System, Presence::Away { since }) if since.plus(policy.keeps_place) <= now => {}
                (Actor::System, _) => return Err(Refusal::NothingToDo),
                _ => return Err(Refusal::NotAllowed),
            }
        }
        Outcome::CancelledByPatient | Outcome::CancelledByClinic => return cancel(visit, actor),
    }
    one(Change::Ended { outcome })
}

/// The visit's provider, who is the actor.
fn assigned(visit: &Visit, actor: Actor) -> Result<super::StaffId, Refusal> {
    match actor.provider() {
        Some(provider) if provider == visit.provider => Ok(provider),
        Some(_) => Err(Refusal::AnothersPatient { provider: visit.provider }),
        None => Err(Refusal::NotAllowed),
    }
}

fn check_length(minutes: u16) -> Result<(), Refusal> {
    check((1..=MAX_MINUTES).contains(&minutes), Refusal::WrongLength)
}

fn check(holds: bool, otherwise: Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(otherwise) }
}

#[expect(clippy::unnecessary_wraps, reason = "the rules above read as sentences this way")]
fn one(change: Change) -> Result<Vec<Change>, Refusal> {
    Ok(vec![change])
}
