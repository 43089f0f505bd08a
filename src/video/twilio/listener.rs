//! A listener that goes with its owner.

use super::sys;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Listens to an SDK object's event until it is dropped.
#[must_use = "the listener is removed when this is dropped"]
pub(super) struct Listener {
    emitter: sys::EventEmitter,
    event: &'static str,
    closure: Closure<dyn FnMut(JsValue, JsValue, JsValue)>,
}

impl Listener {
    /// Calls `heard` with the event's first three arguments; those that an event does not have are undefined.
    pub(super) fn new(
        emitter: &sys::EventEmitter,
        event: &'static str,
        heard: impl FnMut(JsValue, JsValue, JsValue) + 'static,
    ) -> Self {
        let closure = Closure::new(heard);
        emitter.on(event, closure.as_ref().unchecked_ref());
        Self { emitter: emitter.clone(), event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.emitter.remove_listener(self.event, self.closure.as_ref().unchecked_ref());
    }
}
