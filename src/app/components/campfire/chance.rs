//! Chance with a seed, so that a fire can be burnt again exactly.

/// Marsaglia's xorshift with 32 bits: small, and random enough for sparks.
#[derive(Debug, Clone)]
pub struct Chance(u32);

impl Chance {
    /// Starts a sequence. Zero would stay zero for ever, so it counts as one.
    pub const fn new(seed: u32) -> Self {
        Self(if seed == 0 { 1 } else { seed })
    }

    /// The next number in `0.0..1.0`.
    pub fn unit(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        // The upper 23 bits as the fraction of a float between one and two.
        f32::from_bits(0x3f80_0000 | (self.0 >> 9)) - 1.0
    }

    /// The next number in `low..high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_in_its_range_and_fills_it() {
        let mut chance = Chance::new(0);
        let numbers: Vec<f32> = (0..10_000).map(|_| chance.between(-1.0, 3.0)).collect();
        assert!(numbers.iter().all(|number| (-1.0..3.0).contains(number)));
        let mean = numbers.iter().sum::<f32>() / 10_000.0;
        assert!((mean - 1.0).abs() < 0.05, "{mean}");
    }
}
