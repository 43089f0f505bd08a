//! Each rule by itself.

use super::*;

#[test]
fn only_those_who_run_the_queue_make_appointments() {
    for (actor, expected) in [
        (FRONT_DESK, Ok(())),
        (PROVIDER, Ok(())),
        (ADMIN, Err(Refusal::NotAllowed)),
        (Actor::Patient, Err(Refusal::NotAllowed)),
        (Actor::System, Err(Refusal::NotAllowed)),
    ] {
        assert_eq!(Clinic::empty().try_to(actor, schedule()), expected, "{actor:?}");
    }
    assert_eq!(Clinic::scheduled().try_to(FRONT_DESK, schedule()), Err(Refusal::ExistsAlready));
    assert_eq!(Clinic::empty().try_to(Actor::Patient, Command::CheckIn), Err(Refusal::NoVisit));
}

#[test]
fn check_in_opens_and_closes() {
    let mut early = Clinic::scheduled();
    early.now = START.minus(Duration::from_mins(31));
    let opens_at = START.minus(Duration::from_mins(30));
    assert_eq!(early.try_to(Actor::Patient, Command::CheckIn), Err(Refusal::TooEarly { opens_at }));
    early.now = opens_at;
    early.may(Actor::Patient, Command::CheckIn);
    let mut late = Clinic::scheduled();
    late.now = START.plus(Duration::from_mins(30 + 4 * 60 + 1));
    assert_eq!(late.try_to(Actor::Patient, Command::CheckIn), Err(Refusal::TooLate));
}

#[test]
fn who_is_away_is_not_admitted() {
    let mut clinic = Clinic::waiting();
    clinic.may(Actor::System, Command::GoAway { since: START });
    assert_eq!(clinic.admit(PROVIDER), Err(Refusal::PatientAway));
    clinic.may(Actor::Patient, Command::ComeBack);
    assert_eq!(clinic.admit(PROVIDER), Ok(()));
}

#[test]
fn of_two_who_admit_at_once_the_second_is_told_why() {
    let mut clinic = Clinic::waiting();
    assert_eq!(clinic.admit(COLLEAGUE), Err(Refusal::AnothersPatient { provider: StaffId(1) }));
    clinic.may(COLLEAGUE, Command::TakeOver);
    assert_eq!(clinic.admit(COLLEAGUE), Ok(()));
    assert_eq!(clinic.admit(COLLEAGUE), Err(Refusal::AdmittedAlready { provider: StaffId(2) }));
    assert_eq!(clinic.admit(PROVIDER), Err(Refusal::AnothersPatient { provider: StaffId(2) }));
}

/// HMCTS pull 2408.
#[test]
fn bug_9_nobody_is_admitted_into_a_visit_that_has_ended() {
    let mut clinic = Clinic::admitted();
    clinic.may(PROVIDER, Command::End { outcome: Outcome::Seen });
    assert_eq!(clinic.admit(PROVIDER), Err(Refusal::Ended { outcome: Outcome::Seen }));
    let back = clinic.try_to(Actor::Patient, Command::ComeBack);
    assert_eq!(back, Err(Refusal::Ended { outcome: Outcome::Seen }), "a seen patient does not re-enter");
    assert_eq!(clinic.visit().room_for(Actor::Patient), Err(Refusal::Ended { outcome: Outcome::Seen }));
}

#[test]
fn the_notice_can_be_ended_early_or_put_off_and_only_by_the_patient() {
    let mut clinic = Clinic::admitted();
    assert_eq!(clinic.try_to(PROVIDER, Command::StartNow), Err(Refusal::NotAllowed));
    clinic.pass(Duration::from_secs(3));
    clinic.may(Actor::Patient, Command::StartNow);
    assert!(matches!(clinic.stage(), Stage::Admitted { opens_at, .. } if opens_at == clinic.now));
    assert_eq!(clinic.try_to(Actor::Patient, Command::StartNow), Err(Refusal::NothingToDo));
    clinic.may(Actor::Patient, Command::PutOff);
    assert_eq!(clinic.stage(), Stage::Waiting, "a page may give the notice later than the log");

    let mut clinic = Clinic::admitted();
    assert_eq!(clinic.try_to(PROVIDER, Command::PutOff), Err(Refusal::NotAllowed));
    clinic.may(Actor::Patient, Command::PutOff);
    assert_eq!(clinic.stage(), Stage::Waiting);
}

/// ottehr 604.
#[test]
fn bug_10_a_visit_that_the_clinic_cancels_ends_for_the_patient_too() {
    let mut clinic = Clinic::waiting();
    clinic.may(PROVIDER, Command::Cancel);
    assert_eq!(clinic.stage(), Stage::Ended(Outcome::CancelledByClinic));
    assert!(!clinic.visit().waiting_room_visible(false));
}

