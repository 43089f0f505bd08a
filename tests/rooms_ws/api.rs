//! The REST API request by request: who may ask, what is refused, and how errors look.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use super::signalling::{Host, credentials};
use axum::{Router, body::Body, http::Request, routing::get};
use owl_hospital::rooms::{CallbacksConfig, Limits};
use reqwest::{Client, RequestBuilder, StatusCode};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tower::ServiceExt;

/// Asks with the right key.
struct Api {
    host: Host,
    client: Client,
}

impl Api {
    async fn start(limits: Limits) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        Self { host: Host::start(limits).await, client: Client::new() }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host.address)
    }

    async fn ask(&self, request: RequestBuilder) -> (StatusCode, Value) {
        let credentials = credentials();
        let request = request.basic_auth(credentials.key_sid, Some(credentials.key_secret.expose_secret()));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "no-store");
        (answer.status(), serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.ask(self.client.get(self.url(path))).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
        self.ask(self.client.post(self.url(path)).form(form)).await
    }
}

#[tokio::test]
async fn nobody_gets_in_without_the_key() {
    let api = Api::start(Limits::default()).await;
    let basic =
        |name: &str, password: &str| api.client.get(api.url("/v1/Rooms")).basic_auth(name, Some(password));
    let header = |value: &str| api.client.get(api.url("/v1/Rooms")).header("Authorization", value);
    let strangers = [
        api.client.get(api.url("/v1/Rooms")),
        api.client.get(api.url("/v1/Rooms/unknown")),
        api.client.get(api.url("/v1/Unknown")),
        api.client.post(api.url("/v1/Rooms")).form(&[("UniqueName", "r")]),
        basic("SK1", ""),
        basic("SK1", "a secre"),
        basic("SK1", "a secret "),
        basic("SK", "a secret"),
        basic("AC1", "a secret"),
        basic("", "a secret"),
        header("Bearer a secret"),
        header("Basic"),
        header("Basic %%%"),
        header("Basic /////w=="),
    ];
    for (n, request) in strangers.into_iter().enumerate() {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{n}");
        assert!(answer.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic realm="));
        let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        let expected = json!({"code": 20003, "message": "Authenticate", "status": 401,
                              "more_info": "https://www.twilio.com/docs/errors/20003"});
        assert_eq!(body, expected);
    }
    assert_eq!(api.get("/v1/Rooms").await.1["rooms"], json!([]), "nothing was made");
}

#[tokio::test]
async fn every_wrong_wish_has_twilios_code() {
    let api = Api::start(Limits::default()).await;
    let long = "n".repeat(129);
    let wishes: &[(&str, &str, u64)] = &[
        ("UniqueName", &long, 53101),
        ("UniqueName", "a\u{7}", 53102),
        ("UniqueName", "taken", 53113),
        ("MaxParticipants", "0", 53107),
        ("MaxParticipants", "many", 53107),
        ("MaxParticipants", "-1", 53107),
        ("Type", "webinar", 53108),
        ("EmptyRoomTimeout", "61", 53109),
        ("EmptyRoomTimeout", "1.5", 53109),
        ("UnusedRoomTimeout", "0", 53109),
        ("MaxParticipantDuration", "599", 53123),
        ("MaxParticipantDuration", "86401", 53123),
        ("RecordParticipantsOnConnect", "true", 53114),
        ("TranscribeParticipantsOnConnect", "True", 53114),
        ("RecordingRules", r#"[{"type":"include","all":true}]"#, 53114),
        ("AudioOnly", "true", 53124),
        ("StatusCallback", "https://hooks.example/", 53111),
    ];
    assert_eq!(api.post("/v1/Rooms", &[("UniqueName", "taken")]).await.0, StatusCode::CREATED);
    for (field, value, code) in wishes {
        let (status, body) = api.post("/v1/Rooms", &[(field, value)]).await;
        assert_eq!(
            (status, body["code"].as_u64()),
            (StatusCode::BAD_REQUEST, Some(*code)),
            "{field}={value:.20}"
        );
        assert_eq!(body["status"], 400);
    }
    assert_eq!(api.get("/v1/Rooms").await.1["rooms"].as_array().unwrap().len(), 1, "none of them was made");
}

#[tokio::test]
async fn callbacks_are_checked_where_they_are_delivered() {
    let api = Api::start(Limits::default()).await;
    api.host.server.deliver_callbacks(CallbacksConfig::new("key".into())).unwrap();
    for (url, method, code) in [
        ("ftp://hooks.example", "POST", 53111),
        ("nowhere", "POST", 53111),
        ("https://hooks.example", "DELETE", 53110),
    ] {
        let form = [("StatusCallback", url), ("StatusCallbackMethod", method)];
        assert_eq!(api.post("/v1/Rooms", &form).await.1["code"], code, "{url} {method}");
    }
}

#[tokio::test]
async fn the_types_are_echoed_and_go_is_for_two() {
    let api = Api::start(Limits::default()).await;
    for (kind, most) in [("group", 10), ("group-small", 10), ("peer-to-peer", 10), ("go", 2)] {
        let (status, room) = api.post("/v1/Rooms", &[("Type", kind)]).await;
        assert_eq!(status, StatusCode::CREATED);
        assert_eq!((&room["type"], &room["max_participants"]), (&json!(kind), &json!(most)));
    }
    let (_, room) = api.post("/v1/Rooms", &[("Type", "go"), ("MaxParticipants", "3")]).await;
    assert_eq!(room["code"], 53107);
}

#[tokio::test]
async fn there_are_only_so_many_rooms() {
    let api = Api::start(Limits { max_rooms: 2, ..Limits::default() }).await;
    for _ in 0..2 {
        assert_eq!(api.post("/v1/Rooms", &[]).await.0, StatusCode::CREATED);
    }
    let (status, body) = api.post("/v1/Rooms", &[]).await;
    assert_eq!((status, &body["code"]), (StatusCode::TOO_MANY_REQUESTS, &json!(53119)));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let api = Api::start(Limits::default()).await;
    let post = |body: Vec<u8>, kind: &str| {
        api.client.post(api.url("/v1/Rooms")).header("Content-Type", kind).body(body)
    };
    let form = "application/x-www-form-urlencoded";
    let (status, body) = api.ask(post(b"{}".to_vec(), "application/json")).await;
    assert_eq!((status, &body["code"]), (StatusCode::BAD_REQUEST, &json!(20001)));
    let long = format!("UniqueName={}", "n".repeat(20_000)).into_bytes();
    let (status, body) = api.ask(post(long, form)).await;
    assert_eq!((status, &body["status"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!(413)));
    for path in
        ["/v1/Rooms?DateCreatedAfter=soon", "/v1/Rooms?Status=over", "/v1/Rooms/x/Participants?Status=gone"]
    {
        let (status, _) = api.get(path).await;
        assert!(status.is_client_error(), "{path}");
    }
    let (status, body) = api.ask(api.client.delete(api.url("/v1/Rooms"))).await;
    assert_eq!((status, &body["code"]), (StatusCode::METHOD_NOT_ALLOWED, &json!(20004)));
    for path in [
        "/v1/Rooms/none",
        "/v1/Rooms/none/Participants",
        "/v1/Rooms/none/Participants/x/PublishedTracks",
        "/v1/x",
    ] {
        let (status, body) = api.get(path).await;
        assert_eq!((status, &body["code"]), (StatusCode::NOT_FOUND, &json!(20404)), "{path}");
    }
}

#[tokio::test]
async fn only_completed_and_disconnected_can_be_asked_for() {
    let api = Api::start(Limits::default()).await;
    let (_a, state) = api.host.join("a", "r").await;
    let sid = state["participant"]["sid"].as_str().unwrap();
    let (room, who) = ("/v1/Rooms/r", format!("/v1/Rooms/r/Participants/{sid}"));
    for form in [&[][..], &[("Status", "in-progress")], &[("Status", "Completed")]] {
        assert_eq!(api.post(room, form).await.1["code"], 53112);
        assert_eq!(api.post(&who, form).await.1["code"], 53209);
    }
    let (status, out) = api.post(&who, &[("Status", "disconnected")]).await;
    assert_eq!((status, &out["status"], &out["sid"]), (StatusCode::OK, &json!("disconnected"), &json!(sid)));
}

#[tokio::test]
async fn neighbours_below_the_same_path_are_left_alone() {
    let server = Host::start(Limits::default()).await.server.clone();
    let beside = Router::new().route("/v1/VideoEvents", get(|| async { "beside" }));
    let router = beside.merge(server.rest(None));
    let status = |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request);
        async { answer.await.unwrap().status() }
    };
    assert_eq!(status("/v1/VideoEvents").await, StatusCode::OK);
    assert_eq!(status("/v1/Rooms").await, StatusCode::UNAUTHORIZED);
    assert_eq!(status("/elsewhere").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_strange_host_header_gets_into_no_answer() {
    let api = Api::start(Limits::default()).await;
    let request = api.client.get(api.url("/v1/Rooms")).header("Host", "a\"b<c>");
    let answer = api.ask(request).await.1;
    assert!(answer["meta"]["url"].as_str().unwrap().starts_with("http://localhost/"), "{answer}");
}
