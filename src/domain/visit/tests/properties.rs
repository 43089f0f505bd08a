//! Many actors, any order: what must never be.

use super::{projection::changes, *};
use proptest::prelude::*;

pub const GUEST: SeatId = SeatId(9);

pub fn actor() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![
        Actor::Patient,
        Actor::Patient,
        PROVIDER,
        PROVIDER,
        COLLEAGUE,
        FRONT_DESK,
        ADMIN,
        Actor::System,
        Actor::Guest(GUEST),
    ])
}

pub fn command() -> impl Strategy<Value = Command> {
    // Mostly the one end that can be undone: after any other nothing more is tried.
    let outcome = prop_oneof![
        1 => prop::sample::select(vec![
            Outcome::Seen,
            Outcome::NoShow,
            Outcome::CancelledByPatient,
            Outcome::CancelledByClinic,
        ]),
        12 => Just(Outcome::LeftWithoutBeingSeen),
    ];
    prop_oneof![
        2 => Just(schedule()),
        1 => (0..100_u64, 0..600_u16).prop_map(|(hours, minutes)| Command::Move { starts_at: START.plus(Duration::from_hours(hours)), minutes }),
        1 => any::<bool>().prop_map(|wanted| Command::WantInterpreter { wanted }),
        1 => Just(Command::Cancel),
        4 => Just(Command::CheckIn),
        1 => Just(Command::TellDevices),
        6 => Just(Command::Wait),
        2 => Just(Command::GoAway { since: START }),
        4 => Just(Command::ComeBack),
        8 => Just(Command::Admit { room: RoomName(0) }),
        2 => Just(Command::StartNow),
        1 => Just(Command::PutOff),
        2 => Just(Command::SendBack),
        2 => Just(Command::StepOut),
        2 => Just(Command::StepBack),
        2 => Just(Command::TakeOver),
        1 => Just(Command::HandOver { to: StaffId(2) }),
        2 => Just(Command::InviteGuest { seat: GUEST }),
        1 => Just(Command::RemoveGuest { seat: GUEST, room: RoomName(0) }),
        1 => Just(Command::ChangeRoom { room: RoomName(0) }),
        4 => outcome.prop_map(|outcome| Command::End { outcome }),
    ]
}

/// Mostly little, so that check-in does not close before anybody has come; sometimes longer than a place is kept.
pub fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 0..60_u64, 1 => 0..3000_u64]
}

/// Gives every command that makes a room one of its own, as the server does.
pub fn with_new_room(command: Command, rooms: u128) -> Command {
    match command {
        Command::Admit { .. } => Command::Admit { room: RoomName(rooms) },
        Command::RemoveGuest { seat, .. } => Command::RemoveGuest { seat, room: RoomName(rooms) },
        Command::ChangeRoom { .. } => Command::ChangeRoom { room: RoomName(rooms) },
        other => other,
    }
}

/// Everybody who could want a token.
const READERS: [Actor; 7] =
    [Actor::Patient, Actor::Guest(GUEST), PROVIDER, COLLEAGUE, FRONT_DESK, ADMIN, Actor::System];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn whatever_happens(begun: bool, steps in prop::collection::vec((actor(), command(), seconds()), 1..60)) {
        let mut clinic = if begun { Clinic::waiting() } else { Clinic::scheduled() };
        let mut rooms_that_were = Vec::new();
        for (actor, command, seconds) in steps {
            clinic.pass(Duration::from_secs(seconds));
            clinic.rooms += 1;
            let before = clinic.clone();
            let wish = with_new_room(command, clinic.rooms);
            match clinic.try_to(actor, wish.clone()) {
                Err(_) => prop_assert_eq!(&before.visit, &clinic.visit, "a refusal changes nothing"),
                Ok(()) => prop_assert!(clinic.log.len() > before.log.len(), "something allowed leaves a trace"),
            }
            prop_assert_eq!(&Visit::of(&clinic.log), &clinic.visit, "the log is all there is");
            let Some(visit) = &clinic.visit else { continue };
            prop_assert_eq!(visit.seq, clinic.log.len() as u64);
            invariant_1(&clinic.log, visit)?;
            invariant_2(&clinic.log, visit)?;
            invariant_4(&before, &clinic)?;
            // Invariant 3: a room that was left is never opened again.
            let room_before = before.visit.as_ref().and_then(|visit| visit.stage.room());
            if let Some(room) = visit.stage.room()
                && room_before != Some(room)
            {
                prop_assert!(!rooms_that_were.contains(&room));
                rooms_that_were.push(room);
            }
            as_its_readers_see_it(&clinic.log, visit)?;
        }
    }

    /// What is stored can be read, and says the same.
    #[test]
    fn events_survive_json(actor in actor(), room: u128, at: u32) {
        let admitted = Change::Admitted { room: RoomName(room), opens_at: Millis(u64::from(at)) };
        let all = changes().into_iter().map(|(change, _)| change).chain([admitted]);
        for change in all {
            let event = Event { seq: 1, at: Millis(u64::from(at)), by: actor, change };
            let text = serde_json::to_string(&event).unwrap();
            prop_assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
        }
    }
}

