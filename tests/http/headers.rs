//! Security headers, on every kind of answer.

use super::app::{app, from, get, post, with};

#[tokio::test]
async fn every_answer_carries_them() {
    let app = app(&[]).await;
    app.write_site("robots.txt", b"User-agent: *\n");
    let requests =
        [get("/"), get("/token"), get("/robots.txt"), get("/nothing"), post("/nothing"), get("/healthz")];
    for request in requests {
        let path = request.uri().path().to_owned();
        let answer = app.send(request).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        let permissions = answer.header("permissions-policy");
        assert!(permissions.contains("camera=(self), microphone=(self)"), "{path}");
        assert!(
            permissions.contains("geolocation=()") && permissions.contains("display-capture=()"),
            "{path}"
        );
        assert_eq!(
            answer.header("strict-transport-security"),
            "",
            "{path}: plain http must not promise https"
        );
        assert_eq!(answer.header("server"), "", "{path}");
    }
}

#[tokio::test]
async fn https_is_remembered_by_browsers_where_it_is_certain() {
    let proxied = |peer| from(peer, with(get("/"), "x-forwarded-proto", "https"));
    let table = [
        (app(&[("PUBLIC_URL", "https://clinic.example")]).await, get("/"), true),
        (app(&[("TRUSTED_PROXIES", "10.0.0.0/8")]).await, proxied("10.1.2.3:1"), true),
        (app(&[("TRUSTED_PROXIES", "10.0.0.0/8")]).await, proxied("127.0.0.1:1"), false),
        (app(&[]).await, proxied("127.0.0.1:1"), false),
    ];
    for (app, request, expected) in table {
        let answer = app.send(request).await;
        assert_eq!(!answer.header("strict-transport-security").is_empty(), expected);
    }
}

#[tokio::test]
async fn every_answer_is_named_and_the_name_is_ours() {
    let app = app(&[]).await;
    let first = app.send(with(get("/"), "x-request-id", "mine")).await;
    let second = app.get("/nothing").await;
    for answer in [&first, &second] {
        let id = answer.header("x-request-id");
        assert!(id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    }
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
}
