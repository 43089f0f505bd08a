//! What a person reads where a program would read JSON.

use super::{
    app::{Answer, TestApp, with},
    clinic::{clinic, get},
    fixtures::{enter, log_in, post},
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};

const PAGES: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

async fn as_a_person(app: &TestApp, request: Request<Body>) -> Answer {
    app.send(with(request, "accept", PAGES)).await
}

/// From now on nobody can be recognised: the table of sessions answers no more.
async fn break_sessions(app: &TestApp, table: &str) {
    let mut tx = app.application.state().clinic.store().begin().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("ALTER TABLE {table} RENAME TO lost")))
        .execute(tx.connection())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_patient_whose_page_cannot_be_made_reads_what_to_do_in_both_languages_and_it_looks_again_by_itself()
{
    let (app, made) = clinic(&[("CLINIC_PHONE", "+1 555 0199"), ("EMERGENCY_NUMBER", "911")]).await;
    let patient = enter(&app, &made, 0).await;
    break_sessions(&app, "seat_sessions").await;
    let page = as_a_person(&app, get("/visit", &patient)).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let text = &page.body;
    for part in [
        "That did not work just now",
        "Eso no ha funcionado",
        "lang=\"es\"",
        "tel:911",
        "In an emergency call",
        "En una emergencia llame al",
        "tel:+15550199",
        "href=\"/visit\"",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert_eq!(page.header("refresh"), "10");
    assert!(page.header("content-security-policy").contains("nonce-"));

    let press = as_a_person(&app, post("/visit/ready", &patient, "")).await;
    assert_eq!(press.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(press.body.contains("href=\"/visit\""), "a form is not asked for again, its page is");
    assert_eq!(press.header("refresh"), "");

    let program = app.send(get("/visit", &patient)).await;
    assert!(program.body.starts_with("{\"error\""), "{}", program.body);
}

#[tokio::test]
async fn a_press_from_another_site_is_refused_in_words() {
    let (app, made) = clinic(&[]).await;
    let patient = enter(&app, &made, 0).await;
    let foreign = with(post("/visit/ready", &patient, ""), "sec-fetch-site", "cross-site");
    let page = as_a_person(&app, foreign).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.body.contains("Inténtelo otra vez"), "{}", page.body);
    assert_eq!(page.header("refresh"), "", "it would be refused again");
}

#[tokio::test]
async fn staff_read_it_as_a_page_too() {
    let (app, _) = clinic(&[]).await;
    let okafor = log_in(&app, "okafor").await;
    break_sessions(&app, "staff_sessions").await;
    let page = as_a_person(&app, get("/clinic", &okafor)).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let text = &page.body;
    assert!(
        text.contains("The server had a problem. Please try again.") && text.contains("href=\"/clinic\""),
        "{text}"
    );
    assert!(!text.contains("lang=\"es\""), "{text}");
}

super::on_postgres::on_postgres_too! {
    a_patient_whose_page_cannot_be_made_reads_what_to_do_in_both_languages_and_it_looks_again_by_itself,
    a_press_from_another_site_is_refused_in_words,
    staff_read_it_as_a_page_too,
}
