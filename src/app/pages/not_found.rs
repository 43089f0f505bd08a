//! There is no page at this address.

use crate::app::components::{Owl, SiteFooter, SiteHeader};
use leptos::prelude::*;

/// Says so, and leads home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <SiteHeader />
        <main id="main" class="page" tabindex="-1">
            <div class="hero">
                <Owl class="hero__owl" />
                <h1>"There is no page here"</h1>
                <p class="lead">"The address may be mistyped, or the page may be gone."</p>
            </div>
            <div class="actions">
                <a class="button button--primary" href="/">
                    "Go to the start page"
                </a>
            </div>
        </main>
        <SiteFooter />
    }
}
