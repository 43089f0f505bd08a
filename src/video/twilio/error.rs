//! What a rejected promise of the SDK or of the browser means.

use crate::domain::call::MediaFailure;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// The `code` of a `TwilioError`; `None` for anything else.
pub fn error_code(error: &JsValue) -> Option<u32> {
    let code = Reflect::get(error, &"code".into()).ok()?.as_f64()?;
    // A `DOMException` has a code too, below 26: those are not Twilio's.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked on the same line")]
    (code.fract() == 0.0 && (1000.0..1_000_000.0).contains(&code)).then_some(code as u32)
}

/// Why `getUserMedia` was refused. Source: Media Capture and Streams, section 10.2.
pub fn media_failure(error: &JsValue) -> MediaFailure {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError" | "PermissionDeniedError") => MediaFailure::Denied,
        Some("NotFoundError" | "OverconstrainedError" | "DevicesNotFoundError") => MediaFailure::NoDevice,
        Some("NotReadableError" | "AbortError" | "TrackStartError") => MediaFailure::InUse,
        _ => MediaFailure::Unavailable,
    }
}