/// The last change of a log that is one of some.
fn last(log: &[Event], is_one: impl Fn(&Change) -> bool) -> Option<&Event> {
    log.iter().rev().find(|event| is_one(&event.change))
}

/// The waiting room is visible exactly while the patient waits and no provider is with them. Read off the log, and not off what
/// the fold has made of it: from check-in to the end, but while somebody is with them in the room that is open.
fn invariant_1(log: &[Event], visit: &Visit) -> Result<(), TestCaseError> {
    let has_come = last(log, |change| *change == Change::CheckedIn).is_some();
    let is_over = last(log, |change| matches!(change, Change::Ended { .. } | Change::Returned))
        .is_some_and(|event| event.change != Change::Returned);
    let is_open = last(log, |change| {
        matches!(
            change,
            Change::Admitted { .. }
                | Change::SentBack
                | Change::PutOff
                | Change::Assigned { .. }
                | Change::Ended { .. }
                | Change::Returned
        )
    });
    let is_open = is_open.is_some_and(|event| matches!(event.change, Change::Admitted { .. }));
    prop_assert_eq!(visit.waiting_room_visible(false), has_come && !is_over);
    prop_assert_eq!(visit.waiting_room_visible(true), has_come && !is_over && !is_open);
    Ok(())
}

/// No token before a provider has admitted, and only for the room that is open, and only for who belongs there. Read off the log,
/// and not off what the fold has made of it: from the provider's own admission to whatever leaves its room.
fn invariant_2(log: &[Event], visit: &Visit) -> Result<(), TestCaseError> {
    let (mut provider, mut room, mut guest) = (None, None, false);
    for Event { by, change, .. } in log {
        match change {
            Change::Scheduled { provider: first, .. } => provider = Some(*first),
            Change::Assigned { provider: next } => (provider, room) = (Some(*next), None),
            Change::Admitted { room: new, .. } => {
                prop_assert!(
                    by.provider().is_some() && by.provider() == provider,
                    "who admits has the visit"
                );
                room = Some(*new);
            }
            Change::RoomChanged { room: new } => {
                prop_assert!(room.is_some(), "nobody comes in by going on elsewhere");
                room = Some(*new);
            }
            Change::SentBack | Change::PutOff | Change::Ended { .. } | Change::Returned => room = None,
            Change::GuestInvited { seat } => guest |= *seat == GUEST,
            Change::GuestRemoved { seat } => guest &= *seat != GUEST,
            // Who steps out comes back into the same room, and whoever goes away finds it.
            Change::SteppedOut
            | Change::SteppedBack
            | Change::StartedNow
            | Change::Moved { .. }
            | Change::InterpreterWanted { .. }
            | Change::CheckedIn
            | Change::DevicesTried
            | Change::ReadyToWait
            | Change::WentAway { .. }
            | Change::CameBack => {}
        }
    }
    for reader in READERS {
        let belongs = match reader {
            Actor::Patient => true,
            Actor::Guest(_) => guest,
            Actor::Staff(..) => reader.provider().is_some() && reader.provider() == provider,
            Actor::System => false,
        };
        prop_assert_eq!(visit.room_for(reader).ok(), room.filter(|_| belongs), "{:?}", reader);
    }
    Ok(())
}

/// The wait counts from the first check-in, and an absence costs nothing but itself: who waits is where they were in the queue,
/// until they have been away for as long as a place is kept.
fn invariant_4(before: &Clinic, after: &Clinic) -> Result<(), TestCaseError> {
    let visit = after.visit();
    let first = after.log.iter().find(|event| event.change == Change::CheckedIn).map(|event| event.at);
    prop_assert_eq!(visit.checked_in_at, first);
    let Some(was) = before.visit.as_ref().filter(|was| was.is_in_queue()) else { return Ok(()) };
    if visit.is_in_queue() {
        prop_assert_eq!(visit.queue_key(), was.queue_key());
    }
    let news = &after.log[before.log.len()..];
    let Some(Event { by: Actor::System, change: Change::Ended { .. }, at, .. }) = news.last() else {
        return Ok(());
    };
    let Presence::Away { since } = was.presence else { panic!("somebody who was there has left") };
    prop_assert!(since.plus(Policy::default().keeps_place) <= *at, "the place was not kept");
    Ok(())
}

/// Whoever follows the visit by its projected events sees what a snapshot would show them.
fn as_its_readers_see_it(log: &[Event], visit: &Visit) -> Result<(), TestCaseError> {
    let staff = [StaffRole::Provider, StaffRole::FrontDesk, StaffRole::Admin].map(Reader::Staff);
    for reader in [Reader::Patient, Reader::Guest(GUEST)].into_iter().chain(staff) {
        let seen: Vec<Event> = log.iter().filter_map(|event| project(event, reader)).collect();
        let snapshot = project_visit(visit, reader).map(|shown| Visit { seq: 0, ..shown });
        let folded = Visit::of(&seen).map(|folded| Visit { seq: 0, ..folded });
        prop_assert_eq!(folded, snapshot, "{:?}", reader);
    }
    Ok(())
}
