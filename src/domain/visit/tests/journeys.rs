//! Whole visits.

use super::*;

#[test]
fn invariant_4_and_bug_12_absence_keeps_the_place_and_the_time() {
    let mut clinic = Clinic::waiting();
    let since = clinic.now;
    clinic.may(Actor::System, Command::GoAway { since });
    let leave = || Command::End { outcome: Outcome::LeftWithoutBeingSeen };
    clinic.pass(Duration::from_mins(29));
    assert_eq!(clinic.try_to(Actor::System, leave()), Err(Refusal::NothingToDo), "the place is kept");
    clinic.pass(Duration::from_mins(1));
    clinic.may(Actor::System, leave());
    assert!(clinic.stage().is_over());
    clinic.may(Actor::Patient, Command::ComeBack);
    assert_eq!(clinic.stage(), Stage::Waiting, "undone by returning");
    assert_eq!(clinic.visit().presence, Presence::Here);
    assert_eq!(clinic.visit().checked_in_at, Some(START), "from the original time");
    clinic.admit(PROVIDER).unwrap();
}

#[test]
fn invariant_1_the_waiting_room_is_visible_whenever_no_provider_is_there() {
    let mut clinic = Clinic::scheduled();
    assert!(!clinic.visit().waiting_room_visible(false));
    clinic.may(Actor::Patient, Command::CheckIn);
    assert!(clinic.visit().waiting_room_visible(false));
    clinic.may(Actor::Patient, Command::Wait);
    clinic.admit(PROVIDER).unwrap();
    assert!(clinic.visit().waiting_room_visible(false), "the provider has still to come");
    assert!(!clinic.visit().waiting_room_visible(true));
    clinic.may(PROVIDER, Command::StepOut);
    assert!(clinic.visit().waiting_room_visible(false));
    clinic.may(PROVIDER, Command::StepBack);
    clinic.may(PROVIDER, Command::End { outcome: Outcome::Seen });
    assert!(!clinic.visit().waiting_room_visible(false));
}

#[test]
fn a_patient_who_is_let_in_and_goes_again_has_left_if_their_provider_says_so_and_may_return() {
    let mut clinic = Clinic::admitted();
    let leave = || Command::End { outcome: Outcome::LeftWithoutBeingSeen };
    let in_the_room = Err(Refusal::AdmittedAlready { provider: StaffId(1) });
    assert_eq!(clinic.try_to(PROVIDER, leave()), in_the_room, "they are there");
    let since = clinic.now;
    clinic.may(Actor::System, Command::GoAway { since });
    clinic.pass(Duration::from_hours(1));
    for other in [Actor::System, Actor::Patient, FRONT_DESK, COLLEAGUE] {
        assert_eq!(clinic.try_to(other, leave()), in_the_room, "{other:?}");
    }
    clinic.may(PROVIDER, leave());
    assert_eq!(clinic.stage(), Stage::Ended(Outcome::LeftWithoutBeingSeen));
    clinic.may(Actor::Patient, Command::ComeBack);
    assert_eq!(clinic.stage(), Stage::Waiting);
}

#[test]
fn a_patient_who_is_sent_back_waits_from_the_original_time_and_comes_into_a_new_room() {
    let mut clinic = Clinic::admitted();
    let first = clinic.visit().room_for(Actor::Patient).unwrap();
    clinic.pass(Duration::from_mins(5));
    clinic.may(PROVIDER, Command::SendBack);
    assert_eq!(clinic.visit().room_for(Actor::Patient), Err(Refusal::NotAdmitted));
    assert_eq!(clinic.visit().checked_in_at, Some(START));
    clinic.admit(PROVIDER).unwrap();
    assert_ne!(clinic.visit().room_for(Actor::Patient), Ok(first));
}

#[test]
fn a_patient_who_is_handed_over_waits_for_the_colleague() {
    let mut clinic = Clinic::admitted();
    assert_eq!(
        clinic.try_to(COLLEAGUE, Command::HandOver { to: StaffId(2) }),
        Err(Refusal::AnothersPatient { provider: StaffId(1) })
    );
    clinic.may(PROVIDER, Command::HandOver { to: StaffId(2) });
    assert_eq!(clinic.stage(), Stage::Waiting);
    assert_eq!(clinic.visit().room_for(PROVIDER), Err(Refusal::AnothersPatient { provider: StaffId(2) }));
    clinic.admit(COLLEAGUE).unwrap();
    clinic.may(COLLEAGUE, Command::End { outcome: Outcome::Seen });
}
