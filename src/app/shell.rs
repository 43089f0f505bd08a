//! The HTML document around every page.

use super::{App, pages};
use crate::{
    api::{EngineInfo, Page},
    domain::Role,
};
use leptos::prelude::*;
use leptos_meta::HashedStylesheet;

/// What stands in a document's head, and what it is.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The page's title; the site's name is added.
    pub title: String,
    /// The language that it is written in, as BCP 47 has it; empty: English.
    pub lang: String,
    /// Whether the page does anything in the browser. The others are sent without script.
    pub hydrates: bool,
    /// What the page's first view is made from, on both sides: see [`super::clinic::first`].
    pub first: Option<String>,
    /// After how many seconds a browser without JavaScript is to ask again. Where scripts run nothing is asked again.
    pub refresh_without_script: Option<u32>,
}

/// Renders a whole document. Runs on the server only.
pub fn document(options: LeptosOptions, head: Head, body: AnyView) -> impl IntoView {
    let Head { title, lang, hydrates, first, refresh_without_script } = head;
    let lang = if lang.is_empty() { "en".to_owned() } else { lang };
    let refresh =
        refresh_without_script.map(|seconds| format!("<meta http-equiv=\"refresh\" content=\"{seconds}\">"));
    view! {
        <!DOCTYPE html>
        <html lang=lang>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="description" content="See your provider by video, from where you are." />
                <meta name="theme-color" content="#252d26" />
                // Not a child: hydration markers would be part of the title.
                <title inner_html=full_title(&title)></title>
                <meta name="color-scheme" content="dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() />
                {refresh.map(|refresh| view! { <noscript inner_html=refresh></noscript> })}
                // No script to a browser, which runs only types that it knows.
                {first.map(|first| view! { <script type="application/owl" id="first" inner_html=first></script> })}
                {hydrates
                    .then(|| {
                        view! {
                            <AutoReload options=options.clone() />
                            <HydrationScripts options />
                        }
                    })}
            </head>
            <body>{body}</body>
        </html>
    }
}

/// The document of a page that needs no data. `demo_open` says whether the demo visit exists for who asks.
pub fn page(options: LeptosOptions, page: Page, engine: EngineInfo, demo_open: bool) -> impl IntoView {
    let head = Head { title: title(page).to_owned(), hydrates: page.hydrates(), ..Head::default() };
    let body = match page {
        Page::Home => view! { <pages::HomePage engine demo_open /> }.into_any(),
        Page::NotFound => view! { <pages::NotFoundPage /> }.into_any(),
        Page::Visit(_) | Page::Seat | Page::Queue | Page::ClinicVisit => view! { <App /> }.into_any(),
    };
    document(options, head, body)
}

fn title(page: Page) -> &'static str {
    match page {
        Page::Home => "",
        Page::Visit(Role::Provider) => "Provider",
        Page::Visit(_) | Page::Seat | Page::ClinicVisit => "Your visit",
        Page::Queue => "Waiting room",
        Page::NotFound => "Page not found",
    }
}

/// Escaped, since it is not a child and can hold names.
fn full_title(title: &str) -> String {
    const SITE: &str = "Owl Hospital Telemedicine";
    if title.is_empty() {
        return SITE.to_owned();
    }
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!("{title} \u{b7} {SITE}")
}
