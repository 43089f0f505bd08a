//! What the room server says over a real socket to bearers of tokens that are no good.
#![cfg(feature = "ssr")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/client.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod client;
#[path = "support/signalling.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod signalling;

use owl_hospital::{
    rooms::Limits,
    tokens::{self, Credentials},
};
use serde_json::{Value, json};
use signalling::Host;
use std::time::Duration;

fn credentials() -> Credentials {
    Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "a secret".into() }
}

fn token(credentials: &Credentials, room: &str, made_before: u64) -> String {
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    tokens::mint(credentials, "a", room, Duration::from_mins(1), now - made_before).expect("minted")
}

/// What a client is told that comes with this token, as its first message or its second.
async fn answer(host: &Host, kind: &str, token: &str) -> Value {
    let mut client = host.open().await;
    let body = json!({"type": kind, "version": 2, "token": token, "name": "r", "session": "none",
                      "participant": {"revision": 1, "tracks": []}, "peer_connections": []});
    client.send(&json!({"type": "hello", "id": "1", "version": 2, "body": body})).await;
    let answer = client.message().await;
    // Whoever is told an error leaves. The server does not wait for ever for it.
    assert_eq!(client.close_code().await, Some(1000));
    answer
}

#[tokio::test]
async fn each_is_told_twilios_code_and_text() {
    let limits = Limits { farewell_timeout: Duration::from_millis(10), ..Limits::default() };
    let host = Host::start(limits).await;
    let good = token(&credentials(), "r", 0);
    let part = |n: usize| good.split('.').nth(n).expect("three parts").to_owned();
    // {"alg":"none","typ":"JWT","cty":"twilio-fpa;v=1"}
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwiY3R5IjoidHdpbGlvLWZwYTt2PTEifQ";
    for (name, token, code, text) in [
        ("nonsense", "nonsense".to_owned(), 20101, "Invalid Access Token"),
        ("nothing", String::new(), 20101, "Invalid Access Token"),
        ("huge", "a".repeat(400_000), 20101, "Invalid Access Token"),
        ("unsigned", format!("{none}.{}.", part(1)), 20102, "Invalid Access Token header"),
        (
            "another key's",
            token(&Credentials { key_sid: "SK2".into(), ..credentials() }, "r", 0),
            20103,
            "Invalid Access Token issuer/subject",
        ),
        ("old", token(&credentials(), "r", 61), 20104, "Access Token expired or expiration date invalid"),
        (
            "forged",
            token(&Credentials { key_secret: "guess".into(), ..credentials() }, "r", 0),
            20107,
            "Invalid Access Token signature",
        ),
        ("cut", format!("{}.{}.", part(0), part(1)), 20107, "Invalid Access Token signature"),
    ] {
        for kind in ["ice", "connect", "sync"] {
            let told = answer(&host, kind, &token).await;
            if (kind, name) == ("sync", "old") {
                // Its age does not matter to somebody who comes back; that there is no such session does.
                assert_eq!(told["code"], 53001, "{told}");
                continue;
            }
            assert_eq!(told, json!({"type": "error", "code": code, "message": text}), "{kind}, {name}");
        }
    }
    let elsewhere = answer(&host, "connect", &token(&credentials(), "another", 0)).await;
    assert_eq!((&elsewhere["type"], &elsewhere["code"]), (&json!("error"), &json!(20106)));
}
