//! Camera and microphone, tried out before a call: on for their owner alone, and off again when this is dropped.
//!
//! Without the SDK, which need not be there for it, and each device by itself, so that one which fails leaves the other.

mod ask;
mod meter;
mod sys;

pub use ask::{Asked, ask_for, ask_for_both};
use gloo_events::EventListener;
use meter::Meter;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::domain::call::TrackKind;

/// One device that is on. Dropping it turns it off.
#[must_use = "the device goes off when this is dropped"]
pub struct Tryout {
    // First: what is said while we turn it off is no news.
    ended: Option<EventListener>,
    meter: Option<Meter>,
    track: sys::Track,
    stream: web_sys::MediaStream,
}

/// A device that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceName {
    /// What it is.
    pub kind: TrackKind,
    /// The browser's id.
    pub id: String,
    /// As its maker calls it.
    pub label: String,
}

impl Tryout {
    fn of(track: sys::Track) -> Option<Self> {
        let stream = web_sys::MediaStream::new_with_tracks(&js_sys::Array::of1(track.as_ref())).ok()?;
        Some(Self { ended: None, meter: None, track, stream })
    }

    /// Plays the picture in an element that is muted.
    pub fn show(&self, element: &web_sys::HtmlMediaElement) {
        element.set_src_object(Some(&self.stream));
        // Refused only where the element goes meanwhile; it plays by itself too.
        if let Ok(playing) = element.play() {
            wasm_bindgen_futures::spawn_local(async move { drop(JsFuture::from(playing).await) });
        }
    }

    /// From now on `tell` hears how loud it is, from 0 to 100, several times a second.
    pub fn measure(&mut self, tell: impl Fn(u8) + 'static) {
        self.meter = Meter::of(&self.stream, tell);
    }

    /// Calls `tell` when the device is taken away.
    pub fn listen(&mut self, tell: impl Fn() + 'static) {
        let target: &web_sys::EventTarget = self.track.unchecked_ref();
        self.ended = Some(EventListener::new(target, "ended", move |_| tell()));
    }

    /// The browser's id of the device.
    pub fn device(&self) -> Option<String> {
        self.track.get_settings().device_id()
    }
}

impl Drop for Tryout {
    fn drop(&mut self) {
        self.ended.take();
        self.meter.take();
        self.track.stop();
    }
}

/// What can be chosen. Their names are told only while one of them is on, or was allowed for good.
pub async fn devices() -> Vec<DeviceName> {
    let Some(all) = ask::media_devices().and_then(|devices| devices.enumerate_devices().ok()) else {
        return Vec::new();
    };
    let Ok(found) = JsFuture::from(all).await else { return Vec::new() };
    let found: js_sys::Array = found.unchecked_into();
    sys::each::<sys::MediaDeviceInfo>(&found)
        .filter_map(|device| {
            let kind = match device.kind().as_str() {
                "videoinput" => TrackKind::Video,
                "audioinput" => TrackKind::Audio,
                _ => return None,
            };
            Some(DeviceName { kind, id: device.device_id(), label: device.label() })
        })
        .filter(|device| !device.id.is_empty() && !device.label.is_empty())
        .collect()
}
