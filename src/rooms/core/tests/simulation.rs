//! Whatever happens, in whatever order: everyone sees exactly who is there and what they publish, each two have one live
//! connection, nothing crosses rooms, sessions, stays and rooms end when they should, everything outlives a restart, no jump of
//! the wall clock removes anybody unless the machine is started anew as well, and nothing is left when all are gone.
//!
//! A run is made of its seed alone. One that fails prints the line that repeats it.

use super::model::Model;
use crate::rooms::close;
use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Duration,
};

/// Repeats one run.
const SEED: &str = "ROOMS_SIMULATION_SEED";
/// Makes so many runs, with seeds from 0 on.
const COUNT: &str = "ROOMS_SIMULATION_RUNS";
const RUNS: u64 = 500;
const STEPS: u64 = 210;

/// `SplitMix64`: small, and the same everywhere.
pub struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// From 0 to one less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("small")
    }

    /// One of them.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn time(&mut self, most_ms: usize) -> Duration {
        Duration::from_millis(self.below(most_ms) as u64)
    }
}

fn step(model: &mut Model, random: &mut Random) {
    let seat = random.below(model.people());
    match random.below(100) {
        0..12 => model.join(seat),
        12..14 => model.leave(seat),
        14..21 => {
            let code = random.pick(&[0, 1, close::NORMAL, close::GOING_AWAY, 1005, 3001, 3004]);
            model.lose(seat, code);
        }
        21..35 => model.come_back(seat),
        35..37 => model.hush(seat),
        37..39 => model.hide(seat),
        39..45 => model.publish(seat),
        45..47 => model.unpublish(seat),
        47..55 => model.gather(seat),
        55..57 => model.restart_ice(seat),
        57..80 => {
            let (out, back) = (random.below(4), random.below(4));
            model.deliver(seat, out, back);
        }
        80 => model.hostile(seat, random),
        81 => model.forge(random),
        82 => model.break_in(seat, random),
        83 => model.put_out(seat),
        84 => model.complete(seat),
        85..87 => model.repeat_hello(seat),
        87..89 => {
            let most = random.pick(&[1_000, 1_000, 5_000, 30_000, 100_000]);
            let outage = random.time(most);
            let jump = if random.below(4) == 0 { jump(random) } else { 0 };
            if random.below(4) == 0 {
                model.shut_down(outage);
            } else {
                model.kill(outage, jump, random.below(4) == 0);
            }
        }
        89 => {
            let time = random.time(40_000);
            model.stand_still(time);
        }
        90 => model.return_of_the_ended(random),
        91 => model.jump(jump(random)),
        92 | 93 => model.create(seat, random),
        _ => {
            let most = random.pick(&[300, 300, 3_000, 9_000]);
            let time = random.time(most);
            model.pass(time);
        }
    }
}

/// By so many seconds a wall clock is put right, or wrong.
fn jump(random: &mut Random) -> i64 {
    random.pick(&[-300, -60, -20, -1, 1, 20, 60, 300])
}

fn run(seed: u64) {
    let mut random = Random(seed);
    // Most rooms are small; some are as full as may be, and one wants in who may not.
    let (most, people) = match random.below(16) {
        0 => (10, vec![11, 2]),
        1..5 => (10, vec![3, 3, 3]),
        5..11 => (3, vec![4, 4]),
        _ => (10, vec![4, 4]),
    };
    let mut model = Model::new(most, &people);
    for n in 0..STEPS {
        step(&mut model, &mut random);
        model.check();
        if n % 9 == 8 {
            model.settle();
        }
        if n % 30 == 29 {
            model.check_books();
        }
    }
    model.settle();
    model.end();
}

fn try_run(seed: u64) {
    if let Err(failure) = catch_unwind(AssertUnwindSafe(|| run(seed))) {
        println!("{SEED}={seed} cargo test --features ssr --lib rooms::core::tests::simulation");
        resume_unwind(failure);
    }
}

#[test]
fn everyone_always_sees_exactly_who_is_there() {
    if let Ok(seed) = env::var(SEED) {
        return try_run(seed.parse().expect("a number"));
    }
    let runs = env::var(COUNT).map_or(RUNS, |count| count.parse().expect("a number"));
    let next = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < runs)
                {
                    try_run(seed);
                }
            });
        }
    });
}