#[test]
fn a_guest_who_is_removed_mid_call_has_no_room_any_more() {
    let mut clinic = Clinic::waiting();
    clinic.may(Actor::Patient, Command::InviteGuest { seat: SeatId(9) });
    clinic.admit(PROVIDER).unwrap();
    let before = clinic.visit().room_for(Actor::Guest(SeatId(9))).unwrap();
    clinic.may(PROVIDER, Command::RemoveGuest { seat: SeatId(9), room: RoomName(77) });
    assert_eq!(clinic.visit().room_for(Actor::Guest(SeatId(9))), Err(Refusal::NotAllowed));
    assert_ne!(clinic.visit().room_for(Actor::Patient), Ok(before), "the old token must open nothing");
}

#[test]
fn a_visit_goes_on_elsewhere_only_where_it_has_a_room_and_nobody_in_it_decides_that() {
    let mut clinic = Clinic::waiting();
    let elsewhere = || Command::ChangeRoom { room: RoomName(77) };
    assert_eq!(clinic.try_to(FRONT_DESK, elsewhere()), Err(Refusal::NothingToDo));
    clinic.admit(PROVIDER).unwrap();
    for actor in [Actor::Patient, Actor::Guest(SeatId(9)), ADMIN] {
        assert_eq!(clinic.try_to(actor, elsewhere()), Err(Refusal::NotAllowed));
    }
    clinic.may(Actor::System, elsewhere());
    assert_eq!(clinic.visit().room_for(Actor::Patient), Ok(RoomName(77)));
}

#[test]
fn a_no_show_is_one_only_after_the_appointed_time_and_without_check_in() {
    let no_show = || Command::End { outcome: Outcome::NoShow };
    let mut clinic = Clinic::scheduled();
    assert!(matches!(clinic.try_to(FRONT_DESK, no_show()), Err(Refusal::TooEarly { .. })));
    clinic.pass(Duration::from_mins(31));
    clinic.may(FRONT_DESK, no_show());
    let mut clinic = Clinic::waiting();
    clinic.pass(Duration::from_mins(31));
    assert_eq!(clinic.try_to(FRONT_DESK, no_show()), Err(Refusal::CheckedInAlready));
}

#[test]
fn only_the_patient_says_what_their_camera_does_and_only_after_check_in() {
    assert_eq!(Clinic::scheduled().try_to(Actor::Patient, Command::TellDevices), Err(Refusal::NotWaiting));
    let mut clinic = Clinic::waiting();
    let before = clinic.stage();
    clinic.may(Actor::Patient, Command::TellDevices);
    assert_eq!(clinic.stage(), before, "it changes nothing else");
    for actor in [FRONT_DESK, PROVIDER, Actor::Guest(SeatId(9)), Actor::System] {
        assert_eq!(clinic.try_to(actor, Command::TellDevices), Err(Refusal::NotAllowed), "{actor:?}");
    }
}

#[test]
fn the_clock_ends_what_nobody_kept_once_nobody_can_check_in_any_more() {
    let no_show = || Command::End { outcome: Outcome::NoShow };
    let mut clinic = Clinic::scheduled();
    clinic.pass(Duration::from_mins(30) + Policy::default().closes_after);
    assert_eq!(clinic.try_to(Actor::System, no_show()), Err(Refusal::NothingToDo), "they can still come");
    let mut late = clinic.clone();
    late.may(Actor::Patient, Command::CheckIn);
    clinic.pass(Duration::from_millis(1));
    assert_eq!(clinic.try_to(Actor::Patient, Command::CheckIn), Err(Refusal::TooLate));
    clinic.may(Actor::System, no_show());
    assert_eq!(clinic.stage(), Stage::Ended(Outcome::NoShow));
    assert_eq!(clinic.try_to(Actor::System, no_show()), Err(Refusal::Ended { outcome: Outcome::NoShow }));
    late.pass(Duration::from_hours(1));
    assert_eq!(late.try_to(Actor::System, no_show()), Err(Refusal::CheckedInAlready));
}

#[test]
fn until_check_in_whoever_runs_the_queue_gives_an_appointment_to_another() {
    let give = |to| Command::HandOver { to: StaffId(to) };
    let mut clinic = Clinic::scheduled();
    clinic.may(FRONT_DESK, give(2));
    assert_eq!(clinic.visit().provider, StaffId(2));
    assert_eq!(clinic.try_to(FRONT_DESK, give(2)), Err(Refusal::NothingToDo));
    clinic.may(PROVIDER, give(1));
    for actor in [ADMIN, Actor::Patient, Actor::System] {
        assert_eq!(clinic.try_to(actor, give(2)), Err(Refusal::NotAllowed), "{actor:?}");
    }
    clinic.may(Actor::Patient, Command::CheckIn);
    assert_eq!(clinic.try_to(FRONT_DESK, give(2)), Err(Refusal::NotAllowed));
    assert_eq!(clinic.try_to(COLLEAGUE, give(2)), Err(Refusal::AnothersPatient { provider: StaffId(1) }));
    clinic.may(PROVIDER, give(2));
}
