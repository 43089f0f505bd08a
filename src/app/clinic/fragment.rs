//! The few lines of script that take a link's secret from the address to a form: too little to be worth our module.

use leptos::{nonce::use_nonce, prelude::*};

/// Fills the form with `data-fragment` when somebody submits it, and hides what has `data-without-fragment`. Last in its page.
#[component]
pub fn FragmentScript() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string());
    view! { <script src="/fragment.js" nonce=nonce></script> }
}
