//! Pages that are made from data: those of the clinic.

use crate::{
    api::{Page, wire},
    app::{self, Head, clinic::First},
    server::{AppState, web::context},
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header::CACHE_CONTROL},
    response::Response,
};
use leptos::{context::provide_context, prelude::AnyView};
use serde::Serialize;
use std::sync::Arc;

/// A page that is made from data.
#[derive(Debug, Clone)]
pub struct Document {
    head: Head,
    page: Option<Page>,
    status: StatusCode,
}

impl Document {
    /// A page that does nothing in the browser: plain HTML, links and forms.
    pub fn plain(title: impl Into<String>) -> Self {
        Self { head: Head { title: title.into(), ..Head::default() }, page: None, status: StatusCode::OK }
    }

    /// A page that the browser takes over, with what its first view is made from. Its view has to be
    /// [`App`](crate::app::App).
    pub fn hydrated(page: Page, title: impl Into<String>, first: &impl Serialize) -> Self {
        let first = Some(wire::to_text(first));
        let head = Head { title: title.into(), hydrates: true, first, ..Head::default() };
        Self { head, page: Some(page), status: StatusCode::OK }
    }

    /// Written in this language.
    #[must_use]
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.head.lang = lang.into();
        self
    }

    /// Asked for again after so many seconds by a browser without JavaScript.
    #[must_use]
    pub fn refresh_without_script(mut self, seconds: u32) -> Self {
        self.head.refresh_without_script = Some(seconds);
        self
    }

    /// Answered with this status.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// Renders a page whole. It is never stored: it can hold a patient's data, and its nonce may not be used twice.
///
/// A handler gives the request back that it was asked with: the page's Content-Security-Policy depends on it.
pub async fn render<V>(state: &Arc<AppState>, request: Request, document: Document, view: V) -> Response<Body>
where
    V: Fn() -> AnyView + Clone + Send + Sync + 'static,
{
    let Document { head, page, status } = document;
    let (context, options) = (context::provider(state), state.leptos.clone());
    let first = head.first.clone();
    let context = move || {
        context();
        if let Some(page) = page {
            provide_context(page);
        }
        if let Some(first) = &first {
            provide_context(First(first.clone()));
        }
    };
    let shell = move || app::document(options.clone(), head.clone(), view());
    let mut response = leptos_axum::render_app_async_with_context(context, shell)(request).await;
    *response.status_mut() = status;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
