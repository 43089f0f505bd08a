//! What people see.
//!
//! Pages follow the steps of the journey; components know no page; text holds every sentence that changes with the state.
//! Nothing here decides: pages show the plain state of a [`crate::domain::call::Call`] and pass presses on.

mod shell;

pub mod clinic;
pub mod components;
pub mod pages;
pub mod text;

pub use shell::{Head, document, page};

use crate::api::Page;
use leptos::prelude::*;
use pages::VisitPage;

/// The content of the pages that do something in the browser; the server renders it, the browser takes it over.
///
/// There is no client router: the page is the one that the server says it is or, in the browser, the one at this address.
#[component]
pub fn App() -> impl IntoView {
    match use_context::<Page>().unwrap_or_else(page_here) {
        Page::Visit(role) => view! { <VisitPage role /> }.into_any(),
        Page::Seat => view! { <clinic::SeatPage /> }.into_any(),
        Page::Queue => view! { <clinic::QueuePage /> }.into_any(),
        Page::ClinicVisit => view! { <clinic::CarePage /> }.into_any(),
        // No other page loads this code.
        Page::Home | Page::NotFound => ().into_any(),
    }
}

/// The page at this address, in the browser.
pub fn page_here() -> Page {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    Page::at(&path.unwrap_or_default())
}
