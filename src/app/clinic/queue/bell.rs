//! The sound of an arrival. Dropping it ends it.

use gloo_events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::AudioContext;

/// Two soft tones, in hertz, one after the other.
const TONES: [f32; 2] = [523.25, 659.25];

/// How long each lasts, in seconds.
const TONE: f64 = 0.35;

/// What wakes a sound that sleeps: on a page that nobody has pressed anything in, browsers let none be heard.
const PRESSES: [&str; 2] = ["pointerdown", "keydown"];

pub(super) struct Bell {
    context: AudioContext,
    _waking: [EventListener; 2],
}

impl Bell {
    /// None where a browser has no sound.
    pub fn new() -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let waking = PRESSES.map(|press| {
            let context = context.clone();
            EventListener::new(&document(), press, move |_| drop(context.resume()))
        });
        Some(Self { context, _waking: waking })
    }

    pub fn ring(&self) {
        // Where it cannot be heard it is still seen.
        drop(self.tones());
    }

    fn tones(&self) -> Result<(), JsValue> {
        let mut starts = self.context.current_time();
        for tone in TONES {
            let (oscillator, volume) = (self.context.create_oscillator()?, self.context.create_gain()?);
            oscillator.frequency().set_value(tone);
            volume.gain().set_value_at_time(0.25, starts)?;
            volume.gain().linear_ramp_to_value_at_time(0.0, starts + TONE)?;
            oscillator.connect_with_audio_node(&volume)?;
            volume.connect_with_audio_node(&self.context.destination())?;
            oscillator.start_with_when(starts)?;
            oscillator.stop_with_when(starts + TONE)?;
            starts += TONE;
        }
        Ok(())
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        // It fails only when it is closed already.
        drop(self.context.close());
    }
}
