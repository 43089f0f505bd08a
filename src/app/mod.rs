//! What people see.
//!
//! Pages follow the steps of the journey; components know no page; text holds every sentence that changes with the state.
//! Nothing here decides: pages show the plain state of a [`crate::domain::call::Call`] and pass presses on.

mod shell;

pub mod components;
pub mod pages;
pub mod text;

pub use shell::shell;

use crate::{api::Page, domain::Role};
use leptos::prelude::*;
use pages::VisitPage;

/// The content of the pages that do something in the browser; the server renders it, the browser takes it over.
///
/// There is no client router: the page is the one that the server says it is or, in the browser, the one at this address.
#[component]
pub fn App() -> impl IntoView {
    let role = match use_context::<Page>().unwrap_or_else(page_here) {
        Page::Visit(role) => role,
        // No other page loads this code.
        Page::Home | Page::NotFound => Role::Guest,
    };
    view! { <VisitPage role /> }
}

fn page_here() -> Page {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    Page::at(&path.unwrap_or_default())
}
