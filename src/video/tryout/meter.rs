//! How loud a microphone is.

use super::sys;
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;

const EVERY_MS: u32 = 100;

/// About a twentieth of a second: long enough for a deep voice.
const SAMPLES: usize = 2048;

/// What counts as silence, in decibels below the loudest.
const QUIETEST: f32 = 60.0;

/// Measures until it is dropped.
#[must_use = "nothing is measured any more when this is dropped"]
pub(super) struct Meter {
    context: sys::AudioContext,
    _interval: Interval,
    // Nothing else holds it: without this it could be collected, and be silent.
    _source: sys::AudioNode,
}

impl Meter {
    /// None where the browser cannot.
    pub fn of(stream: &web_sys::MediaStream, tell: impl Fn(u8) + 'static) -> Option<Self> {
        let context = sys::AudioContext::new().ok()?;
        let source = context.create_media_stream_source(stream).ok()?;
        let analyser = context.create_analyser().ok()?;
        source.connect(analyser.unchecked_ref()).ok()?;
        // Made by a press, it runs; where the browser has forgotten the press, this asks again.
        let _ = context.resume();
        let interval = Interval::new(EVERY_MS, move || {
            let mut samples = [0.0; SAMPLES];
            analyser.get_float_time_domain_data(&mut samples);
            tell(loudness(&samples));
        });
        Some(Self { context, _interval: interval, _source: source })
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        let _ = self.context.close();
    }
}

/// From 0 (silence) to 100, as people hear it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 100")]
fn loudness(samples: &[f32]) -> u8 {
    #[expect(clippy::cast_precision_loss, reason = "2048 fits")]
    let mean = samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32;
    let decibels = 10.0 * mean.max(f32::MIN_POSITIVE).log10();
    ((decibels + QUIETEST) / QUIETEST * 100.0).clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_nothing_and_louder_is_more() {
        let of = |volume: f32| loudness(&[volume, -volume].repeat(SAMPLES / 2));
        assert_eq!(of(0.0), 0);
        assert_eq!(of(1.0), 100);
        let levels = [0.002, 0.02, 0.2].map(of);
        assert!(levels.is_sorted() && levels[0] < levels[1] && levels[1] < levels[2], "{levels:?}");
    }
}
