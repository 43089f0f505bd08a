//! Many actors, any order: what must never be.

use super::*;
use proptest::prelude::*;

fn actor() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![
        Actor::Patient,
        Actor::Patient,
        PROVIDER,
        PROVIDER,
        COLLEAGUE,
        FRONT_DESK,
        ADMIN,
        Actor::System,
        Actor::Guest(SeatId(9)),
    ])
}

fn command() -> impl Strategy<Value = Command> {
    let outcome = prop::sample::select(vec![
        Outcome::Seen,
        Outcome::NoShow,
        Outcome::CancelledByPatient,
        Outcome::CancelledByClinic,
        Outcome::LeftWithoutBeingSeen,
    ]);
    prop_oneof![
        2 => Just(schedule()),
        1 => (0..100_u64, 0..600_u16).prop_map(|(hours, minutes)| Command::Move { starts_at: START.plus(Duration::from_hours(hours)), minutes }),
        1 => Just(Command::Cancel),
        4 => Just(Command::CheckIn),
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
        2 => Just(Command::InviteGuest { seat: SeatId(9) }),
        1 => Just(Command::RemoveGuest { seat: SeatId(9), room: RoomName(0) }),
        1 => outcome.prop_map(|outcome| Command::End { outcome }),
    ]
}

/// Gives every command that makes a room one of its own, as the server does.
fn with_new_room(command: Command, rooms: u128) -> Command {
    match command {
        Command::Admit { .. } => Command::Admit { room: RoomName(rooms) },
        Command::RemoveGuest { seat, .. } => Command::RemoveGuest { seat, room: RoomName(rooms) },
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn whatever_happens(steps in prop::collection::vec((actor(), command(), 0..3000_u64), 1..60)) {
        let mut clinic = Clinic::empty();
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
            // Invariant 2: no token before a provider has admitted.
            let was_admitted = clinic.log.iter().any(|event| matches!(event.change, Change::Admitted { .. }) && event.by.provider().is_some());
            for reader in [Actor::Patient, Actor::Guest(SeatId(9)), PROVIDER, COLLEAGUE, FRONT_DESK, ADMIN, Actor::System] {
                if let Ok(room) = visit.room_for(reader) {
                    prop_assert!(was_admitted && !visit.stage.is_over());
                    prop_assert!(!matches!(reader, FRONT_DESK | ADMIN | Actor::System));
                    prop_assert_eq!(Some(room), visit.stage.room(), "only the room that is open now");
                }
            }
            // A room that was left is never opened again.
            let room_before = before.visit.as_ref().and_then(|visit| visit.stage.room());
            if let Some(room) = visit.stage.room()
                && room_before != Some(room)
            {
                prop_assert!(!rooms_that_were.contains(&room));
                rooms_that_were.push(room);
            }
            // The wait counts from the first check-in.
            let first = clinic.log.iter().find(|event| event.change == Change::CheckedIn).map(|event| event.at);
            prop_assert_eq!(visit.checked_in_at, first);
        }
    }

    /// What is stored can be read, and says the same.
    #[test]
    fn events_survive_json(actor in actor(), room: u128, at: u32) {
        let change = Change::Admitted { room: RoomName(room), opens_at: Millis(u64::from(at)) };
        let event = Event { seq: 1, at: Millis(u64::from(at)), by: actor, change };
        let text = serde_json::to_string(&event).unwrap();
        prop_assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
    }
}
