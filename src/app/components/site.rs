//! What stands around the content of every page.

use leptos::prelude::*;

use super::Owl;

/// The skip link and the way home. The page's `<main>` carries `id="main"` and `tabindex="-1"`.
#[component]
pub fn SiteHeader() -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">
            "Skip to content"
        </a>
        <header class="site-header">
            <a class="site-header__home" href="/">
                <Owl />
                "Owl Hospital"
            </a>
        </header>
    }
}

/// What a person must be able to find on every page, with or without scripts.
#[component]
pub fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <p>"In an emergency, call your local emergency number."</p>
        </footer>
    }
}
