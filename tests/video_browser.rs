//! The SDK binding in a real browser, against a fake SDK: the exact shapes that cross the border, and who cleans up.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "video_browser/binding.rs"]
mod binding;
#[path = "video_browser/devices.rs"]
mod devices;
#[path = "video_browser/fake.rs"]
mod fake;
#[path = "video_browser/session.rs"]
mod session;
#[path = "video_browser/tryout.rs"]
mod tryout;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
