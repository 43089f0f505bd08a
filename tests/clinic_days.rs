//! Clinics, each lived through by its seed day after day: through the real rules, with everybody's troubles, all invariants
//! looked at after every step; and what patients were told of their wait compared with how long it really was.
//!
//! A clinic is made of its seed alone. One that fails prints the line that repeats it.
#![cfg(feature = "ssr")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says how good it was"
)]

#[path = "clinic_days/check.rs"]
mod check;
#[path = "clinic_days/day.rs"]
mod day;
#[path = "clinic_days/habits.rs"]
mod habits;
#[path = "clinic_days/patient.rs"]
mod patient;
#[path = "clinic_days/provider.rs"]
mod provider;
#[path = "clinic_days/random.rs"]
mod random;
#[path = "clinic_days/score.rs"]
mod score;
#[path = "clinic_days/world.rs"]
mod world;

use score::{Score, share};
use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};
use world::World;

/// Repeats one clinic.
const SEED: &str = "CLINIC_DAYS_SEED";
/// Lives through so many days, in clinics with seeds from 0 on.
const COUNT: &str = "CLINIC_DAYS";
const DAYS: u64 = 1000;
/// How long each clinic is followed.
const DAYS_OF_A_CLINIC: u64 = 20;

/// One clinic: what its providers' patients saw.
fn live(seed: u64) -> Vec<Score> {
    let run = || {
        let mut world = World::new(seed);
        (1..=DAYS_OF_A_CLINIC).for_each(|day| world.day(day));
        world.scores
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(scores) => scores,
        Err(failure) => {
            println!("{SEED}={seed} cargo test --features ssr --test clinic_days");
            resume_unwind(failure)
        }
    }
}

fn live_all() -> Vec<Score> {
    let days = env::var(COUNT).map_or(DAYS, |count| count.parse().unwrap());
    let (next, all) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(seed) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| seed * DAYS_OF_A_CLINIC < days)
                {
                    let scores = live(seed);
                    all.lock().unwrap().extend(scores);
                }
            });
        }
    });
    all.into_inner().unwrap()
}

/// What was told is true as often as it should be, says more than somebody who knows a provider's usual waits could say, and is
/// told most of the time.
fn judge(providers: &[Score]) {
    let mut all = Score::default();
    for provider in providers {
        all.add(provider);
    }
    println!("{}", all.in_words());
    let (low, high) = (0.75, 0.90);
    assert!((low..=high).contains(&all.coverage()), "within the range: {:.3}", all.coverage());
    let at_first = share(all.first_within, all.first_shown);
    assert!((low..=high).contains(&at_first), "within the range that was shown first: {at_first:.3}");
    // Not by being too wide for some providers and wrong for others.
    let is_fair = |provider: &&Score| (low - 0.05..=high + 0.05).contains(&provider.coverage());
    let fair = share(providers.iter().filter(is_fair).count(), providers.len());
    assert!(fair >= 0.95, "the range is right for {fair:.3} of the providers only");
    for provider in providers {
        let width = provider.median_width();
        assert!(
            width < provider.usual_width(),
            "no better than knowing the usual waits: {}",
            provider.in_words()
        );
        assert!(
            width < provider.usual_width_left(),
            "nor than knowing what was left: {}",
            provider.in_words()
        );
    }
    assert!(all.shown() >= 0.7, "a range is there only {:.3} of the time", all.shown());
}

#[test]
fn a_thousand_days_keep_all_invariants_and_patients_are_told_the_truth_of_their_wait() {
    if let Ok(seed) = env::var(SEED) {
        return live(seed.parse().unwrap()).iter().for_each(|score| println!("{}", score.in_words()));
    }
    judge(&live_all());
}
