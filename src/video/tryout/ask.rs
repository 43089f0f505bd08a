//! Asking the browser for devices.

use super::{Tryout, sys};
use crate::{
    domain::call::{MediaFailure, TrackKind},
    video::twilio::media_failure,
};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What came of asking for camera and microphone.
pub struct Asked {
    /// The camera.
    pub camera: Result<Tryout, MediaFailure>,
    /// The microphone.
    pub microphone: Result<Tryout, MediaFailure>,
}

/// As the browser takes it. `ideal`: a device that is gone is replaced by another one.
#[derive(Serialize)]
struct Constraints<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    video: Option<Device<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio: Option<Device<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Device<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<Ideal<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
}

#[derive(Serialize)]
struct Ideal<'a> {
    ideal: &'a str,
}

/// The page's permission for one kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Permission {
    Granted,
    Denied,
    Prompt,
}

pub(super) fn media_devices() -> Option<sys::MediaDevices> {
    let navigator = web_sys::window()?.navigator();
    navigator.unchecked_ref::<sys::Navigator>().media_devices()
}

/// Asks for both at once, so that the person is asked one question; if that fails, for each by itself, since one that cannot be had
/// takes the other down with it.
pub async fn ask_for_both(camera: Option<&str>, microphone: Option<&str>) -> Asked {
    let wanted = Constraints { video: Some(video(camera)), audio: Some(audio(microphone)) };
    let failure = match get(&wanted).await {
        Ok(tracks) => {
            let mut asked =
                Asked { camera: Err(MediaFailure::NoDevice), microphone: Err(MediaFailure::NoDevice) };
            for track in tracks {
                let is_camera = track.kind() == "video";
                let tryout = Tryout::of(track).ok_or(MediaFailure::Unavailable);
                *(if is_camera { &mut asked.camera } else { &mut asked.microphone }) = tryout;
            }
            return asked;
        }
        Err(failure) => failure,
    };
    let alone = match failure {
        MediaFailure::Insecure | MediaFailure::Unavailable => [false; 2],
        MediaFailure::NoDevice | MediaFailure::InUse => [true; 2],
        MediaFailure::Denied => {
            let (camera, microphone) = (permission("camera").await, permission("microphone").await);
            [is_worth_asking(camera, microphone), is_worth_asking(microphone, camera)]
        }
    };
    let [camera_alone, microphone_alone] = alone;
    Asked {
        camera: if camera_alone { ask_for(TrackKind::Video, camera).await } else { Err(failure) },
        microphone: if microphone_alone { ask_for(TrackKind::Audio, microphone).await } else { Err(failure) },
    }
}

/// Asks for one device: the one with this id if it is there.
///
/// # Errors
/// Says why it cannot be had.
pub async fn ask_for(kind: TrackKind, device: Option<&str>) -> Result<Tryout, MediaFailure> {
    let wanted = match kind {
        TrackKind::Video => Constraints { video: Some(video(device)), audio: None },
        TrackKind::Audio => Constraints { video: None, audio: Some(audio(device)) },
    };
    let track = get(&wanted).await?.into_iter().next().ok_or(MediaFailure::NoDevice)?;
    Tryout::of(track).ok_or(MediaFailure::Unavailable)
}

async fn get(wanted: &Constraints<'_>) -> Result<Vec<sys::Track>, MediaFailure> {
    if !web_sys::window().is_some_and(|window| window.is_secure_context()) {
        return Err(MediaFailure::Insecure);
    }
    let devices = media_devices().ok_or(MediaFailure::Unavailable)?;
    let wanted = serde_wasm_bindgen::to_value(wanted).map_err(|_| MediaFailure::Unavailable)?;
    let asked = devices.get_user_media(&wanted).map_err(|error| media_failure(&error))?;
    let stream: web_sys::MediaStream =
        JsFuture::from(asked).await.map_err(|error| media_failure(&error))?.unchecked_into();
    Ok(sys::each(&stream.get_tracks()).collect())
}

fn video(device: Option<&str>) -> Device<'_> {
    Device { device_id: device.map(|ideal| Ideal { ideal }), width: Some(640) }
}

fn audio(device: Option<&str>) -> Device<'_> {
    Device { device_id: device.map(|ideal| Ideal { ideal }), width: None }
}

async fn permission(name: &'static str) -> Option<Permission> {
    let navigator = web_sys::window()?.navigator();
    let permissions = navigator.unchecked_ref::<sys::Navigator>().permissions()?;
    let what = js_sys::Object::new();
    js_sys::Reflect::set(&what, &"name".into(), &JsValue::from_str(name)).ok()?;
    let status = JsFuture::from(permissions.query(&what).ok()?).await.ok()?;
    match status.unchecked_into::<sys::PermissionStatus>().state().as_str() {
        "granted" => Some(Permission::Granted),
        "denied" => Some(Permission::Denied),
        "prompt" => Some(Permission::Prompt),
        _ => None,
    }
}

/// Whether one of two that were refused together can be had alone without asking the person what they have just refused.
fn is_worth_asking(own: Option<Permission>, other: Option<Permission>) -> bool {
    match (own, other) {
        (Some(Permission::Denied), _) => false,
        (Some(Permission::Granted) | None, _) => true,
        // The question never came where the other one is forbidden; otherwise it came, and was turned away.
        (Some(Permission::Prompt), other) => other == Some(Permission::Denied),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_again_for_what_they_have_just_refused() {
        use Permission::{Denied, Granted, Prompt};
        assert!(!is_worth_asking(Some(Denied), Some(Denied)));
        assert!(!is_worth_asking(Some(Prompt), Some(Prompt)));
        assert!(!is_worth_asking(Some(Prompt), Some(Granted)));
        assert!(
            is_worth_asking(Some(Prompt), Some(Denied)),
            "bug 19: a blocked camera leaves the microphone"
        );
        assert!(is_worth_asking(Some(Granted), Some(Denied)));
        assert!(is_worth_asking(None, None), "where the browser does not say");
    }
}
