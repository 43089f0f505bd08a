//! A visit once more: as the pages showed it, and as a file that leads to nobody.

use super::{projection::changes, *};
use proptest::prelude::*;
use serde_json::Value;

/// The page of somebody at each moment.
fn page(moment: &Moment, wanted: Reader) -> &Seen {
    &moment.pages.iter().find(|(reader, _)| *reader == wanted).expect("a page").1
}

fn screens(clinic: &Clinic) -> Vec<(Millis, Screen)> {
    replay(&clinic.log, &[], &Policy::default(), clinic.now)
        .iter()
        .map(|moment| (moment.at, page(moment, Reader::Patient).screen.expect("a screen")))
        .collect()
}

#[test]
fn time_alone_opens_and_closes_check_in() {
    let mut clinic = Clinic::empty();
    let starts_at = START.plus(Duration::from_hours(3));
    let Command::Schedule { patient, provider, seat, minutes, interpreter, .. } = schedule() else {
        panic!("an appointment")
    };
    clinic.may(FRONT_DESK, Command::Schedule { patient, provider, seat, starts_at, minutes, interpreter });
    clinic.pass(Duration::from_hours(2) + Duration::from_secs(1));
    let opens_at = START.plus(Duration::from_hours(2));
    let early = [(START, Screen::TooEarly { opens_at }), (opens_at, Screen::CheckIn)];
    assert_eq!(screens(&clinic), early, "nothing is told of what is still to come");
    clinic.pass(Duration::from_hours(6));
    let closed = (starts_at.plus(Duration::from_hours(4) + Duration::from_millis(1)), Screen::TooLate);
    assert_eq!(screens(&clinic), [early[0], early[1], closed]);
}

#[test]
fn the_notice_ends_by_the_clock_unless_something_happens_before() {
    let notices = |clinic: &Clinic| {
        let moments = replay(&clinic.log, &[], &Policy::default(), clinic.now);
        moments.iter().filter(|moment| moment.cause == Cause::NoticeEnded).map(|moment| moment.at).collect()
    };
    let mut clinic = Clinic::admitted();
    let ends = clinic.now.plus(Policy::default().notice);
    clinic.pass(Duration::from_mins(1));
    let found: Vec<Millis> = notices(&clinic);
    assert_eq!(found, [ends]);
    let mut clinic = Clinic::admitted();
    clinic.pass(Duration::from_secs(3));
    clinic.may(PROVIDER, Command::SendBack);
    clinic.pass(Duration::from_mins(1));
    let found: Vec<Millis> = notices(&clinic);
    assert_eq!(found, []);
}

#[test]
fn invariant_1_the_waiting_room_as_it_was() {
    use WaitingRoom::{Hidden, UntilProvider, Visible};
    let mut clinic = Clinic::admitted();
    clinic.may(PROVIDER, Command::SendBack);
    clinic.may(PROVIDER, Command::Cancel);
    let seen: Vec<WaitingRoom> = replay(&clinic.log, &[], &Policy::default(), clinic.now)
        .iter()
        .map(|moment| page(moment, Reader::Patient).waiting_room)
        .collect();
    // Appointment, check-in, ready, admitted, sent back, called off.
    assert_eq!(seen, [Hidden, Hidden, Visible, UntilProvider, Visible, Hidden]);
}

#[test]
fn rooms_are_told_apart_by_number_and_guests_come_while_they_may() {
    let mut clinic = Clinic::waiting();
    let guest = SeatId(0x51);
    clinic.may(FRONT_DESK, Command::InviteGuest { seat: guest });
    clinic.admit(PROVIDER).unwrap();
    clinic.may(FRONT_DESK, Command::RemoveGuest { seat: guest, room: RoomName(77) });
    let moments = replay(&clinic.log, &[], &Policy::default(), clinic.now);
    let rooms: Vec<Option<u16>> = moments.iter().map(|moment| moment.room).collect();
    assert_eq!(rooms, [None, None, None, None, Some(1), Some(1), Some(2)]);
    let has_page = |moment: &Moment| moment.pages.iter().any(|(reader, _)| *reader == Reader::Guest(guest));
    let with_guest: Vec<bool> = moments.iter().map(has_page).collect();
    assert_eq!(with_guest, [false, false, false, true, true, false, false]);
}

