//! Another site's page can make a browser send requests here; they are refused.

use super::app::{app, from, get, post, with, without};
use axum::http::StatusCode;

/// (`Sec-Fetch-Site`, `Origin`, `Host`, allowed)
type Row = (&'static str, &'static str, &'static str, bool);

const WITHOUT_PUBLIC_URL: [Row; 12] = [
    ("same-origin", "", "localhost:1337", true),
    ("same-origin", "http://localhost:1337", "localhost:1337", true),
    ("cross-site", "http://localhost:1337", "localhost:1337", false),
    ("same-site", "", "localhost:1337", false),
    ("none", "", "localhost:1337", false),
    ("", "http://localhost:1337", "localhost:1337", true),
    ("", "https://clinic.example", "clinic.example", true),
    ("", "https://clinic.example", "clinic.example:443", true),
    ("", "http://localhost:1338", "localhost:1337", false),
    ("", "https://evil.example", "localhost:1337", false),
    ("", "null", "localhost:1337", false),
    ("", "", "localhost:1337", false),
];

const WITH_PUBLIC_URL: [Row; 4] = [
    ("", "https://clinic.example", "127.0.0.1:1337", true),
    ("", "http://clinic.example", "clinic.example", false),
    ("", "http://localhost:1337", "localhost:1337", false),
    ("same-origin", "https://clinic.example", "127.0.0.1:1337", true),
];

#[tokio::test]
async fn server_functions_answer_our_own_pages_only() {
    let tables = [
        (app(&[]).await, &WITHOUT_PUBLIC_URL[..]),
        (app(&[("PUBLIC_URL", "https://clinic.example")]).await, &WITH_PUBLIC_URL[..]),
    ];
    for (app, rows) in tables {
        for (site, origin, host, allowed) in rows {
            let mut request = with(without(post("/api/probe_context"), "origin"), "host", host);
            for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                request = if value.is_empty() { request } else { with(request, name, value) };
            }
            let answer = app.send(request).await;
            let expected = if *allowed { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(
                answer.status, expected,
                "site {site:?} origin {origin:?} host {host:?}: {}",
                answer.body
            );
            if !allowed {
                assert_eq!(answer.error_code(), "wrong_origin");
            }
        }
    }
}

#[tokio::test]
async fn safe_methods_and_pages_need_no_origin() {
    let app = app(&[]).await;
    for path in ["/api/probe_read", "/", "/healthz", "/token?identity=patient"] {
        assert_eq!(
            app.send(with(get(path), "sec-fetch-site", "cross-site")).await.status,
            StatusCode::OK,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_proxys_word_about_the_host_counts_only_when_it_is_trusted() {
    let app = app(&[("TRUSTED_PROXIES", "10.0.0.0/8")]).await;
    for (peer, expected) in [("10.0.0.1:1", StatusCode::OK), ("127.0.0.1:1", StatusCode::FORBIDDEN)] {
        let request = with(post("/api/probe_context"), "origin", "https://clinic.example");
        let request = with(request, "x-forwarded-host", "clinic.example");
        assert_eq!(app.send(from(peer, request)).await.status, expected, "{peer}");
    }
}
