//! How likely each length of time is, by whole minutes.

use std::time::Duration;

/// How far one looks ahead, in minutes. A longer wait is not foretold.
pub(super) const HORIZON: usize = 240;

/// How likely each whole number of minutes is. What lies beyond the horizon is missing from the sum.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spread {
    masses: Vec<f64>,
}

/// How likely it is that a time is no longer than each whole number of minutes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cumulative(Vec<f64>);

impl Spread {
    /// No time at all.
    pub fn nothing() -> Self {
        Self { masses: vec![1.0] }
    }

    /// Each of these times as likely as the others. None: there are none.
    pub fn of(times: impl Iterator<Item = Duration>) -> Option<Self> {
        let (mut masses, mut count) = (vec![0.0; HORIZON], 0.0);
        let mut longest = 0;
        for minutes in times.map(nearest_minute) {
            count += 1.0;
            if let Some(mass) = masses.get_mut(minutes) {
                *mass += 1.0;
                longest = longest.max(minutes);
            }
        }
        masses.truncate(longest + 1);
        for mass in &mut masses {
            *mass /= count;
        }
        (count > 0.0).then_some(Self { masses })
    }

    /// One time after another: the convolution of both.
    pub fn then(&self, next: &Self) -> Self {
        let length = (self.masses.len() + next.masses.len()).saturating_sub(1).min(HORIZON);
        let mut masses = vec![0.0; length];
        // The likely ones only: a time that never was takes no part. Plain loops, since tests run this unoptimised.
        let likely: Vec<(usize, f64)> =
            next.masses.iter().copied().enumerate().filter(|(_, mass)| *mass > 0.0).collect();
        for (first, mass) in self.masses.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
            for (minutes, other) in &likely {
                if let Some(sum) = masses.get_mut(first + minutes) {
                    *sum += mass * other;
                }
            }
        }
        Self { masses }
    }

    pub fn cumulative(&self) -> Cumulative {
        let mut sum = 0.0;
        let add = |mass: &f64| {
            sum += mass;
            sum
        };
        Cumulative(self.masses.iter().map(add).collect())
    }

    /// The shortest time, in minutes, that this and another time after it do not exceed with this probability. None: it lies
    /// beyond the horizon.
    pub fn quantile_with(&self, next: &Cumulative, probability: f64) -> Option<u32> {
        let (mut too_short, mut enough) = (0, HORIZON);
        // Sums of tenths are not quite what they should be.
        let is_enough = |minutes: usize| self.likelihood_with(next, minutes) + 1e-9 >= probability;
        while too_short < enough {
            let middle = usize::midpoint(too_short, enough);
            if is_enough(middle) {
                enough = middle;
            } else {
                too_short = middle + 1;
            }
        }
        (enough < HORIZON).then(|| u32::try_from(enough).ok()).flatten()
    }

    /// How likely it is that both together take no longer than this.
    fn likelihood_with(&self, next: &Cumulative, minutes: usize) -> f64 {
        let Some(last) = next.0.len().checked_sub(1) else { return 0.0 };
        let mut sum = 0.0;
        for (first, mass) in self.masses.iter().take(minutes + 1).enumerate() {
            if *mass > 0.0 {
                sum += mass * next.0[(minutes - first).min(last)];
            }
        }
        sum
    }
}

fn nearest_minute(time: Duration) -> usize {
    usize::try_from((time.as_secs() + 30) / 60).unwrap_or(HORIZON)
}
