//! What this browser can do at all.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Whether it has what every call needs. Without it the camera need not be asked for.
pub fn has_calls() -> bool {
    Reflect::has(&js_sys::global(), &"RTCPeerConnection".into()).unwrap_or(false)
}

/// Whether the SDK says that it is not made for this browser. It may work all the same: this explains failures and forbids
/// nothing. While the SDK is not there nobody says so.
pub fn is_unsupported() -> bool {
    let sdk = ["Twilio", "Video", "isSupported"]
        .into_iter()
        .try_fold(JsValue::from(js_sys::global()), |object, name| Reflect::get(&object, &name.into()));
    sdk.is_ok_and(|supported| supported == JsValue::FALSE)
}
