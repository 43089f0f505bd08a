//! Twilio's REST API over the room server: as much of it as a mesh can do, so that Twilio's own helper libraries work.
//!
//! The paths and the words are Twilio's. Whoever mounts this decides who can reach it; every request needs the API key
//! and its secret. Nothing here is logged but what the layers around it log.
//!
//! Source: <https://www.twilio.com/docs/video/api>.

mod auth;
#[cfg(test)]
mod fuzz;
mod page;
mod parameters;
mod participants;
mod problem;
mod rooms;
mod tracks;
mod view;

use super::RoomServer;
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderValue, header},
    middleware::{from_fn_with_state, map_response},
    response::Response,
    routing::get,
};
use problem::Problem;
use serde_json::{Value, json};
use std::sync::Arc;

/// The longest form that is read, in bytes.
const MAX_BODY: usize = 16 * 1024;

/// What every request may use.
#[derive(Clone)]
struct Desk {
    server: RoomServer,
    /// The origin of the addresses in answers. None: the one that the client used.
    origin: Option<Arc<str>>,
}

impl RoomServer {
    /// Twilio's REST API under `/v1`. `origin`, as in `https://rooms.example`, begins the addresses in its answers; without
    /// it they begin with `http://` and the `Host` that the client named.
    pub fn rest(&self, origin: Option<&str>) -> Router {
        let desk =
            Desk { server: self.clone(), origin: origin.map(|origin| origin.trim_end_matches('/').into()) };
        let participant = "/Rooms/{room}/Participants/{who}";
        let v1 = Router::new()
            .route("/Rooms", get(rooms::list).post(rooms::create))
            .route("/Rooms/{room}", get(rooms::fetch).post(rooms::update))
            .route("/Rooms/{room}/Participants", get(participants::list))
            .route(participant, get(participants::fetch).post(participants::update))
            .route(&format!("{participant}/PublishedTracks"), get(tracks::list_published))
            .route(&format!("{participant}/PublishedTracks/{{track}}"), get(tracks::fetch_published))
            .route(&format!("{participant}/SubscribedTracks"), get(tracks::list_subscribed))
            .route(&format!("{participant}/SubscribedTracks/{{track}}"), get(tracks::fetch_subscribed))
            .route("/ClientSideRoomCreation", get(client_rooms))
            .fallback(|| async { Problem::NotFound })
            .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .layer(from_fn_with_state(desk.clone(), auth::only_with_key))
            .layer(map_response(not_stored))
            .with_state(desk);
        Router::new().nest("/v1", v1)
    }
}

/// Whether whoever connects first opens a room. Not Twilio's: there one looks at the console.
async fn client_rooms(State(desk): State<Desk>) -> Json<Value> {
    Json(json!({ "enabled": desk.server.shared.terms.clients_open_rooms }))
}

/// Answers tell who is in a room.
async fn not_stored(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
