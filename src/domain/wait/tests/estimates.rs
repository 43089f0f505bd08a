//! What is told.

use super::*;

const TEN_OF_TEN: [u64; 10] = [10; 10];

#[test]
fn what_is_left_of_the_turn_in_progress_and_the_gap_after_it() {
    let mut clinic = Clinic::after(&TEN_OF_TEN, 2);
    let (first, second) = (clinic.comes(1), clinic.comes(2));
    clinic.pass(2);
    clinic.admits(first);
    assert_eq!(clinic.told(second), Some((12, 12)));
    clinic.pass(4);
    assert_eq!(clinic.told(second), Some((8, 8)));
}

#[test]
fn everybody_who_waits_before_one_takes_a_turn_and_a_gap() {
    let mut clinic = Clinic::after(&TEN_OF_TEN, 2);
    let waiting = [1, 2, 3].map(|n| clinic.comes(n));
    clinic.pass(1);
    assert_eq!(waiting.map(|id| clinic.told(id)), [Some((1, 1)), Some((13, 13)), Some((25, 25))]);
    clinic.admits(waiting[0]);
    assert_eq!(clinic.told(waiting[2]), Some((24, 24)));
}

#[test]
fn a_turn_in_progress_is_compared_only_with_those_that_took_longer_than_it_has_taken() {
    // Nine short questions and nine long talks.
    let mut clinic = Clinic::after(&[5, 30].repeat(9), 1);
    let (first, second) = (clinic.comes(1), clinic.comes(2));
    clinic.pass(1);
    clinic.admits(first);
    assert_eq!(clinic.told(second), Some((6, 31)), "it may be either");
    clinic.pass(6);
    assert_eq!(clinic.told(second), Some((25, 25)), "it is no short question");
}

#[test]
fn who_is_away_or_gets_ready_may_take_a_turn_or_not() {
    let mut clinic = Clinic::after(&TEN_OF_TEN, 3);
    let [in_room, away] = [1, 2].map(|n| clinic.comes(n));
    clinic.pass(1);
    let gets_ready = clinic.gets_ready(3);
    clinic.pass(1);
    let last = clinic.comes(4);
    let since = clinic.now;
    clinic.happens(away, Change::WentAway { since });
    assert_eq!(clinic.told(last), Some((1 + 13, 1 + 3 * 13)), "the first is sure, two are not");
    clinic.admits(in_room);
    assert_eq!(clinic.told(last), Some((13, 3 * 13)));
    clinic.happens(away, Change::CameBack);
    assert_eq!(clinic.told(last), Some((26, 3 * 13)));
    clinic.happens(gets_ready, Change::Ended { outcome: Outcome::LeftWithoutBeingSeen });
    assert_eq!(clinic.told(last), Some((26, 26)));
}

#[test]
fn a_provider_who_steps_out_is_not_free() {
    let mut clinic = Clinic::after(&[], 0);
    for n in 0..10 {
        let id = clinic.comes(n);
        clinic.pass(1);
        clinic.admits(id);
        clinic.pass(5);
        clinic.happens(id, Change::SteppedOut);
        clinic.pass(7);
        clinic.happens(id, Change::SteppedBack);
        clinic.pass(5);
        clinic.ends(id);
    }
    let (first, second) = (clinic.comes(20), clinic.comes(21));
    clinic.admits(first);
    assert_eq!(clinic.told(second), Some((18, 18)));
}

#[test]
fn a_patient_who_was_not_ready_after_all_is_no_turn_but_part_of_the_gap() {
    let mut clinic = Clinic::after(&TEN_OF_TEN, 2);
    for n in 0..60 {
        let id = clinic.comes(n);
        clinic.pass(1);
        clinic.admits(id);
        clinic.happens(id, Change::PutOff);
        clinic.pass(3);
        clinic.admits(id);
        clinic.pass(10);
        clinic.ends(id);
    }
    let waiting = [100, 101].map(|n| clinic.comes(n));
    // The gap counts from when the patient could come: anew after putting off.
    assert_eq!(clinic.told(waiting[1]), Some((3 + 10 + 3, 3 + 10 + 3)));
}

#[test]
fn a_patient_who_is_handed_over_waits_for_the_colleague_and_frees_the_provider() {
    let mut clinic = Clinic::after(&TEN_OF_TEN, 2);
    let (first, second) = (clinic.comes(1), clinic.comes(2));
    clinic.pass(2);
    clinic.admits(first);
    clinic.pass(3);
    clinic.happens(first, Change::Assigned { provider: LINDQVIST });
    assert_eq!(clinic.told(second), Some((2, 2)), "the gap only");
    assert_eq!(clinic.told(first), None, "nothing is known of the colleague");
    clinic.happens(second, Change::Assigned { provider: LINDQVIST });
    assert_eq!(clinic.told(second), None);
}

#[test]
fn who_is_sent_back_keeps_the_place() {
    let mut clinic = Clinic::after(&TEN_OF_TEN, 2);
    let (first, second) = (clinic.comes(1), clinic.comes(2));
    clinic.pass(2);
    clinic.admits(first);
    clinic.pass(10);
    clinic.happens(first, Change::SentBack);
    assert_eq!(clinic.told(second), Some((14, 14)));
    assert_eq!(clinic.told(first), Some((2, 2)));
}

#[test]
fn only_the_last_turns_count() {
    let mut clinic = Clinic::after(&[[10; 60], [20; 60]].concat(), 1);
    let (first, second) = (clinic.comes(1), clinic.comes(2));
    clinic.admits(first);
    assert_eq!(clinic.told(second), Some((21, 21)));
    let estimate = clinic.record.estimate(second, OKAFOR, true, clinic.now).unwrap();
    assert_eq!(estimate.newest, clinic.now);
    assert_eq!(clinic.now.since(estimate.oldest), Duration::from_mins(59 * 21));
}

#[test]
fn a_record_keeps_nothing_of_visits_that_are_over_but_their_turns() {
    let clinic = Clinic::after(&TEN_OF_TEN, 2);
    let pace = clinic.record.pace(OKAFOR).unwrap();
    assert!(pace.queue.is_empty() && pace.in_room.is_empty());
    let mut clinic = Clinic::new();
    let id = clinic.comes(1);
    clinic.happens(id, Change::Ended { outcome: Outcome::LeftWithoutBeingSeen });
    assert!(clinic.record.pace(OKAFOR).is_none());
}
