//! A place for what only a browser has: timers, streams, sounds.

use leptos::prelude::*;

/// Keeps something of the browser's for as long as the page's part that made it. On a server nothing is ever in it, and there is
/// not even a place: what is bound to a thread must not be dropped by another, and a server's pages are.
pub struct Kept<T: 'static>(Option<StoredValue<Option<T>, LocalStorage>>);

// Derived, they would ask the same of `T`.
impl<T: 'static> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: 'static> Copy for Kept<T> {}

impl<T: 'static> Kept<T> {
    /// An empty place.
    pub fn new() -> Self {
        Self(cfg!(target_arch = "wasm32").then(|| StoredValue::new_local(None)))
    }

    /// Puts something in, and drops what was there.
    pub fn put(self, value: T) {
        if let Some(place) = self.0 {
            place.set_value(Some(value));
        }
    }

    /// Drops what is there.
    pub fn clear(self) {
        if let Some(place) = self.0 {
            place.set_value(None);
        }
    }

    /// Looks at what is there. None if nothing is.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.0?.with_value(|value| value.as_ref().map(look))
    }
}
