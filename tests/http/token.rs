//! `GET /token?identity=NAME`, as in the tutorial.

use super::app::app;
use axum::http::StatusCode;

#[tokio::test]
async fn invariant_2_it_returns_identity_and_token_and_nothing_else() {
    let answer = app(&[]).await.get("/token?identity=patient-4f").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["identity"], "patient-4f");
    assert!(json["token"].as_str().unwrap().split('.').count() == 3);
    assert_eq!(json.as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_no_identity_is_refused_with_the_reason() {
    let app = app(&[]).await;
    let (long, longest) = ("a".repeat(129), "a".repeat(128));
    for (query, code) in [
        ("", "identity_missing"),
        ("?identity=", "identity_missing"),
        ("?name=patient", "identity_missing"),
        (&format!("?identity={long}"), "identity_too_long"),
        ("?identity=a%20b", "identity_ill_formed"),
        ("?identity=%00", "identity_ill_formed"),
        ("?identity=%ff", "identity_ill_formed"),
        ("?identity=a&identity=b", "identity_ill_formed"),
        ("?identity=<script>", "identity_ill_formed"),
    ] {
        let answer = app.get(&format!("/token{}", query.replace('<', "%3C").replace('>', "%3E"))).await;
        assert_eq!((answer.status, answer.error_code().as_str()), (StatusCode::BAD_REQUEST, code), "{query}");
        assert!(!answer.body.contains("script") && !answer.body.contains(&long), "input is not repeated");
    }
    assert_eq!(app.get(&format!("/token?identity={longest}")).await.status, StatusCode::OK);
}