/// The same log with other ids, some years later.
fn elsewhere(log: &[Event], later: u64) -> Vec<Event> {
    fn change(value: &mut Value, later: u64) {
        match value {
            Value::String(text) if text.len() == 32 => *text = text.chars().rev().collect(),
            Value::Array(items) => items.iter_mut().for_each(|item| change(item, later)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    let is_time = ["at", "since", "startsAt", "opensAt"].contains(&name.as_str());
                    match value.as_u64() {
                        Some(time) if is_time => *value = (time + later).into(),
                        _ => change(value, later),
                    }
                }
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(log).unwrap();
    change(&mut value, later);
    serde_json::from_value(value).unwrap()
}

/// One log with every kind of event, whether or not the rules allow it.
fn everything() -> Vec<Event> {
    let by = [PROVIDER, Actor::Patient, Actor::Guest(SeatId(0x52)), Actor::System, FRONT_DESK];
    (1..)
        .zip(changes())
        .map(|(seq, (change, _))| {
            let at = START.plus(Duration::from_mins(seq));
            Event { seq, at, by: by[usize::try_from(seq).unwrap() % by.len()], change }
        })
        .collect()
}

#[test]
fn a_recording_is_the_same_whoever_it_was_and_whenever() {
    let log = everything();
    let other = elsewhere(&log, 86_400_000 * 1_000);
    assert_ne!(log, other);
    let until = START.plus(Duration::from_hours(1));
    let later = Millis(until.0 + 86_400_000 * 1_000);
    let recording = Recording::of(&log, &[], &Policy::default(), until).unwrap();
    assert_eq!(Some(&recording), Recording::of(&other, &[], &Policy::default(), later).as_ref());
    assert_eq!(recording.log[0].at, ORIGIN);
    assert_eq!(recording.log.len(), log.len(), "and all of it is there");
    assert_eq!(Recording::of(&[], &[], &Policy::default(), until), None);
}

#[test]
fn a_recording_holds_no_id_and_no_time_of_the_log() {
    let log = everything();
    let until = START.plus(Duration::from_hours(1));
    let text = serde_json::to_string(&Recording::of(&log, &[], &Policy::default(), until).unwrap()).unwrap();
    let stored = serde_json::to_string(&log).unwrap();
    for part in stored.split(|c: char| !c.is_ascii_alphanumeric()) {
        let is_id = part.len() == 32;
        let is_time = part.len() == 13 && part.bytes().all(|byte| byte.is_ascii_digit());
        // 1 and 2 are what the first ones are called anyway.
        if (is_id && u128::from_str_radix(part, 16).unwrap() > 20) || is_time {
            assert!(!text.contains(part), "{part}: {text}");
        }
    }
}

#[test]
fn a_recording_is_read_as_it_was_written() {
    let recording =
        Recording::of(&everything(), &[], &Policy::default(), START.plus(Duration::from_hours(1))).unwrap();
    let text = serde_json::to_string(&recording).unwrap();
    let read: Recording = serde_json::from_str(&text).unwrap();
    assert_eq!(read, recording);
    assert_eq!(read.replayed(), recording.moments);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// Whatever happens: what a page is made from when it is opened is what the replay says that it showed.
    #[test]
    fn the_replay_shows_what_pages_show(steps in prop::collection::vec((properties::actor(), properties::command(), 0..3000_u64), 1..40)) {
        let mut clinic = Clinic::empty();
        for (actor, command, seconds) in steps {
            clinic.pass(Duration::from_secs(seconds));
            clinic.rooms += 1;
            let wish = properties::with_new_room(command, clinic.rooms);
            // Refused or not.
            let _ = clinic.try_to(actor, wish);
        }
        let policy = Policy::default();
        let moments = replay(&clinic.log, &[], &policy, clinic.now);
        let events = moments.iter().filter(|moment| matches!(moment.cause, Cause::Event(_))).count();
        prop_assert_eq!(events, clinic.log.len());
        prop_assert!(moments.is_sorted_by_key(|moment| moment.at));
        for moment in &moments {
            let so_far = clinic.log.iter().filter(|event| event.seq <= moment.visit.seq);
            let visit = Visit::of(so_far).expect("a visit");
            prop_assert_eq!(&visit, &moment.visit);
            for reader in [Reader::Patient, Reader::Staff(StaffRole::Provider), Reader::Staff(StaffRole::FrontDesk)] {
                let opened = project_visit(&visit, reader).expect("a page");
                let seen = page(moment, reader);
                prop_assert_eq!((opened.stage, opened.presence), (seen.stage, seen.presence));
            }
            let opened = project_visit(&visit, Reader::Patient).expect("a page");
            prop_assert_eq!(page(moment, Reader::Patient).screen, Some(Screen::of(&opened, moment.at, &policy)));
        }
    }
}
