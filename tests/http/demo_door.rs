//! Who may use the demo visit. With Twilio's credentials it costs money.

use super::app::{TWILIO, app, from, get, join_demo, post, with, without};
use axum::http::{StatusCode, Version};
use owl_hospital::domain::Role;

/// (peer, `Host`, a header more, open)
type Row = (&'static str, &'static str, (&'static str, &'static str), bool);

const NOTHING: (&str, &str) = ("accept", "*/*");

const TWILIO_AUTO: [Row; 23] = [
    ("127.0.0.1:5000", "localhost:1337", NOTHING, true),
    ("127.0.0.1:5000", "127.0.0.1:1337", NOTHING, true),
    ("127.0.0.1:5000", "localhost", NOTHING, true),
    ("[::1]:5000", "[::1]:1337", NOTHING, true),
    ("[::ffff:127.0.0.1]:5000", "LOCALHOST:1337", NOTHING, true),
    ("192.168.1.7:5000", "localhost:1337", NOTHING, false),
    ("192.168.1.7:5000", "192.168.1.2:1337", NOTHING, false),
    ("127.0.0.1:5000", "clinic.example", NOTHING, false),
    ("127.0.0.1:5000", "localhost.evil.example", NOTHING, false),
    ("127.0.0.1:5000", "", NOTHING, false),
    ("127.0.0.1:5000", "localhost:1337", ("forwarded", "for=1.2.3.4"), false),
    ("127.0.0.1:5000", "localhost:1337", ("x-forwarded-for", "127.0.0.1"), false),
    ("127.0.0.1:5000", "localhost:1337", ("x-forwarded-proto", "https"), false),
    ("127.0.0.1:5000", "localhost:1337", ("x-forwarded-anything", ""), false),
    ("127.0.0.1:5000", "localhost:1337", ("forwarded", ""), false),
    ("127.0.0.1:5000", "localhost:1337", ("via", "1.1 proxy"), false),
    ("127.0.0.1:5000", "localhost:1337", ("x-real-ip", "198.51.100.9"), false),
    ("127.0.0.1:5000", "localhost:1337", ("origin", "http://localhost:1337"), true),
    ("127.0.0.1:5000", "localhost:1337", ("origin", "http://[::1]:1337"), true),
    ("127.0.0.1:5000", "localhost:1337", ("origin", "https://clinic.example"), false),
    ("127.0.0.1:5000", "localhost:1337", ("origin", "https://localhost.evil.example"), false),
    ("127.0.0.1:5000", "localhost:1337", ("origin", "null"), false),
    ("127.0.0.1:5000", "localhost:1337", ("origin", ""), false),
];

async fn assert_open(settings: &[(&str, &str)], rows: &[Row]) {
    let app = app(settings).await;
    for (peer, host, (name, value), open) in rows {
        let shape = |request| {
            let request =
                if host.is_empty() { without(request, "host") } else { with(request, "host", host) };
            from(peer, with(request, name, value))
        };
        for path in ["/patient", "/provider", "/token?identity=patient"] {
            let status = app.send(shape(get(path))).await.status;
            let expected = if *open { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(status, expected, "{path} {peer} {host:?} {name}: {value}");
        }
        let probe = app.send(shape(with(post("/api/probe_context"), "sec-fetch-site", "same-origin"))).await;
        assert!(
            probe.body.contains(&format!("pass:{open}")),
            "{peer} {host:?} {name}: {value}: {}",
            probe.body
        );
        let join = with(shape(post("/api/join_demo")), "sec-fetch-site", "same-origin");
        let join = app.send(join_demo(join, Role::Patient, None)).await;
        assert_eq!(join.status, if *open { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{}", join.body);
        assert_eq!(join.ticket().is_some(), *open);
        assert_eq!(app.send(shape(get("/"))).await.status, StatusCode::OK, "the start page is always there");
    }
}

#[tokio::test]
async fn with_twilio_it_answers_only_a_browser_on_this_machine() {
    assert_open(&TWILIO, &TWILIO_AUTO).await;
}

#[tokio::test]
async fn behind_a_proxy_that_leaves_no_trace_it_is_closed_by_what_the_operator_set() {
    for (name, value, open) in [
        ("PUBLIC_URL", "https://clinic.example", false),
        ("PUBLIC_URL", "http://localhost:1337", true),
        ("TRUSTED_PROXIES", "10.0.0.1", false),
    ] {
        let settings = [&TWILIO[..], &[(name, value)]].concat();
        assert_open(&settings, &[("127.0.0.1:5000", "localhost:1337", NOTHING, open)]).await;
    }
}

/// `proxy_pass http://localhost:1337` and nothing more: nginx then speaks HTTP/1.0 and names itself no other way.
#[tokio::test]
async fn nginx_without_any_setting_does_not_open_it() {
    let app = app(&TWILIO).await;
    let mut request = get("/token?identity=patient");
    *request.version_mut() = Version::HTTP_10;
    assert_eq!(app.send(request).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_trusted_proxy_does_not_open_it_either() {
    let settings = [&TWILIO[..], &[("TRUSTED_PROXIES", "127.0.0.1")]].concat();
    assert_open(
        &settings,
        &[
            ("127.0.0.1:5000", "localhost:1337", ("x-forwarded-host", "localhost:1337"), false),
            ("127.0.0.1:5000", "clinic.example", ("x-forwarded-host", "localhost"), false),
        ],
    )
    .await;
}

#[tokio::test]
async fn switched_on_it_is_open_to_everybody() {
    let rows = TWILIO_AUTO.map(|(peer, host, header, _)| (peer, host, header, true));
    assert_open(&[&TWILIO[..], &[("DEMO", "on")]].concat(), &rows).await;
}

#[tokio::test]
async fn with_the_embedded_engine_it_is_open_and_switched_off_it_does_not_exist() {
    let rows = TWILIO_AUTO.map(|(peer, host, header, _)| (peer, host, header, true));
    assert_open(&[], &rows).await;
    let rows = TWILIO_AUTO.map(|(peer, host, header, _)| (peer, host, header, false));
    assert_open(&[("DEMO", "off")], &rows).await;
}
