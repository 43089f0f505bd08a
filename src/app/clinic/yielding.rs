//! Between two pieces of long work.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;

/// Lets the browser paint and answer before what follows. Not where nobody looks: there browsers keep timers waiting for a second
/// and more, and nobody is kept waiting by us.
pub async fn yield_to_browser() {
    if !document().hidden() {
        TimeoutFuture::new(0).await;
    }
}
