//! How a fire moves: pure, without a clock, a canvas or real randomness.
//!
//! The scene is 400 units wide and 300 high, y downwards. The fire stands on [`HEARTH`].

use super::chance::Chance;

/// Where the flames rise from.
pub const HEARTH: (f32, f32) = (200.0, 238.0);

const PUFFS: usize = 60;
const EMBERS: usize = 14;
/// A frame that comes later than this (a phone that was busy) moves the fire no further, in seconds.
const LONGEST_STEP: f32 = 0.1;

/// One soft ball of burning gas; many of them over one another look like flames.
#[derive(Debug, Clone, Copy)]
pub struct Puff {
    /// Centre, in scene units.
    pub x: f32,
    /// Centre, in scene units.
    pub y: f32,
    /// From 0, new and hot, to 1, burnt out.
    pub age: f32,
    speed: f32,
    ageing: f32,
    sway: f32,
    size: f32,
}

impl Puff {
    /// Half its width, in scene units.
    pub fn radius(&self) -> f32 {
        self.size * (1.0 - 0.8 * self.age)
    }

    /// How strongly it shines, in `0.0..=1.0`: it fades in quickly and out slowly.
    pub fn strength(&self) -> f32 {
        (self.age * 7.0).min(1.0) * (1.0 - self.age)
    }
}

/// A spark that sails up and goes out.
#[derive(Debug, Clone, Copy)]
pub struct Ember {
    /// Centre, in scene units.
    pub x: f32,
    /// Centre, in scene units.
    pub y: f32,
    /// How strongly it shines, in `0.0..=1.0`.
    pub strength: f32,
    age: f32,
    ageing: f32,
    drift: f32,
}

/// The whole fire.
#[derive(Debug, Clone)]
pub struct Fire {
    chance: Chance,
    puffs: [Puff; PUFFS],
    embers: [Ember; EMBERS],
    wind: f32,
    gust: f32,
    glow: f32,
    blink: f32,
}

impl Fire {
    /// A fire that has burnt for a while already: the first picture shows full flames.
    pub fn new(seed: u32) -> Self {
        let mut chance = Chance::new(seed);
        let puffs = std::array::from_fn(|_| Puff { age: chance.unit(), ..puff(&mut chance) });
        let embers = std::array::from_fn(|_| Ember { age: chance.unit(), ..ember(&mut chance) });
        let mut fire = Self { chance, puffs, embers, wind: 0.0, gust: 0.0, glow: 0.9, blink: 3.0 };
        for _ in 0..60 {
            fire.step(1.0 / 30.0);
        }
        fire
    }

    /// Lets `seconds` pass.
    pub fn step(&mut self, seconds: f32) {
        let dt = seconds.clamp(0.0, LONGEST_STEP);
        let chance = &mut self.chance;
        if chance.unit() < dt * 0.7 {
            self.gust = chance.between(-14.0, 14.0);
        }
        self.wind += (self.gust - self.wind) * dt;
        self.glow += (chance.between(0.6, 1.2) - self.glow) * (dt * 6.0).min(1.0);
        self.blink -= dt;
        if self.blink < -0.18 {
            self.blink = chance.between(2.5, 7.0);
        }
        for each in &mut self.puffs {
            each.age += each.ageing * dt;
            if each.age >= 1.0 {
                *each = puff(chance);
            }
            each.y -= each.speed * dt;
            // Hot air draws in from the sides, so that the flames close to a tip; wind takes hold higher up.
            let inward = (HEARTH.0 - each.x) * 1.1;
            each.sway += chance.between(-360.0, 360.0) * dt;
            each.x += (inward + each.sway + self.wind * each.age * 2.0) * dt;
        }
        for each in &mut self.embers {
            each.age += each.ageing * dt;
            if each.age >= 1.0 {
                *each = ember(chance);
            }
            each.drift += chance.between(-90.0, 90.0) * dt;
            each.x += (each.drift + self.wind) * dt;
            each.y -= (34.0 + 40.0 * (1.0 - each.age)) * dt;
            each.strength = (1.0 - each.age) * chance.between(0.55, 1.0);
        }
    }

