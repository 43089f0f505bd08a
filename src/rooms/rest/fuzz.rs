//! Whatever comes as a form or a query: an answer that a client can read, and no room but one that was asked for rightly.

use crate::{
    fuzzing::mutate,
    rooms::{AdHocRooms, RoomServer, RoomsConfig},
    tokens::{Credentials, IceServers},
};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, Uri, header},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use std::time::Duration;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// The corpus: forms as Twilio's helper writes them.
const FORMS: [&str; 3] = [
    include_str!("__fuzz__/rooms__rest__fuzz__bodies/corpus/create"),
    include_str!("__fuzz__/rooms__rest__fuzz__bodies/corpus/list"),
    include_str!("__fuzz__/rooms__rest__fuzz__bodies/corpus/update"),
];
const MOST: u64 = 10;

struct Asked {
    server: RoomServer,
    runtime: Runtime,
}

impl Asked {
    fn new() -> Self {
        let credentials =
            Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "a secret".into() };
        let config = RoomsConfig {
            session_timeout: Duration::from_secs(30),
            gone_timeout: Duration::from_secs(4),
            max_participants: 10,
            ice_servers: IceServers::default(),
            ad_hoc: AdHocRooms::Any,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        Self { server: RoomServer::new(config, credentials), runtime }
    }

    fn ask(&self, method: &str, uri: Uri, body: Vec<u8>) -> (StatusCode, Value) {
        let key = format!("Basic {}", BASE64_STANDARD.encode("SK1:a secret"));
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::HOST, "rooms.example")
            .header(header::AUTHORIZATION, key)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        self.runtime.block_on(async {
            let answer = self.server.rest(None).oneshot(request).await.expect("an answer");
            let status = answer.status();
            let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
            (status, serde_json::from_slice(&body).expect("JSON"))
        })
    }

    fn rooms(&self) -> Vec<Value> {
        let (status, list) = self.ask("GET", Uri::from_static("/v1/Rooms"), Vec::new());
        assert_eq!(status, StatusCode::OK);
        list["rooms"].as_array().expect("rooms").clone()
    }
}

fn send(form: &[u8]) {
    let asked = Asked::new();
    let (status, answer) = asked.ask("POST", Uri::from_static("/v1/Rooms"), form.to_vec());
    let rooms = asked.rooms();
    if status == StatusCode::CREATED {
        assert_eq!(rooms, std::slice::from_ref(&answer));
        check_room(&answer);
    } else {
        check_refusal(status, &answer);
        assert!(rooms.is_empty(), "refused, and made");
    }
    let sid = answer["sid"].as_str().unwrap_or("unknown");
    for path in [format!("/v1/Rooms/{sid}"), format!("/v1/Rooms/{sid}/Participants/nobody")] {
        let (status, answer) = asked.ask("POST", path.parse().expect("a path"), form.to_vec());
        if status == StatusCode::OK {
            assert_eq!(answer["status"], "completed");
        } else {
            check_refusal(status, &answer);
        }
    }
    // The same as a query, where it can be one.
    if let Ok(uri) = format!("/v1/Rooms?{}", String::from_utf8_lossy(form)).parse() {
        let (status, answer) = asked.ask("GET", uri, Vec::new());
        if status == StatusCode::OK {
            assert!(
                answer["rooms"].is_array()
                    && answer["meta"]["page_size"].as_u64().is_some_and(|size| size > 0)
            );
        } else {
            check_refusal(status, &answer);
        }
    }
}

fn check_refusal(status: StatusCode, answer: &Value) {
    assert!(status.is_client_error(), "{status} {answer}");
    assert_eq!(answer["status"], status.as_u16());
    assert!(answer["code"].as_u64().is_some_and(|code| code >= 20_001), "{answer}");
}

fn check_room(room: &Value) {
    let number = |field: &str| room[field].as_u64().expect("a number");
    let name = room["unique_name"].as_str().expect("a name");
    assert!(!name.is_empty() && name.chars().count() <= 128 && !name.chars().any(char::is_control), "{room}");
    assert!((1..=MOST).contains(&number("max_participants")), "{room}");
    assert!((600..=86_400).contains(&number("max_participant_duration")), "{room}");
    assert!((1..=60).contains(&number("empty_room_timeout")), "{room}");
    assert!((1..=60).contains(&number("unused_room_timeout")), "{room}");
    assert_eq!(room["status_callback"], Value::Null, "nobody signs here");
    assert_eq!(
        (&room["record_participants_on_connect"], &room["audio_only"]),
        (&Value::Bool(false), &Value::Bool(false))
    );
}

#[test]
fn bodies() {
    bolero::check!().with_iterations(500).for_each(send);
}

#[test]
fn bodies_that_are_nearly_right() {
    bolero::check!().with_iterations(1000).for_each(|choices| send(mutate(&FORMS, choices).as_bytes()));
}
