//! The sound of a fire, computed: a soft rush with pops in it. Pure and seeded.

use super::chance::Chance;

/// Samples a second. A fire has little above 10 kHz, and half the samples are half the work.
pub const RATE: u16 = 22_050;
/// How long until it repeats, in seconds: long enough that nobody hears a pattern.
const SECONDS: usize = 11;
/// The end runs into the beginning over this many samples, so that the loop has no seam.
const SEAM: usize = RATE as usize / 2;

/// One round of crackle, mono, in `-1.0..=1.0`, to be played in a loop.
pub fn crackle(seed: u32) -> Vec<f32> {
    let mut chance = Chance::new(seed);
    let length = SECONDS * usize::from(RATE);
    let mut sound: Vec<f32> = Vec::with_capacity(length + SEAM);
    let (mut rush, mut swell, mut tide) = (0.0_f32, 0.5_f32, 0.5_f32);
    let (mut pop, mut decay, mut edge) = (0.0_f32, 0.0_f32, 0.0_f32);
    for _ in 0..length + SEAM {
        let white = chance.between(-1.0, 1.0);
        // Brown noise that swells and ebbs is the rush of the flames.
        rush += (white - rush) * 0.03;
        if chance.unit() < 0.000_06 {
            tide = chance.between(0.3, 1.0);
        }
        swell += (tide - swell) * 0.000_1;
        // About ten pops a second, most of them faint: the cube makes loud ones rare.
        if chance.unit() < 0.000_45 {
            let force = chance.unit();
            pop = pop.max(force * force * force);
            decay = chance.between(0.975, 0.997);
        }
        pop *= decay;
        let snap = white * pop;
        let crisp = snap - edge;
        edge += (snap - edge) * 0.25;
        sound.push((rush * swell * 0.8 + crisp * 0.6).clamp(-1.0, 1.0));
    }
    close_the_loop(&mut sound, length);
    sound
}

/// Fades what lies beyond `length` into the beginning, and cuts it off.
fn close_the_loop(sound: &mut Vec<f32>, length: usize) {
    let tail = sound.split_off(length);
    let mut share = 0.0;
    for (start, end) in sound.iter_mut().zip(&tail) {
        *start = *start * share + end * (1.0 - share);
        share += 2.0 / f32::from(RATE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loudness(sound: &[f32]) -> f32 {
        let power: f32 = sound.iter().map(|sample| sample * sample).sum();
        (power / 1000.0 / f32::from(RATE) * 1000.0).sqrt()
    }

    #[test]
    fn the_same_seed_sounds_the_same() {
        assert_eq!(crackle(4), crackle(4));
        assert_ne!(crackle(4), crackle(5));
    }

    #[test]
    fn is_soft_but_never_silent() {
        let sound = crackle(2020);
        assert!(sound.iter().all(|sample| (-1.0..=1.0).contains(sample)));
        for second in sound.chunks(usize::from(RATE)) {
            let loudness = loudness(second);
            assert!((0.005..0.3).contains(&loudness), "{loudness}");
        }
    }

    #[test]
    fn pops_stand_out() {
        let sound = crackle(2020);
        let loudest = sound.iter().fold(0.0_f32, |loudest, sample| loudest.max(sample.abs()));
        assert!(loudest > 4.0 * loudness(&sound[..usize::from(RATE)]), "{loudest}");
    }

    #[test]
    fn the_loop_has_no_seam() {
        let sound = crackle(2020);
        // The first sample is the one that followed the last, so the step between them is as small as any other.
        let step = (sound[0] - sound[sound.len() - 1]).abs();
        assert!(step < 0.1, "{step}");
    }
}
