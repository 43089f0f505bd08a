//! Devices tried out without the SDK: each by itself, and off with their owner.

use super::fake;
use owl_hospital::{
    domain::call::{MediaFailure, TrackKind},
    video::tryout::{ask_for, ask_for_both},
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn invariant_5_what_is_tried_out_goes_off_with_its_owner() {
    fake::install_devices("");
    let both = ask_for_both(Some("front"), None).await;
    assert_eq!(fake::devices_on(), "audio,video");
    assert_eq!(fake::devices_asked(), r#"[{"video":{"deviceId":{"ideal":"front"},"width":640},"audio":{}}]"#);
    drop(both.camera);
    assert_eq!(fake::devices_on(), "audio");
    drop(both.microphone);
    assert_eq!(fake::devices_on(), "");
    drop(ask_for(TrackKind::Audio, None).await.ok());
    assert_eq!(fake::devices_on(), "");
}

#[wasm_bindgen_test]
async fn bug_19_a_camera_that_cannot_be_had_leaves_the_microphone() {
    for (name, failure) in
        [("NotFoundError", MediaFailure::NoDevice), ("NotReadableError", MediaFailure::InUse)]
    {
        fake::install_devices(name);
        let asked = ask_for_both(None, None).await;
        assert_eq!(asked.camera.err(), Some(failure), "{name}");
        assert!(asked.microphone.is_ok(), "{name}");
        assert_eq!(fake::devices_on(), "audio");
    }
}
