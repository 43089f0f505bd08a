//! What a provider is like. The estimate never sees any of this: only the events that come of it.

use super::random::{Random, minutes};
use std::time::Duration;

/// What a provider is like, for as long as they work here.
pub struct Habits {
    shape: Shape,
    /// Minutes that a patient takes, on the average day.
    mean: f64,
    /// Minutes between two patients.
    gap: f64,
    /// How much days differ.
    moods: f64,
    /// How many minutes after the first appointment they are late, on the average.
    late: f64,
    /// Minutes from one appointment to the next.
    pub slot: f64,
    steps_out: f64,
    pauses: f64,
}

/// How long patients take.
#[derive(Clone, Copy)]
enum Shape {
    /// All much alike, some long.
    Bell,
    /// Anything within bounds.
    Even,
    /// A short question, or a long talk.
    Two,
    /// Many short, few very long.
    Steep,
}

impl Habits {
    pub fn of(random: &mut Random) -> Self {
        let shapes = [Shape::Bell, Shape::Even, Shape::Two, Shape::Steep];
        let shape = shapes[random.below(4)];
        let (mean, gap) = (random.between(7.0, 18.0), random.between(1.0, 4.0));
        Self {
            shape,
            mean,
            gap,
            moods: random.between(0.0, 0.2),
            late: random.between(0.0, 12.0),
            slot: (mean + gap) / random.between(0.75, 1.02),
            steps_out: random.between(0.0, 0.2),
            pauses: random.between(0.0, 0.08),
        }
    }

    /// Slower than usual, or quicker, the whole day.
    pub fn mood(&self, random: &mut Random) -> f64 {
        random.log_normal(1.0, self.moods)
    }

    pub fn late(&self, random: &mut Random) -> Duration {
        minutes(random.exponential(self.late))
    }

    pub fn visit(&self, random: &mut Random) -> Duration {
        minutes(match self.shape {
            Shape::Bell => random.log_normal(self.mean, 0.4),
            Shape::Even => random.between(0.3, 1.7) * self.mean,
            Shape::Two if random.chance(0.7) => random.log_normal(self.mean * 0.7, 0.2),
            Shape::Two => random.log_normal(self.mean * 1.7, 0.2),
            Shape::Steep => self.mean * 0.3 + random.exponential(self.mean * 0.7),
        })
    }

    /// Until the next patient is looked for; sometimes with a pause in it.
    pub fn gap(&self, random: &mut Random) -> Duration {
        let pause = if random.chance(self.pauses) { random.between(6.0, 15.0) } else { 0.0 };
        minutes(0.3 + random.exponential(self.gap) + pause)
    }

    /// How long into the visit they step out, and for how long.
    pub fn step_out(&self, visit: Duration, random: &mut Random) -> Option<(Duration, Duration)> {
        let steps_out = random.chance(self.steps_out);
        steps_out.then(|| (visit.mul_f64(random.between(0.1, 0.9)), minutes(random.between(0.5, 6.0))))
    }
}
