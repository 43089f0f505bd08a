//! `/visit/feed` and `/clinic/feed`: streams of events. They take no time limit, since they last as long as their page.

use crate::{
    api::{
        clinic::{BEAT, QueueItem, SeatItem},
        wire,
    },
    server::{
        AppState,
        clinic::{
            AuditAction, AuditActor, AuditEntry, AuditOutcome, ClinicError, Feed, QueueFeed, SeatFeed,
            SeatSession, StaffSession,
        },
        web::Problem,
    },
};
use axum::{
    Extension, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// How often something is said when nothing happens, so that proxies keep the connection and both ends find out that it is dead.
const HEARTBEAT: Duration = Duration::from_secs(15);

pub fn routes(state: &Arc<AppState>) -> Router {
    Router::new()
        .route("/visit/feed", get(of_seat))
        .route("/clinic/feed", get(of_queue))
        .with_state(Arc::clone(state))
}

#[derive(Deserialize)]
struct Resume {
    after: Option<u64>,
    /// What the page calls itself.
    page: Option<u32>,
    /// The place that a patient's or guest's page is of.
    #[serde(default)]
    seat: String,
}

/// What the page knows: a browser says it by itself when it reconnects, and a page when it makes a new stream.
fn known(headers: &HeaderMap, resume: &Resume) -> Option<u64> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    last.max(resume.after)
}

async fn of_seat(
    State(state): State<Arc<AppState>>,
    session: Option<Extension<SeatSession>>,
    Query(resume): Query<Resume>,
    headers: HeaderMap,
) -> Response {
    let Some(Extension(session)) = session else { return over(&SeatItem::Over) };
    // What happens in one visit must not be folded onto the page of another. A page that names none is of an older build: it does not
    // know the word, and reloads.
    if resume.seat != session.seat.to_string() {
        return over(&SeatItem::Another);
    }
    if !session.confirmed {
        return over(&SeatItem::Over);
    }
    let patient = match state.clinic.visit(session.visit).await {
        Ok(visit) => visit.map(|visit| visit.patient),
        Err(error) => return trouble(&error.into()),
    };
    let line = AuditEntry {
        actor: AuditActor::Seat(session.seat),
        action: AuditAction::StreamStarted,
        visit: Some(session.visit),
        patient,
        outcome: AuditOutcome::Done,
    };
    if let Err(error) = state.clinic.audit(line).await {
        return trouble(&error);
    }
    match SeatFeed::open(&state.clinic, session, &state.build, known(&headers, &resume), resume.page).await {
        Ok(feed) => respond(feed, &state.stopping),
        Err(ClinicError::NotFound) => over(&SeatItem::Over),
        Err(error) => trouble(&error),
    }
}

async fn of_queue(
    State(state): State<Arc<AppState>>,
    session: Option<Extension<StaffSession>>,
    Query(resume): Query<Resume>,
    headers: HeaderMap,
) -> Response {
    let Some(Extension(session)) = session else { return over(&QueueItem::Over) };
    let line = AuditEntry {
        actor: AuditActor::Staff(session.staff),
        action: AuditAction::StreamStarted,
        visit: None,
        patient: None,
        outcome: AuditOutcome::Done,
    };
    if let Err(error) = state.clinic.audit(line).await {
        return trouble(&error);
    }
    match QueueFeed::open(&state.clinic, session, &state.build, known(&headers, &resume)).await {
        Ok(feed) => respond(feed, &state.stopping),
        Err(error) => trouble(&error),
    }
}

/// The stream ends with the server, with a last word; when the store fails, without one, and the page comes again.
fn respond<F: Feed>(feed: F, stopping: &CancellationToken) -> Response {
    // In a box, since the stream has room for it twice: in its state and in the future that it becomes.
    let items = stream::unfold(Some((Box::new(feed), stopping.clone())), |state| async move {
        let (mut feed, stopping) = state?;
        let message = tokio::select! {
            biased;
            () = stopping.cancelled() => F::bye(),
            message = feed.next() => match message {
                Ok(message) => message,
                Err(error) => {
                    tracing::error!(%error, "a stream ends");
                    return None;
                }
            },
        };
        let event = Event::default().data(&message.text);
        let event = message.id.map_or_else(|| event.clone(), |id| event.clone().id(id.to_string()));
        let rest = (!message.is_last).then_some((feed, stopping));
        Some((Ok::<_, Infallible>(event), rest))
    });
    // An event, not a comment: a page has to hear it, or it would not know a dead network from a quiet clinic. And not without
    // data, which browsers pass over.
    let beat = Event::default().event(BEAT).data("1");
    let keep_alive = KeepAlive::new().interval(HEARTBEAT).event(beat);
    let mut response = Sse::new(items).keep_alive(keep_alive).into_response();
    // nginx would wait for more before it passes anything on.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    response
}

/// Said in the stream's own words: a page cannot read the status of a stream that was refused.
fn over(item: &impl Serialize) -> Response {
    let event = Event::default().data(wire::to_text(item));
    Sse::new(stream::iter([Ok::<_, Infallible>(event)])).into_response()
}

fn trouble(error: &ClinicError) -> Response {
    tracing::error!(%error, "a stream could not be started");
    let message = "The server had a problem. Please try again.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
}
