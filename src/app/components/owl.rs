//! The owl: the hospital's sign.

use leptos::prelude::*;

/// The owl's picture, a file that all pages share. Always decoration, so it has no words of its own.
#[component]
pub fn Owl(
    /// Which of the stylesheet's sizes: `owl` in the header, `hero__owl` on the home page.
    #[prop(default = "owl")]
    class: &'static str,
) -> impl IntoView {
    view! { <img class=class src="/owl.svg" alt="" width="64" height="64" /> }
}
