//! This person's camera and microphone.

use super::{listener::Listener, media_failure, remote, sys};
use crate::{
    domain::call::{DeviceNews, MediaFailure, MediaWish, TrackKind},
    video::Choice,
};
use js_sys::Array;
use serde::Serialize;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

type Tell = Rc<dyn Fn(TrackKind, DeviceNews)>;

/// Local tracks that are on. Dropping them turns camera and microphone off.
#[must_use = "camera and microphone go off when this is dropped"]
#[derive(Default)]
pub struct LocalMedia {
    listeners: Vec<Listener>,
    tracks: Vec<sys::MediaTrack>,
    /// For devices that are being started again when this is dropped.
    over: Rc<Cell<bool>>,
}

#[derive(Serialize)]
struct Wanted {
    audio: Audio,
    video: Option<Video>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Audio {
    Any(bool),
    #[serde(rename_all = "camelCase")]
    Chosen {
        device_id: Ideal,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Video {
    width: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<Ideal>,
}

/// A device that is gone is replaced by another one.
#[derive(Serialize)]
struct Ideal {
    ideal: String,
}

impl LocalMedia {
    /// Asks the browser for what is wished, from the devices that are chosen if they are there. What the choice wishes for is not
    /// asked here.
    ///
    /// # Errors
    /// Says why it cannot be had; then nothing is on.
    pub async fn ask(wish: MediaWish, choice: Choice) -> Result<Self, MediaFailure> {
        if wish == MediaWish::Nothing {
            return Ok(Self::default());
        }
        let ideal = |id: String| Ideal { ideal: id };
        let wanted = Wanted {
            audio: match choice.microphone.filter(|_| wish.includes(TrackKind::Audio)) {
                Some(id) => Audio::Chosen { device_id: ideal(id) },
                None => Audio::Any(wish.includes(TrackKind::Audio)),
            },
            video: wish
                .includes(TrackKind::Video)
                .then(|| Video { width: 640, device_id: choice.camera.map(ideal) }),
        };
        let options = serde_wasm_bindgen::to_value(&wanted).map_err(|_| MediaFailure::Unavailable)?;
        let asked = sys::create_local_tracks(&options).map_err(|error| media_failure(&error))?;
        let tracks = JsFuture::from(asked).await.map_err(|error| media_failure(&error))?;
        let tracks = tracks.unchecked_into::<Array>();
        let tracks = tracks.iter().map(JsCast::unchecked_into).collect();
        Ok(Self { listeners: Vec::new(), tracks, over: Rc::default() })
    }

    /// From now on `tell` hears when a device ends, falls silent, or works again.
    pub fn listen(&mut self, tell: &Tell) {
        for kind in [TrackKind::Audio, TrackKind::Video] {
            for track in self.of_kind(kind).cloned().collect::<Vec<_>>() {
                for (event, news) in [
                    ("stopped", DeviceNews::Ended),
                    ("muted", DeviceNews::Silent(true)),
                    ("unmuted", DeviceNews::Silent(false)),
                    // Also when the SDK starts one again by itself, as it does on iOS.
                    ("started", DeviceNews::Works),
                ] {
                    let tell = Rc::clone(tell);
                    self.listeners.push(Listener::new(&track, event, move |_, _, _| tell(kind, news)));
                }
                tell_silence(&track, kind, tell);
            }
        }
    }

    /// A future that starts a device again that ended or fell silent. Does not borrow; `None` without such a device.
    pub fn restart(&self, kind: TrackKind, tell: &Tell) -> Option<impl Future<Output = ()> + use<>> {
        let (track, tell, over) =
            (self.of_kind(kind).next()?.clone(), Rc::clone(tell), Rc::clone(&self.over));
        Some(async move {
            let restarted = match track.restart() {
                Ok(asked) => JsFuture::from(asked).await,
                Err(error) => Err(error),
            };
            // Whoever left while the browser asked must not find the camera on.
            if over.get() {
                track.stop();
                return;
            }
            match restarted {
                Ok(_) => {
                    tell(kind, DeviceNews::Works);
                    tell_silence(&track, kind, &tell);
                }
                Err(error) => tell(kind, DeviceNews::Refused(media_failure(&error))),
            }
        })
    }

    /// Sends silence or a black picture, or the real ones again.
    pub fn switch(&self, kind: TrackKind, on: bool) {
        self.of_kind(kind).for_each(|track| if on { track.enable() } else { track.disable() });
    }

    /// Shows the own picture; false if there is none.
    pub fn show_picture(&self, element: &web_sys::HtmlMediaElement) -> bool {
        self.of_kind(TrackKind::Video).next().is_some_and(|track| track.attach(element).is_truthy())
    }

    /// The tracks as the SDK's `connect` takes them.
    pub(super) fn as_js(&self) -> JsValue {
        self.tracks.iter().collect::<Array>().into()
    }

    fn of_kind(&self, kind: TrackKind) -> impl Iterator<Item = &sys::MediaTrack> {
        let name = remote::kind_name(kind);
        self.tracks.iter().filter(move |track| track.kind() == name)
    }
}

/// A device that is silent from the start has no event to say so.
fn tell_silence(track: &sys::MediaTrack, kind: TrackKind, tell: &Tell) {
    if track.is_muted() == Some(true) {
        tell(kind, DeviceNews::Silent(true));
    }
}

impl Drop for LocalMedia {
    fn drop(&mut self) {
        // First: what tracks say while we stop them is not news.
        self.listeners.clear();
        self.over.set(true);
        for track in &self.tracks {
            track.stop();
            track.detach_all();
        }
    }
}
