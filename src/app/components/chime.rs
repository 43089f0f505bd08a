//! Two soft tones: somebody has arrived, or the sound works.

use wasm_bindgen::JsValue;
use web_sys::AudioContext;

/// In hertz, one after the other.
const TONES: [f32; 2] = [523.25, 659.25];

/// How long each lasts, in seconds.
const TONE: f64 = 0.35;

/// Plays them. The context has to be made by a press, as browsers want it and people too.
///
/// # Errors
/// When the browser has no such sounds, or the context is closed.
pub fn ring(context: &AudioContext) -> Result<(), JsValue> {
    let mut starts = context.current_time();
    for tone in TONES {
        let (oscillator, volume) = (context.create_oscillator()?, context.create_gain()?);
        oscillator.frequency().set_value(tone);
        volume.gain().set_value_at_time(0.25, starts)?;
        volume.gain().linear_ramp_to_value_at_time(0.0, starts + TONE)?;
        oscillator.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&context.destination())?;
        oscillator.start_with_when(starts)?;
        oscillator.stop_with_when(starts + TONE)?;
        starts += TONE;
    }
    Ok(())
}
