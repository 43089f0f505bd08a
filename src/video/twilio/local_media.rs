//! This person's camera and microphone.

use super::{media_failure, remote, sys};
use crate::domain::call::{MediaFailure, MediaWish, TrackKind};
use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Local tracks that are on. Dropping them turns camera and microphone off.
#[must_use = "camera and microphone go off when this is dropped"]
#[derive(Default)]
pub struct LocalMedia {
    tracks: Vec<sys::MediaTrack>,
}

#[derive(Serialize)]
struct Wanted {
    audio: bool,
    video: Option<Video>,
}

#[derive(Serialize)]
struct Video {
    width: u32,
}

impl LocalMedia {
    /// Asks the browser for what is wished.
    ///
    /// # Errors
    /// Says why it cannot be had; then nothing is on.
    pub async fn ask(wish: MediaWish) -> Result<Self, MediaFailure> {
        let wanted = match wish {
            MediaWish::CameraAndMicrophone => Wanted { audio: true, video: Some(Video { width: 640 }) },
            MediaWish::MicrophoneOnly => Wanted { audio: true, video: None },
            MediaWish::Nothing => return Ok(Self::default()),
        };
        let options = serde_wasm_bindgen::to_value(&wanted).map_err(|_| MediaFailure::Unavailable)?;
        let asked = sys::create_local_tracks(&options).map_err(|error| media_failure(&error))?;
        let tracks = JsFuture::from(asked).await.map_err(|error| media_failure(&error))?;
        let tracks = tracks.unchecked_into::<Array>();
        Ok(Self { tracks: tracks.iter().map(JsCast::unchecked_into).collect() })
    }

    /// Sends silence or a black picture, or the real ones again.
    pub fn switch(&self, kind: TrackKind, on: bool) {
        let name = remote::kind_name(kind);
        let tracks = self.tracks.iter().filter(|track| track.kind() == name);
        tracks.for_each(|track| if on { track.enable() } else { track.disable() });
    }

    /// Shows the own picture; false if there is none.
    pub fn show_picture(&self, element: &web_sys::HtmlMediaElement) -> bool {
        let picture = self.tracks.iter().find(|track| track.kind() == "video");
        picture.is_some_and(|track| track.attach(element).is_truthy())
    }

    /// The tracks as the SDK's `connect` takes them.
    pub(super) fn as_js(&self) -> JsValue {
        self.tracks.iter().collect::<Array>().into()
    }
}

impl Drop for LocalMedia {
    fn drop(&mut self) {
        for track in &self.tracks {
            track.stop();
            track.detach_all();
        }
    }
}
