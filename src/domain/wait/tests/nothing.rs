//! When nothing is told: none rather than a wrong one.

use super::*;

/// Two patients, the first of them in the room.
fn busy(mut clinic: Clinic) -> (Clinic, VisitId) {
    let (first, second) = (clinic.comes(1), clinic.comes(2));
    clinic.admits(first);
    (clinic, second)
}

#[test]
fn after_too_few_visits() {
    let (clinic, waiting) = busy(Clinic::after(&[10; 7], 2));
    assert_eq!(clinic.told(waiting), None);
    let (clinic, waiting) = busy(Clinic::after(&[10; 8], 2));
    assert_eq!(clinic.told(waiting), Some((12, 12)));
}

#[test]
fn when_nobody_knows_how_long_the_provider_takes_between_patients() {
    let mut clinic = Clinic::new();
    for n in 100..120 {
        // Each the first of a day.
        clinic.pass(24 * 60);
        let id = clinic.comes(n);
        clinic.admits(id);
        clinic.pass(10);
        clinic.ends(id);
    }
    let (clinic, waiting) = busy(clinic);
    assert_eq!(clinic.told(waiting), None);
}

#[test]
fn when_the_visits_are_too_old() {
    let mut clinic = Clinic::after(&[10; 20], 2);
    clinic.pass(29 * 24 * 60);
    let (fresh, waiting) = busy(clinic.clone());
    assert_eq!(fresh.told(waiting), Some((12, 12)));
    clinic.pass(2 * 24 * 60);
    let (old, waiting) = busy(clinic);
    assert_eq!(old.told(waiting), None);
}

#[test]
fn when_the_provider_is_not_there_or_has_not_begun() {
    let mut clinic = Clinic::after(&[10; 20], 2);
    let waiting = clinic.comes(1);
    assert_eq!(clinic.told(waiting), Some((2, 2)));
    assert_eq!(clinic.record.estimate(waiting, OKAFOR, false, clinic.now), None, "no page of theirs is open");
    clinic.pass(5 * 60);
    let next_day = clinic.comes(2);
    assert_eq!(clinic.told(next_day), None, "nobody was let in today");
    clinic.admits(waiting);
    assert_eq!(clinic.record.estimate(next_day, OKAFOR, false, clinic.now).map(|told| told.low), Some(12));
}

#[test]
fn when_the_turn_in_progress_outlasts_nearly_all_that_were_seen() {
    let (mut clinic, waiting) = busy(Clinic::after(&[[10; 20].as_slice(), &[40, 40]].concat(), 2));
    clinic.pass(9);
    assert!(clinic.told(waiting).is_some());
    clinic.pass(2);
    assert_eq!(clinic.told(waiting), None, "two that took as long say nothing");
}

#[test]
fn when_a_free_provider_lets_nobody_in_for_longer_than_ever() {
    let mut clinic = Clinic::after(&[10; 20], 2);
    let waiting = clinic.comes(1);
    clinic.pass(2);
    assert_eq!(clinic.told(waiting), None);
}

#[test]
fn beyond_four_hours() {
    let mut clinic = Clinic::after(&[10; 20], 2);
    let waiting: Vec<_> = (0..30).map(|n| clinic.comes(n)).collect();
    assert_eq!(clinic.told(waiting[19]), Some((230, 230)));
    assert_eq!(clinic.told(waiting[20]), None);
    assert_eq!(clinic.told(waiting[29]), None);
}

#[test]
fn to_who_does_not_wait() {
    let mut clinic = Clinic::after(&[10; 20], 2);
    let id = clinic.gets_ready(1);
    assert_eq!(clinic.told(id), None);
    clinic.happens(id, Change::ReadyToWait);
    clinic.admits(id);
    assert_eq!(clinic.told(id), None);
    clinic.ends(id);
    assert_eq!(clinic.told(id), None);
}
