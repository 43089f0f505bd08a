//! The fake SDK, as Rust sees it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/video_browser/fake_sdk.js")]
extern "C" {
    pub fn install();
    #[wasm_bindgen(js_name = installServer)]
    pub fn install_server(ticket: Vec<u8>);
    #[wasm_bindgen(js_name = refuseMedia)]
    pub fn refuse_media(name: &str);
    #[wasm_bindgen(js_name = grantMediaAtOnce)]
    pub fn grant_media_at_once();
    #[wasm_bindgen(js_name = trackListeners)]
    pub fn track_listeners() -> u32;
    pub fn unsupported();
    #[wasm_bindgen(js_name = grantMediaLater)]
    pub fn grant_media_later();
    #[wasm_bindgen(js_name = grantIsAwaited)]
    pub fn grant_is_awaited() -> bool;
    #[wasm_bindgen(js_name = grantMedia)]
    pub fn grant_media();
    #[wasm_bindgen(js_name = refuseConnection)]
    pub fn refuse_connection(code: u32);
    #[wasm_bindgen(js_name = letInLater)]
    pub fn let_in_later();
    #[wasm_bindgen(js_name = stumbleWhenCancelled)]
    pub fn stumble_when_cancelled();
    #[wasm_bindgen(js_name = letIn)]
    pub fn let_in();
    #[wasm_bindgen(js_name = askedMedia)]
    pub fn asked_media() -> String;
    #[wasm_bindgen(js_name = connectCalls)]
    pub fn connect_calls() -> String;
    pub fn cancelled() -> u32;
    #[wasm_bindgen(js_name = ticketsFetched)]
    pub fn tickets_fetched() -> u32;
    #[wasm_bindgen(js_name = tracksOn)]
    pub fn tracks_on() -> String;
    #[wasm_bindgen(js_name = tracksAttached)]
    pub fn tracks_attached() -> u32;
    #[wasm_bindgen(js_name = tracksEnabled)]
    pub fn tracks_enabled() -> String;
    #[wasm_bindgen(js_name = roomListeners)]
    pub fn room_listeners() -> u32;
    #[wasm_bindgen(js_name = roomDisconnects)]
    pub fn room_disconnects() -> u32;
    #[wasm_bindgen(js_name = roomsOpen)]
    pub fn rooms_open() -> u32;
    pub fn say(what: &str);
    #[wasm_bindgen(js_name = installDevices)]
    pub fn install_devices(camera: &str);
    #[wasm_bindgen(js_name = devicesOn)]
    pub fn devices_on() -> String;
    #[wasm_bindgen(js_name = devicesAsked)]
    pub fn devices_asked() -> String;
}
