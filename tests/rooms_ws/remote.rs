//! What a `RemoteRooms` makes of a room service that is gone, broken, slow or strange.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use super::{
    service::remote,
    signalling::{Host, credentials},
};
use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::any,
};
use owl_hospital::{
    rooms::{Limits, RemoteRooms, RemoteRoomsConfig, RoomRequest, RoomService, ServiceError, TWILIO},
    tokens::Credentials,
};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::net::TcpListener;

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn at(address: SocketAddr) -> RemoteRooms {
    let config = RemoteRoomsConfig {
        timeout: Duration::from_millis(500),
        ..RemoteRoomsConfig::new(format!("http://{address}"), credentials())
    };
    RemoteRooms::new(config).unwrap()
}

async fn answering(answer: impl Fn() -> Response + Clone + Send + Sync + 'static) -> RemoteRooms {
    at(serve(Router::new().fallback(any(move || std::future::ready(answer())))).await)
}

#[tokio::test]
async fn a_wrong_secret_is_denied_and_told_to_nobody() {
    let host = Host::start(Limits::default()).await;
    let wrong = Credentials { key_secret: "another-secret".into(), ..credentials() };
    let config = RemoteRoomsConfig::new(format!("http://{}", host.address), wrong);
    let rooms = RemoteRooms::new(config.clone()).unwrap();
    let error = rooms.fetch("visit-of-somebody").await.unwrap_err();
    assert!(matches!(error, ServiceError::Denied), "{error:?}");
    let said = format!("{error} {error:?} {rooms:?} {config:?}");
    for secret in ["another-secret", "visit-of-somebody"] {
        assert!(!said.contains(secret), "{said}");
    }
}

#[tokio::test]
async fn a_service_that_is_gone_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = at(address).fetch("visit-of-somebody").await.unwrap_err();
    assert!(matches!(error, ServiceError::Unreachable), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("visit-of-somebody"));
}

#[tokio::test]
async fn a_service_that_never_answers_is_given_up() {
    let silent = any(std::future::pending::<StatusCode>);
    let rooms = at(serve(Router::new().fallback(silent)).await);
    let answer = tokio::time::timeout(Duration::from_secs(10), rooms.fetch("r")).await.expect("in time");
    assert!(matches!(answer, Err(ServiceError::Unreachable)), "{answer:?}");
}

#[tokio::test]
async fn answers_that_make_no_sense_are_unexpected() {
    let strange: [fn() -> Response; 5] = [
        || "<html>".into_response(),
        || (StatusCode::BAD_REQUEST, "no").into_response(),
        || ([(header::CONTENT_TYPE, "application/json")], "{\"sid\": 1}").into_response(),
        || (StatusCode::FOUND, [(header::LOCATION, "http://127.0.0.1:1/")]).into_response(),
        || "x".repeat(5 * 1024 * 1024).into_response(),
    ];
    for (n, answer) in strange.into_iter().enumerate() {
        let error = answering(answer).await.fetch("r").await.unwrap_err();
        assert!(matches!(error, ServiceError::Unexpected { .. }), "{n}: {error:?}");
    }
}

#[tokio::test]
async fn a_service_that_stays_broken_is_unavailable() {
    let rooms = answering(|| StatusCode::INTERNAL_SERVER_ERROR.into_response()).await;
    let error = rooms.complete("r").await.unwrap_err();
    assert!(matches!(error, ServiceError::Unavailable { status: 500 }), "{error:?}");
}

/// Does what it is asked for, and loses its first answers to `POST`.
async fn lose_answers(State(left): State<Arc<AtomicU32>>, request: Request, next: Next) -> Response {
    let is_change = request.method() == Method::POST;
    let answer = next.run(request).await;
    let is_lost = is_change
        && left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
    if is_lost { StatusCode::BAD_GATEWAY.into_response() } else { answer }
}

async fn losing(host: &Host, answers: u32) -> RemoteRooms {
    let left = Arc::new(AtomicU32::new(answers));
    at(serve(host.server.rest(None).layer(from_fn_with_state(left, lose_answers))).await)
}

#[tokio::test]
async fn a_lost_answer_does_nothing_twice() {
    let host = Host::start(Limits::default()).await;
    let made = losing(&host, 2).await.create(&RoomRequest::named("r")).await.unwrap();
    assert_eq!(remote(&host).fetch("r").await.unwrap(), Some(made.clone()));
    let (mut a, _) = host.join("a", "r").await;
    // It cannot know that it was itself who put them out; but nobody is put out who came in again.
    losing(&host, 1).await.put_out("r", "a").await.unwrap();
    assert_eq!(a.message().await["type"], "disconnected");
    assert_eq!(losing(&host, 1).await.participants("r").await.unwrap(), []);
    losing(&host, 1).await.complete("r").await.unwrap();
    assert_eq!(remote(&host).fetch("r").await.unwrap(), None);
}

/// Twilio gives what the account may have; any type that we named would be wrong for some.
#[tokio::test]
async fn a_room_is_asked_for_without_a_type() {
    let (tell, mut told) = tokio::sync::mpsc::channel(1);
    let answer = move |form: String| async move {
        tell.send(form).await.unwrap();
        StatusCode::FORBIDDEN
    };
    let rooms = at(serve(Router::new().fallback(any(answer))).await);
    let request = RoomRequest { max_participants: Some(3), ..RoomRequest::named("a b") };
    assert!(matches!(rooms.create(&request).await, Err(ServiceError::Denied | ServiceError::Refused { .. })));
    assert_eq!(told.recv().await.as_deref(), Some("UniqueName=a+b&MaxParticipants=3"));
}

#[test]
fn only_an_http_address_can_be_asked() {
    let new = |origin: &str| RemoteRooms::new(RemoteRoomsConfig::new(origin, credentials()));
    assert!(new(TWILIO).is_ok());
    for origin in ["", "rooms.example", "ftp://rooms.example", "mailto:a@b"] {
        assert!(matches!(new(origin), Err(ServiceError::Refused { .. })), "{origin}");
    }
}
