//! Routes and the layers around them, one file each. Nothing here knows the rules of a visit.

mod client;
mod clinic;
mod context;
mod csp;
mod door;
mod health;
mod limits;
mod not_found;
mod origin_check;
mod pages;
mod panic;
mod problem;
mod request_id;
mod room_server;
mod security_headers;
mod site_files;
mod token;
mod trace;

pub use problem::Problem;
pub use room_server::{RoomServerState, router as room_server};

use super::{AppState, Engine, remote_rooms};
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{MethodFilter, get, on},
};
use leptos::server_fn::axum::server_fn_paths;
use std::sync::Arc;

/// Every route with every layer. The last `layer` sees a request first.
pub fn router(state: &Arc<AppState>) -> Router {
    let timed = Router::new()
        .merge(pages::routes(state))
        .merge(server_functions(state))
        .merge(clinic::routes(state))
        .route("/token", get(token::token).with_state(Arc::clone(state)))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready).with_state(state.stopping.clone()))
        .fallback_service(site_files::service(state))
        .layer(from_fn(limits::time))
        .layer(from_fn(limits::body_size));
    let guarded = timed
        .merge(clinic::streams(state))
        .merge(signaling(state))
        .layer(from_fn_with_state(Arc::clone(state), door::keeper))
        .layer(from_fn_with_state(Arc::clone(state), clinic::who::recognise))
        .layer(panic::caught())
        .layer(from_fn(problem::for_server_functions))
        .layer(from_fn_with_state(Arc::clone(state), clinic::trouble::as_a_page))
        .layer(from_fn(security_headers::add))
        .layer(from_fn_with_state(Arc::clone(state), client::recognise));
    trace::around(guarded).layer(from_fn(request_id::assign))
}

/// A route for each, so that the log names it and what does not exist is an ordinary 404.
fn server_functions(state: &Arc<AppState>) -> Router {
    let context = context::provider(state);
    let handler = move |request| leptos_axum::handle_server_fns_with_context(context.clone(), request);
    server_fn_paths()
        .filter_map(|(path, method)| Some((path, MethodFilter::try_from(method).ok()?)))
        .fold(Router::new(), |router, (path, method)| router.route(path, on(method, handler.clone())))
        .layer(from_fn(problem::of_the_caller))
        .layer(from_fn_with_state(Arc::clone(state), origin_check::unsafe_methods))
        // Tickets and notes are among the answers.
        .layer(from_fn(pages::no_store))
}

/// Only our own engines have it; it takes no time limit, since a call lasts as long as it lasts.
fn signaling(state: &Arc<AppState>) -> Router {
    let sockets = match &state.engine {
        Engine::Embedded { rooms, .. } => rooms.router(),
        Engine::Remote { rooms, .. } => {
            Router::new().route("/signaling", get(remote_rooms::relay)).with_state(Arc::clone(rooms))
        }
        Engine::Twilio { .. } => return Router::new(),
    };
    sockets.layer(from_fn_with_state(Arc::clone(state), origin_check::sockets))
}
