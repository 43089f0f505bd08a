//! Brings the SDK into the page: only on pages with a call, and after the first paint.

use crate::api::SDK_PATH;
use gloo_timers::callback::Timeout;
use js_sys::{Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// How long the SDK, 75 kB, may take to come.
pub(super) const PATIENCE_MS: u32 = 30_000;

thread_local! {
    /// The load under way or done. Forgotten when it fails, so that the next try begins anew.
    static LOADING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Frames to wait for word of the paint. A browser that never gives any has painted by then.
const FRAMES: u32 = 20;

/// Does something once the page has been painted. A hidden tab is not, and needs no SDK yet.
pub(super) fn after_the_paint(then: impl FnOnce() + 'static) {
    after_frames(FRAMES, then);
}

/// A frame's callback comes before its paint, and even the next frame's may: what is drawn is shown later. So the browser is asked.
fn after_frames(most: u32, then: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        let next = move || {
            if most == 0 || is_painted() {
                then();
            } else {
                after_frames(most - 1, then);
            }
        };
        // Refused only where there is nothing to paint.
        let _ = window.request_animation_frame(Closure::once_into_js(next).unchecked_ref());
    }
}

fn is_painted() -> bool {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance
        .is_some_and(|performance| performance.get_entries_by_name("first-contentful-paint").length() > 0)
}

/// Waits until the SDK is there; starts to load it if nobody has.
///
/// # Errors
/// When the script cannot be loaded; another call tries again.
pub(super) async fn ready() -> Result<(), JsValue> {
    if is_there() {
        return Ok(());
    }
    let promise = LOADING.with_borrow_mut(|loading| loading.get_or_insert_with(insert_script).clone());
    let loaded = JsFuture::from(promise).await;
    if loaded.is_err() {
        LOADING.with_borrow_mut(Option::take);
    }
    loaded.map(drop)
}

fn is_there() -> bool {
    Reflect::get(&js_sys::global(), &"Twilio".into())
        .is_ok_and(|twilio| twilio.is_object() && Reflect::has(&twilio, &"Video".into()).unwrap_or(false))
}

fn insert_script() -> Promise {
    Promise::new(&mut |resolve, reject| {
        if let Err(error) = try_insert(&resolve, &reject) {
            // The promise is new: nothing can go wrong in rejecting it.
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        }
    })
}

fn try_insert(resolve: &js_sys::Function, reject: &js_sys::Function) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let script: web_sys::HtmlScriptElement = document.create_element("script")?.unchecked_into();
    // The policy of the page lets in what carries the nonce that the server gave to its own scripts.
    if let Some(own) = document.query_selector("script[nonce]")? {
        Reflect::set(&script, &"nonce".into(), &Reflect::get(&own, &"nonce".into())?)?;
    }
    script.set_onload(Some(resolve));
    script.set_onerror(Some(reject));
    // A script that neither comes nor fails would leave the person waiting for ever. Once it is there this is nothing.
    let reject = reject.clone();
    Timeout::new(PATIENCE_MS, move || drop(reject.call0(&JsValue::UNDEFINED))).forget();
    script.set_src(SDK_PATH);
    document.head().ok_or("no head")?.append_child(&script)?;
    Ok(())
}