    /// The flames.
    pub fn puffs(&self) -> &[Puff] {
        &self.puffs
    }

    /// The sparks.
    pub fn embers(&self) -> &[Ember] {
        &self.embers
    }

    /// How bright the fire lights its surroundings: about 0.6 to 1.2.
    pub fn glow(&self) -> f32 {
        self.glow
    }

    /// Whether the owl that sits by the fire has its eyes shut just now.
    pub fn blinks(&self) -> bool {
        self.blink < 0.0
    }
}

/// A new puff. Two draws make the middle likelier than the sides, and the middle burns higher.
fn puff(chance: &mut Chance) -> Puff {
    let off = chance.between(-1.0, 1.0) * chance.unit();
    let middle = 1.0 - off.abs();
    Puff {
        x: HEARTH.0 + off * 58.0,
        y: HEARTH.1 - chance.between(0.0, 8.0),
        age: 0.0,
        speed: 50.0 + 100.0 * middle * chance.between(0.7, 1.0),
        ageing: 1.0 / chance.between(0.75, 1.35),
        sway: 0.0,
        size: 11.0 + 14.0 * middle,
    }
}

fn ember(chance: &mut Chance) -> Ember {
    Ember {
        x: HEARTH.0 + chance.between(-30.0, 30.0),
        y: HEARTH.1 - chance.between(20.0, 90.0),
        strength: 0.0,
        age: 0.0,
        ageing: 1.0 / chance.between(1.6, 4.0),
        drift: chance.between(-12.0, 12.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(fire: &Fire) -> String {
        format!("{fire:?}")
    }

    #[test]
    fn the_same_seed_burns_the_same() {
        let (mut one, mut two, mut other) = (Fire::new(7), Fire::new(7), Fire::new(8));
        for fire in [&mut one, &mut two, &mut other] {
            (0..100).for_each(|_| fire.step(0.033));
        }
        assert_eq!(picture(&one), picture(&two));
        assert_ne!(picture(&one), picture(&other));
    }

    #[test]
    fn flames_stay_in_the_scene_and_lean_to_no_side() {
        let mut fire = Fire::new(3);
        let (mut sum, mut count) = (0.0, 0.0);
        for _ in 0..3000 {
            fire.step(0.033);
            for puff in fire.puffs() {
                assert!((0.0..400.0).contains(&puff.x) && (20.0..300.0).contains(&puff.y), "{puff:?}");
                assert!((0.0..=1.0).contains(&puff.strength()) && puff.radius() > 0.0, "{puff:?}");
                sum += puff.x;
                count += 1.0;
            }
        }
        let mean: f32 = sum / count;
        assert!((mean - HEARTH.0).abs() < 8.0, "{mean}");
    }

    #[test]
    fn a_late_frame_does_not_throw_the_fire_about() {
        let (mut late, mut longest) = (Fire::new(5), Fire::new(5));
        late.step(60.0);
        longest.step(LONGEST_STEP);
        assert_eq!(picture(&late), picture(&longest));
        late.step(f32::NAN.max(-1.0));
        assert!(late.puffs().iter().all(|puff| puff.x.is_finite()));
    }

    #[test]
    fn embers_rise_and_the_light_flickers_within_bounds() {
        let mut fire = Fire::new(11);
        for _ in 0..600 {
            let before: Vec<f32> = fire.embers().iter().map(|ember| ember.y).collect();
            fire.step(0.033);
            assert!((0.5..1.3).contains(&fire.glow()), "{}", fire.glow());
            for (ember, before) in fire.embers().iter().zip(before) {
                assert!(ember.y < before || ember.age < 0.1, "{ember:?}");
            }
        }
    }

    #[test]
    fn the_owl_blinks_now_and_then() {
        let mut fire = Fire::new(2);
        let shut = (0..3000).filter(|_| {
            fire.step(0.033);
            fire.blinks()
        });
        assert!((20..400).contains(&shut.count()));
    }
}
