//! What people read.

use super::*;
use proptest::prelude::*;

fn estimate(low: u32, high: u32) -> Estimate {
    Estimate { low, high, oldest: Millis(0), newest: Millis(0) }
}

fn fresh(low: u32, high: u32) -> (u32, u32) {
    let Range { from, to } = Range::after(None, &estimate(low, high));
    (from, to)
}

#[test]
fn a_range_is_rounded_outwards_to_steps_that_people_use() {
    assert_eq!(fresh(0, 0), (0, 5));
    assert_eq!(fresh(7, 18), (5, 20));
    assert_eq!(fresh(10, 20), (10, 20));
    assert_eq!(fresh(12, 12), (10, 15));
    assert_eq!(fresh(15, 15), (15, 20), "never a single minute");
    assert_eq!(fresh(47, 82), (45, 90));
    assert_eq!(fresh(60, 60), (60, 75));
}

#[test]
fn what_is_shown_does_not_change_with_every_minute() {
    let shown = Range::after(None, &estimate(10, 20));
    let mut told = vec![shown];
    for passed in 1..=9 {
        let next = Range::after(told.last().copied(), &estimate(10 - passed, 20 - passed));
        if told.last() != Some(&next) {
            told.push(next);
        }
    }
    let told: Vec<_> = told.iter().map(|range| (range.from, range.to)).collect();
    assert_eq!(told, [(10, 20), (5, 15)], "in nine minutes it is read out twice");
}

#[test]
fn what_goes_up_and_down_by_little_stays() {
    let mut shown = Range::after(None, &estimate(9, 21));
    for (low, high) in [(9, 21), (8, 24), (5, 22), (9, 26), (1, 29)] {
        let next = Range::after(Some(shown), &estimate(low, high));
        assert_eq!(next, shown, "{low} to {high}");
        shown = next;
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_never_far_from_what_is_known(walk in prop::collection::vec((0..200_u32, 0..60_u32), 1..40)) {
        let mut shown = None;
        for (low, more) in walk {
            let high = low + more;
            let range = Range::after(shown, &estimate(low, high));
            prop_assert!(range.from < range.to);
            prop_assert!(range.from.is_multiple_of(5) && range.to.is_multiple_of(5));
            prop_assert!(range.from.abs_diff(low) < 15 && range.to.abs_diff(high) <= 15);
            if high <= 45 {
                prop_assert!(range.from.abs_diff(low) < 5 && range.to.abs_diff(high) <= 5);
            }
            shown = Some(range);
        }
    }
}
