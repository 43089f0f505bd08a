//! What browsers have for trying devices out, as JavaScript has it. Source: Media Capture and Streams; Web Audio API;
//! Permissions.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `navigator`, with what is not in every browser.
    pub type Navigator;
    /// Undefined on an insecure origin, and in some browsers inside other apps.
    #[wasm_bindgen(method, getter, js_name = mediaDevices)]
    pub fn media_devices(this: &Navigator) -> Option<MediaDevices>;
    #[wasm_bindgen(method, getter)]
    pub fn permissions(this: &Navigator) -> Option<Permissions>;

    pub type MediaDevices;
    #[wasm_bindgen(catch, method, js_name = getUserMedia)]
    pub fn get_user_media(this: &MediaDevices, constraints: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, method, js_name = enumerateDevices)]
    pub fn enumerate_devices(this: &MediaDevices) -> Result<Promise, JsValue>;

    pub type MediaDeviceInfo;
    #[wasm_bindgen(method, getter)]
    pub fn kind(this: &MediaDeviceInfo) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn label(this: &MediaDeviceInfo) -> String;
    #[wasm_bindgen(method, getter, js_name = deviceId)]
    pub fn device_id(this: &MediaDeviceInfo) -> String;

    #[derive(Clone)]
    pub type Track;
    #[wasm_bindgen(method, getter)]
    pub fn kind(this: &Track) -> String;
    #[wasm_bindgen(method)]
    pub fn stop(this: &Track);
    #[wasm_bindgen(method, js_name = getSettings)]
    pub fn get_settings(this: &Track) -> TrackSettings;

    pub type TrackSettings;
    #[wasm_bindgen(method, getter, js_name = deviceId)]
    pub fn device_id(this: &TrackSettings) -> Option<String>;

    pub type Permissions;
    #[wasm_bindgen(catch, method)]
    pub fn query(this: &Permissions, what: &JsValue) -> Result<Promise, JsValue>;

    pub type PermissionStatus;
    #[wasm_bindgen(method, getter)]
    pub fn state(this: &PermissionStatus) -> String;

    #[wasm_bindgen(js_name = AudioContext)]
    pub type AudioContext;
    #[wasm_bindgen(catch, constructor, js_class = "AudioContext")]
    pub fn new() -> Result<AudioContext, JsValue>;
    #[wasm_bindgen(catch, method, js_name = createMediaStreamSource)]
    pub fn create_media_stream_source(
        this: &AudioContext,
        stream: &web_sys::MediaStream,
    ) -> Result<AudioNode, JsValue>;
    #[wasm_bindgen(catch, method, js_name = createAnalyser)]
    pub fn create_analyser(this: &AudioContext) -> Result<Analyser, JsValue>;
    #[wasm_bindgen(catch, method)]
    pub fn resume(this: &AudioContext) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, method)]
    pub fn close(this: &AudioContext) -> Result<Promise, JsValue>;

    pub type AudioNode;
    #[wasm_bindgen(catch, method)]
    pub fn connect(this: &AudioNode, to: &AudioNode) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(extends = AudioNode)]
    pub type Analyser;
    /// The last samples, as many as there is room for up to 2048; each from -1 to 1.
    #[wasm_bindgen(method, js_name = getFloatTimeDomainData)]
    pub fn get_float_time_domain_data(this: &Analyser, samples: &mut [f32]);
}

/// Any array of a kind.
pub fn each<T: JsCast>(array: &Array) -> impl Iterator<Item = T> {
    array.iter().map(JsCast::unchecked_into)
}
