//! One `EventSource`. Dropping it closes it.

use crate::api::clinic::BEAT;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventSource, MessageEvent};

/// One message.
pub(super) struct Message {
    /// The id that it came with, if it is a number.
    pub id: Option<u64>,
    /// What it says.
    pub text: String,
}

pub(super) struct Source {
    raw: EventSource,
    _listeners: [EventListener; 3],
}

impl Source {
    /// Opens a stream. None if the browser has none.
    pub fn open(
        url: &str,
        on_message: impl Fn(Message) + 'static,
        on_beat: impl Fn() + 'static,
        on_error: impl Fn() + 'static,
    ) -> Option<Self> {
        let raw = EventSource::new(url).ok()?;
        let message = EventListener::new(&raw, "message", move |event: &Event| {
            let event: &MessageEvent = event.unchecked_ref();
            if let Some(text) = event.data().as_string() {
                // The browser repeats the last id with messages that carry none: the same number again does no harm.
                on_message(Message { id: event.last_event_id().parse().ok(), text });
            }
        });
        let beat = EventListener::new(&raw, BEAT, move |_| on_beat());
        let error = EventListener::new(&raw, "error", move |_| on_error());
        Some(Self { raw, _listeners: [message, beat, error] })
    }

    /// Ends it; nothing is heard of it any more.
    pub fn close(&self) {
        self.raw.close();
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.raw.close();
    }
}
