//! The HTML document around every page.

use super::{App, pages};
use crate::api::{EngineInfo, Page};
use leptos::prelude::*;
use leptos_meta::HashedStylesheet;

/// Renders a whole document. Runs on the server only.
///
/// Pages that do nothing in the browser load no script. `demo_open` says whether the demo visit exists for who asks.
pub fn shell(options: LeptosOptions, page: Page, engine: EngineInfo, demo_open: bool) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="description" content="See your provider by video, from where you are." />
                <meta name="theme-color" content="#252d26" />
                // Not a child: hydration markers would be part of the title.
                <title inner_html=title(page)></title>
                <meta name="color-scheme" content="dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() />
                {page
                    .hydrates()
                    .then(|| {
                        view! {
                            <AutoReload options=options.clone() />
                            <HydrationScripts options />
                        }
                    })}
            </head>
            <body>{content(page, engine, demo_open)}</body>
        </html>
    }
}

fn content(page: Page, engine: EngineInfo, demo_open: bool) -> AnyView {
    match page {
        Page::Home => view! { <pages::HomePage engine demo_open /> }.into_any(),
        Page::Visit(_) => view! { <App /> }.into_any(),
        Page::NotFound => view! { <pages::NotFoundPage /> }.into_any(),
    }
}

fn title(page: Page) -> &'static str {
    use crate::domain::Role;
    match page {
        Page::Home => "Owl Hospital Telemedicine",
        Page::Visit(Role::Provider) => "Provider · Owl Hospital Telemedicine",
        Page::Visit(_) => "Your visit · Owl Hospital Telemedicine",
        Page::NotFound => "Page not found · Owl Hospital Telemedicine",
    }
}
