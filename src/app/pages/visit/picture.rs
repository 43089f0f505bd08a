//! The elements that play tracks. Each lets go of its track when it goes.

use super::CallState;
use crate::{app::text::call::CallWords, domain::call::TrackKind, video};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlMediaElement;

/// A remote track in an element, until this is dropped.
struct Shown {
    sid: String,
    element: HtmlMediaElement,
}

impl Shown {
    fn new(sid: String, element: HtmlMediaElement) -> Self {
        video::show_track(&sid, &element);
        Self { sid, element }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        video::hide_track(&self.sid, &self.element);
    }
}

#[component]
pub(super) fn RemotePicture(words: &'static CallWords, sid: String, label: &'static str) -> impl IntoView {
    let node = NodeRef::<html::Video>::new();
    // The value of the effect, so that it goes when the element goes. No JavaScript object lies in a signal.
    Effect::new(move |_: Option<Option<Shown>>| Some(Shown::new(sid.clone(), node.get()?.unchecked_into())));
    view! { <video node_ref=node playsinline autoplay aria-label=format!("{label}: {}", words.picture)></video> }
}

#[component]
pub(super) fn RemoteSound(sid: String) -> impl IntoView {
    let node = NodeRef::<html::Audio>::new();
    Effect::new(move |_: Option<Option<Shown>>| Some(Shown::new(sid.clone(), node.get()?.unchecked_into())));
    view! { <audio node_ref=node autoplay></audio> }
}

/// One's own picture, silent and mirrored. Hidden, not removed, while the camera has failed: the SDK plays it again here.
#[component]
pub(super) fn OwnPicture(words: &'static CallWords, call: CallState) -> impl IntoView {
    let node = NodeRef::<html::Video>::new();
    let gone = Memo::new(move |_| call.with(|call| !call.device(TrackKind::Video).works()));
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            element.set_muted(true);
            video::show_own_picture(&element);
        }
    });
    view! {
        <video
            node_ref=node
            class="self-view__video"
            playsinline
            autoplay
            muted
            hidden=move || gone.get()
            aria-label=words.your_picture
        ></video>
    }
}
