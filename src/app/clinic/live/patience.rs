//! How long to wait before a stream is asked for again: longer each time, and never as long as the others wait, who lost the same
//! server at the same moment.

/// Milliseconds.
const FIRST: f64 = 250.0;
const LONGEST: f64 = 8_000.0;

pub(super) struct Patience {
    tries: i32,
    random: fn() -> f64,
}

impl Patience {
    /// `random` gives numbers from 0 to 1.
    pub fn new(random: fn() -> f64) -> Self {
        Self { tries: 0, random }
    }

    /// The next wait in milliseconds: between half and all of a bound that doubles.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 125 and 8000")]
    pub fn next(&mut self) -> u32 {
        let bound = (FIRST * 2_f64.powi(self.tries)).min(LONGEST);
        self.tries = (self.tries + 1).min(10);
        (bound * (0.5 + 0.5 * (self.random)())) as u32
    }

    /// It worked: the next trouble is a new one.
    pub fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_begin_anew_after_a_success() {
        let mut shortest = Patience::new(|| 0.0);
        let waits: Vec<u32> = (0..8).map(|_| shortest.next()).collect();
        assert_eq!(waits, [125, 250, 500, 1000, 2000, 4000, 4000, 4000]);
        shortest.reset();
        assert_eq!(shortest.next(), 125);
        let mut longest = Patience::new(|| 1.0);
        assert_eq!((0..7).map(|_| longest.next()).max(), Some(8000));
    }
}
