//! The SDK's objects as JavaScript has them. Source: the SDK's API documentation, version 2.35.

use js_sys::{Array, Function, Map, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["Twilio", "Video"], js_name = connect)]
    pub fn connect(token: &str, options: &JsValue) -> Result<CancelablePromise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Twilio", "Video"], js_name = createLocalTracks)]
    pub fn create_local_tracks(options: &JsValue) -> Result<Promise, JsValue>;

    /// What `connect` returns: a promise with a way to call it off.
    #[wasm_bindgen(extends = Promise)]
    pub type CancelablePromise;
    #[wasm_bindgen(catch, method)]
    pub fn cancel(this: &CancelablePromise) -> Result<JsValue, JsValue>;

    #[derive(Clone)]
    pub type EventEmitter;
    #[wasm_bindgen(method)]
    pub fn on(this: &EventEmitter, event: &str, listener: &Function);
    #[wasm_bindgen(method, js_name = removeListener)]
    pub fn remove_listener(this: &EventEmitter, event: &str, listener: &Function);

    #[derive(Clone)]
    #[wasm_bindgen(extends = EventEmitter)]
    pub type Room;
    #[wasm_bindgen(method, getter)]
    pub fn participants(this: &Room) -> Map;
    #[wasm_bindgen(method, getter, js_name = localParticipant)]
    pub fn local_participant(this: &Room) -> LocalParticipant;
    #[wasm_bindgen(method)]
    pub fn disconnect(this: &Room);
    #[wasm_bindgen(catch, method, js_name = getStats)]
    pub fn get_stats(this: &Room) -> Result<Promise, JsValue>;

    pub type LocalParticipant;
    #[wasm_bindgen(catch, method, js_name = publishTracks)]
    pub fn publish_tracks(this: &LocalParticipant, tracks: &JsValue) -> Result<Promise, JsValue>;

    #[derive(Clone)]
    pub type RemoteParticipant;
    #[wasm_bindgen(method, getter)]
    pub fn sid(this: &RemoteParticipant) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn identity(this: &RemoteParticipant) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn state(this: &RemoteParticipant) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn tracks(this: &RemoteParticipant) -> Map;

    #[derive(Clone)]
    pub type RemoteTrackPublication;
    #[wasm_bindgen(method, getter, js_name = trackSid)]
    pub fn track_sid(this: &RemoteTrackPublication) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn kind(this: &RemoteTrackPublication) -> String;
    #[wasm_bindgen(method, getter, js_name = isTrackEnabled)]
    pub fn is_track_enabled(this: &RemoteTrackPublication) -> bool;
    #[wasm_bindgen(method, getter)]
    pub fn track(this: &RemoteTrackPublication) -> Option<MediaTrack>;

    /// A local or remote track of sound or picture.
    #[derive(Clone)]
    #[wasm_bindgen(extends = EventEmitter)]
    pub type MediaTrack;
    #[wasm_bindgen(method, getter)]
    pub fn kind(this: &MediaTrack) -> String;
    #[wasm_bindgen(method)]
    pub fn attach(this: &MediaTrack, element: &web_sys::HtmlMediaElement) -> JsValue;
    #[wasm_bindgen(method)]
    pub fn detach(this: &MediaTrack, element: &web_sys::HtmlMediaElement) -> JsValue;
    /// Takes the track out of every element.
    #[wasm_bindgen(method, js_name = detach)]
    pub fn detach_all(this: &MediaTrack) -> JsValue;
    /// Local tracks only.
    #[wasm_bindgen(method)]
    pub fn stop(this: &MediaTrack);
    /// Local tracks only.
    #[wasm_bindgen(method)]
    pub fn enable(this: &MediaTrack);
    /// Local tracks only.
    #[wasm_bindgen(method)]
    pub fn disable(this: &MediaTrack);
    /// Local tracks only: asks the browser for the device again, with the wishes of the first time.
    #[wasm_bindgen(catch, method)]
    pub fn restart(this: &MediaTrack) -> Result<Promise, JsValue>;
    /// Local tracks only: whether the browser says that nothing comes from the device.
    #[wasm_bindgen(method, getter, js_name = isMuted)]
    pub fn is_muted(this: &MediaTrack) -> Option<bool>;

    /// One peer connection's figures, as `Room.getStats` gives them.
    pub type StatsReport;
    #[wasm_bindgen(method, getter, js_name = remoteAudioTrackStats)]
    pub fn remote_audio_track_stats(this: &StatsReport) -> Array;
    #[wasm_bindgen(method, getter, js_name = remoteVideoTrackStats)]
    pub fn remote_video_track_stats(this: &StatsReport) -> Array;

    pub type RemoteTrackStats;
    #[wasm_bindgen(method, getter, js_name = trackSid)]
    pub fn track_sid(this: &RemoteTrackStats) -> String;
    #[wasm_bindgen(method, getter, js_name = packetsReceived)]
    pub fn packets_received(this: &RemoteTrackStats) -> Option<f64>;
}
