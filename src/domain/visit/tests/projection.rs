//! Every event × every reader.

use super::*;

const OWN: SeatId = SeatId(0x51);
const OTHER: SeatId = SeatId(0x52);
const ROOM: RoomName = RoomName(0x5e_c2e7);

pub fn changes() -> Vec<(Change, &'static str)> {
    let at = START;
    // Who sees it: patient, guest, provider, front desk. Nobody else ever does.
    vec![
        (
            Change::Scheduled {
                patient: PatientId(0x9a7),
                provider: StaffId(1),
                seat: SeatId(7),
                starts_at: at,
                minutes: 20,
                interpreter: true,
            },
            "pgdf",
        ),
        (Change::Moved { starts_at: at, minutes: 20 }, "pgdf"),
        (Change::InterpreterWanted { wanted: true }, "pgdf"),
        (Change::Assigned { provider: StaffId(2) }, "pgdf"),
        (Change::CheckedIn, "pgdf"),
        (Change::DevicesTried, "pdf"),
        (Change::ReadyToWait, "pgdf"),
        (Change::WentAway { since: at }, "pdf"),
        (Change::CameBack, "pdf"),
        (Change::Admitted { room: ROOM, opens_at: at }, "pgdf"),
        (Change::StartedNow, "pgdf"),
        (Change::PutOff, "pgdf"),
        (Change::SentBack, "pgdf"),
        (Change::SteppedOut, "pgdf"),
        (Change::SteppedBack, "pgdf"),
        (Change::RoomChanged { room: ROOM }, "pgdf"),
        (Change::GuestInvited { seat: OWN }, "pgdf"),
        (Change::GuestInvited { seat: OTHER }, "pdf"),
        (Change::GuestRemoved { seat: OWN }, "pgdf"),
        (Change::GuestRemoved { seat: OTHER }, "pdf"),
        (Change::Ended { outcome: Outcome::Seen }, "pgdf"),
        (Change::Returned, "pgdf"),
    ]
}

const READERS: [(char, Reader); 5] = [
    ('p', Reader::Patient),
    ('g', Reader::Guest(OWN)),
    ('d', Reader::Staff(StaffRole::Provider)),
    ('f', Reader::Staff(StaffRole::FrontDesk)),
    ('a', Reader::Staff(StaffRole::Admin)),
];

#[test]
fn everybody_sees_what_concerns_them() {
    for (change, who) in changes() {
        let event = Event { seq: 1, at: START, by: PROVIDER, change };
        for (letter, reader) in READERS {
            let seen = project(&event, reader);
            assert_eq!(seen.is_some(), who.contains(letter), "{:?} for {reader:?}", event.change);
            let text = serde_json::to_string(&seen).unwrap();
            assert!(!text.contains(&ROOM.to_string()), "a room's name left the server: {text}");
            if matches!(reader, Reader::Guest(_)) {
                assert!(
                    !text.contains(&PatientId(0x9a7).to_string()),
                    "a guest learns who the patient is: {text}"
                );
                assert!(!text.contains(&OTHER.to_string()), "a guest learns of another: {text}");
            }
        }
    }
}

/// A new kind of event has to be put into the table: this fails to compile until it is.
#[test]
fn every_kind_of_event_is_in_the_table() {
    let number = |change: &Change| match change {
        Change::Scheduled { .. } => 0,
        Change::Moved { .. } => 1,
        Change::Assigned { .. } => 2,
        Change::CheckedIn => 3,
        Change::ReadyToWait => 4,
        Change::WentAway { .. } => 5,
        Change::CameBack => 6,
        Change::Admitted { .. } => 7,
        Change::StartedNow => 8,
        Change::PutOff => 9,
        Change::SentBack => 10,
        Change::SteppedOut => 11,
        Change::SteppedBack => 12,
        Change::RoomChanged { .. } => 13,
        Change::GuestInvited { .. } => 14,
        Change::GuestRemoved { .. } => 15,
        Change::Ended { .. } => 16,
        Change::Returned => 17,
        Change::DevicesTried => 18,
        Change::InterpreterWanted { .. } => 19,
    };
    let numbers: std::collections::BTreeSet<i32> =
        changes().iter().map(|(change, _)| number(change)).collect();
    assert_eq!(numbers, (0..20).collect());
}

#[test]
fn what_a_reader_sees_folds_to_the_stage_that_is() {
    let mut clinic = Clinic::waiting();
    clinic.may(Actor::Patient, Command::InviteGuest { seat: OWN });
    clinic.admit(PROVIDER).unwrap();
    clinic.may(PROVIDER, Command::StepOut);
    clinic.may(PROVIDER, Command::StepBack);
    clinic.may(PROVIDER, Command::SendBack);
    for (_, reader) in &READERS[..4] {
        let seen: Vec<Event> = clinic.log.iter().filter_map(|event| project(event, *reader)).collect();
        assert_eq!(Visit::of(&seen).unwrap().stage, clinic.stage(), "{reader:?}");
    }
}

#[test]
fn a_guest_does_not_learn_of_another_by_what_they_did() {
    let event = Event { seq: 1, at: START, by: Actor::Guest(OTHER), change: Change::CameBack };
    assert_eq!(project(&event, Reader::Guest(OWN)), None);
    let event = Event { change: Change::SteppedBack, ..event };
    assert_eq!(project(&event, Reader::Guest(OWN)).unwrap().by, Actor::System);
    assert_eq!(project(&event, Reader::Guest(OTHER)).unwrap().by, Actor::Guest(OTHER));
}
