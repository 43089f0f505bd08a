//! The pages. Each is an ordinary route: there is no client router.

use super::{context, not_found::not_found};
use crate::{
    api::Page,
    app,
    domain::Role,
    server::{AppState, DemoPass},
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, header::CACHE_CONTROL},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use leptos::context::{provide_context, use_context};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// Routes to every page.
pub fn routes(state: &Arc<AppState>) -> Router {
    let demo = Page::ALL
        .into_iter()
        .filter(|page| matches!(page, Page::Visit(_)))
        .fold(Router::new(), |router, page| router.route(page.path(), get(render(state, page))))
        .route_layer(from_fn_with_state(Arc::clone(state), through_the_door));
    Router::new()
        .route(Page::Home.path(), get(render(state, Page::Home)))
        .merge(demo)
        .layer(from_fn(no_store))
        .layer(CompressionLayer::new())
}

/// Renders the whole page before it sends any of it: a page without JavaScript has to be complete, and nothing on our
/// pages is worth streaming for.
pub fn render(
    state: &Arc<AppState>,
    page: Page,
) -> impl Fn(Request) -> std::pin::Pin<Box<dyn Future<Output = Response<Body>> + Send>>
+ Clone
+ Send
+ Sync
+ 'static {
    let (context, options, engine) = (context::provider(state), state.leptos.clone(), state.engine_info());
    move |request| {
        let (context, options) = (context.clone(), options.clone());
        let context = move || {
            context();
            provide_context(page);
        };
        let shell = move || {
            let open = use_context::<DemoPass>().is_some();
            app::page(options.clone(), page, engine, open)
        };
        leptos_axum::render_app_async_with_context(context, shell)(request)
    }
}

async fn through_the_door(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    match request.extensions().get::<DemoPass>() {
        Some(_) => next.run(request).await,
        // A clinic's patients and providers have doors of their own.
        None if state.clinic.is_set_up().await.unwrap_or(false) => {
            let is_provider = Page::at(request.uri().path()) == Page::Visit(Role::Provider);
            Redirect::to(if is_provider { "/login" } else { "/v" }).into_response()
        }
        None => not_found(&state, request).await,
    }
}

/// An answer may hold a patient's data, and a page's nonce must never be used twice.
pub async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
