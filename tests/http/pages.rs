//! The pages, and what they and server functions find in their context.

use super::{
    app::{TWILIO, app, from, get, post, with},
    probes::demo_pass,
};
use axum::http::StatusCode;
use owl_hospital::{
    domain::{Identity, Role},
    server::visits::demo::{self, DemoError},
};

#[tokio::test]
async fn they_are_whole_and_never_stored() {
    let app = app(&[]).await;
    for path in ["/", "/patient", "/provider"] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.body.starts_with("<!DOCTYPE html>") && answer.body.contains("</html>"), "{path}");
        let compressed = app.send(with(get(path), "accept-encoding", "gzip, br")).await;
        assert_eq!(compressed.header("content-encoding"), "br");
    }
}

#[tokio::test]
async fn the_home_page_shows_the_doors_only_to_whom_they_open() {
    let public = [&TWILIO[..], &[("PUBLIC_URL", "https://clinic.example")]].concat();
    for (settings, open) in
        [(&[][..], true), (&[("DEMO", "off")], false), (&TWILIO, true), (public.as_slice(), false)]
    {
        let app = app(settings).await;
        let home = app.get("/").await.body;
        for link in ["href=\"/patient\"", "href=\"/provider\"", "Try it"] {
            assert_eq!(home.contains(link), open, "{link} with {settings:?}: {home}");
        }
        assert_eq!(home.contains("Visits here are by invitation."), !open, "{settings:?}");
        assert_eq!(app.application.welcome().await.contains("/provider"), open, "{settings:?}");
    }
    let visitor = from("192.168.1.7:5000", get("/"));
    assert!(app(&TWILIO).await.send(visitor).await.body.contains("Visits here are by invitation."));
}

#[tokio::test]
async fn server_functions_have_the_same_context_as_pages() {
    let embedded = app(&[]).await.send(post("/api/probe_context")).await;
    assert!(embedded.body.contains("state:true embedded:true pass:true"), "{}", embedded.body);
    let twilio = app(&TWILIO).await.send(post("/api/probe_context")).await;
    assert!(twilio.body.contains("state:true embedded:false pass:true"), "{}", twilio.body);
}

#[tokio::test]
async fn joining_keeps_an_identity_of_the_same_role_only() {
    let app = app(&[]).await;
    let state = app.application.state();
    let pass = Some(demo_pass(&app).await);
    let mine = Identity::parse("patient-4f").unwrap();
    let kept = demo::join(&state, pass, Role::Patient, Some(mine.clone())).await.unwrap();
    assert_eq!((&kept.identity, kept.room.as_str()), (&mine, "telemedicineAppointment"));
    assert_eq!(kept.signaling.as_deref(), Some("/signaling"));
    let other = demo::join(&state, pass, Role::Provider, Some(mine)).await.unwrap();
    assert_eq!(other.identity.role(), Role::Provider);
    let another = demo::join(&state, pass, Role::Provider, None).await.unwrap();
    assert_ne!(another.identity, other.identity);
    let closed = demo::join(&state, None, Role::Patient, None).await;
    assert!(matches!(closed, Err(DemoError::Closed)));
}

#[tokio::test]
async fn a_ticket_for_twilio_names_no_signalling_of_ours() {
    let app = app(&TWILIO).await;
    let pass = Some(demo_pass(&app).await);
    let ticket = demo::join(&app.application.state(), pass, Role::Patient, None).await.unwrap();
    assert_eq!(ticket.signaling, None);
}
