//! Invariant 6: no third-party request. The page's own policy says so.

use super::app::{TWILIO, app, get, with};
use std::collections::HashSet;

fn nonce(policy: &str) -> &str {
    policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce in the policy")
}

fn directive<'a>(policy: &'a str, name: &str) -> &'a str {
    let found = policy.split(';').map(str::trim).find_map(|part| part.strip_prefix(name)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("{name} in {policy}"))
}

#[tokio::test]
async fn every_page_has_its_own_nonce_and_the_header_names_it() {
    let app = app(&[]).await;
    let mut seen = HashSet::new();
    for path in ["/", "/patient", "/provider", "/", "/patient"] {
        let answer = app.get(path).await;
        let policy = answer.header("content-security-policy");
        let nonce = nonce(policy).to_owned();
        assert!(nonce.len() >= 22, "too short to be unguessable");
        let scripts = answer.body.matches("<script").count();
        assert!(scripts > 0);
        assert_eq!(
            answer.body.matches(&format!("nonce=\"{nonce}\"")).count(),
            scripts,
            "{path}: {}",
            answer.body
        );
        assert!(seen.insert(nonce), "a nonce was used twice");
    }
}

#[tokio::test]
async fn the_policy_allows_only_what_a_visit_needs() {
    let answer = app(&[]).await.get("/patient").await;
    let policy = answer.header("content-security-policy");
    assert_eq!(directive(policy, "default-src"), "'none'");
    assert_eq!(directive(policy, "object-src"), "'none'");
    assert_eq!(directive(policy, "base-uri"), "'none'");
    assert_eq!(directive(policy, "frame-ancestors"), "'none'");
    assert_eq!(directive(policy, "form-action"), "'self'");
    assert_eq!(directive(policy, "media-src"), "'self' blob: mediastream:");
    let scripts = format!("'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'", nonce(policy));
    assert_eq!(directive(policy, "script-src"), scripts);
    for forbidden in ["'unsafe-inline'", " 'unsafe-eval'", "*", "http://", "https://"] {
        assert!(!policy.contains(forbidden), "{forbidden} in {policy}");
    }
}

#[tokio::test]
async fn invariant_6_pages_connect_to_their_own_server_and_with_twilio_to_twilio_only() {
    /// (settings, `Host`, `connect-src`)
    type Row = (&'static [(&'static str, &'static str)], &'static str, &'static str);
    let table: [Row; 5] = [
        (&[], "localhost:1337", "'self' ws://localhost:1337"),
        (&[("LEPTOS_WATCH", "true")], "localhost:1337", "'self' ws://localhost:1337 ws://localhost:1338"),
        (&[("PUBLIC_URL", "https://clinic.example")], "127.0.0.1:1337", "'self' wss://clinic.example"),
        (&TWILIO, "localhost:1337", "'self' ws://localhost:1337 wss://global.vss.twilio.com"),
        // A host that would add to the policy is left out of it.
        (&[], "a;script-src", "'self'"),
    ];
    for (settings, host, expected) in table {
        let answer = app(settings).await.send(with(get("/"), "host", host)).await;
        assert_eq!(directive(answer.header("content-security-policy"), "connect-src"), expected);
    }
}

#[tokio::test]
async fn what_is_no_page_may_do_nothing() {
    let app = app(&[]).await;
    for path in ["/token?identity=patient", "/healthz", "/nothing-here"] {
        let policy = app.get(path).await.header("content-security-policy").to_owned();
        assert_eq!(directive(&policy, "default-src"), "'none'", "{path}");
        assert!(!policy.contains("script-src"), "{path}");
    }
}
