//! What a page's first view is made from: the same on both sides, or hydration would fail.

use crate::api::wire;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// What the server gives to a page's first view, as [`wire::to_text`] has written it. In the context on the server.
#[derive(Debug, Clone)]
pub struct First(pub String);

/// What the first view is made from. On the server it comes from the context, in the browser from the document.
///
/// None if the page carries none, or of another type: then it was made by another version of this program.
pub fn first<T: DeserializeOwned>() -> Option<T> {
    let text = match use_context::<First>() {
        Some(First(text)) => text,
        None => web_sys::window()?.document()?.get_element_by_id("first")?.text_content()?,
    };
    wire::from_text(&text)
}
