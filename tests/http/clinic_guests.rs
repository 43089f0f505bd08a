//! Guests: invited by who works here, with a link of their own that is shown once; in the call when the patient is; and out when
//! they are invited no longer.

use super::{
    app::{Answer, TestApp},
    fixtures::{call, clinic, come_to_wait, cookie, get, leads_to, log_in, place, post},
    on_postgres::on_postgres_too,
};
use axum::http::StatusCode;
use leptos::server_fn::{Decodes, codec::PostcardEncoding};
use owl_hospital::{
    api::{
        JoinTicket,
        clinic::{ActOnVisit, JoinVisit, Joining, StaffWish},
    },
    domain::visit::{Outcome, VisitId},
};

/// What stands between two words of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).expect("an end").0
}

/// Somebody of the staff invites a guest. The secret of their link.
async fn invite(app: &TestApp, visit: VisitId, staff: &str) -> String {
    let path = format!("/clinic/appointments/{visit}/guest");
    let page = app.send(post(&path, staff, "")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("The link for the guest"), "{}", page.body);
    between(&page.body, "/v#", "<").to_owned()
}

async fn come(app: &TestApp, secret: &str) -> Answer {
    app.send(post("/v/enter", "", &format!("secret={secret}"))).await
}

async fn wish(app: &TestApp, staff: &str, visit: VisitId, wish: StaffWish) {
    let answer = app.send(call("/api/act_on_visit", staff, &ActOnVisit { visit, wish })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

async fn ticket(app: &TestApp, guest: &str) -> Option<JoinTicket> {
    let answer = app
        .send(call("/api/join_visit", guest, &JoinVisit { joining: Joining::Seat(place(app, guest).await) }))
        .await;
    (answer.status == StatusCode::OK).then(|| PostcardEncoding::decode(answer.bytes).expect("a ticket"))
}

/// The second visit of Dr. Okafor's, whose patient reads English and waits.
async fn waiting(app: &TestApp, made: &serde_json::Value) -> VisitId {
    come_to_wait(app, made, 2).await;
    VisitId::try_from(made["visits"][2]["id"].as_str().unwrap().to_owned()).unwrap()
}

#[tokio::test]
async fn a_guest_comes_by_a_link_that_is_shown_once_and_is_in_the_call_when_the_patient_is() {
    let (app, made) = clinic(&[("CONFIRM_IDENTITY", "none")]).await;
    let visit = waiting(&app, &made).await;
    let provider = log_in(&app, "okafor").await;
    let secret = invite(&app, visit, &provider).await;
    let path = format!("/clinic/appointments/{visit}");
    let page = app.send(get(&path, &provider)).await.body;
    assert!(!page.contains(&secret) && page.contains("has not opened the link yet"), "{page}");

    let entered = come(&app, &secret).await;
    assert_eq!(leads_to(&entered), "/visit");
    let guest = cookie(&entered);
    assert!(app.send(get(&path, &provider)).await.body.contains("has opened the link"), "the desk sees it");
    let page = app.send(get("/visit", &guest)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("action=\"/visit/leave\""), "leaving is the patient\u{2019}s: {}", page.body);
    assert!(ticket(&app, &guest).await.is_none(), "nobody is let in yet");

    wish(&app, &provider, visit, StaffWish::Admit).await;
    let ticket = ticket(&app, &guest).await.expect("a way in");
    assert!(ticket.identity.as_str().starts_with("guest-"), "{}", ticket.identity);
}

#[tokio::test]
async fn who_is_invited_no_longer_is_out_of_the_call_and_their_link_opens_nothing() {
    let (app, made) = clinic(&[]).await;
    let visit = waiting(&app, &made).await;
    let (provider, desk) = (log_in(&app, "okafor").await, log_in(&app, "desk").await);
    let (secret, other) = (invite(&app, visit, &desk).await, invite(&app, visit, &provider).await);
    let (guest, stays) = (cookie(&come(&app, &secret).await), cookie(&come(&app, &other).await));
    wish(&app, &provider, visit, StaffWish::Admit).await;
    let room = app.application.state().clinic.visit(visit).await.unwrap().unwrap().stage.room();
    assert!(ticket(&app, &guest).await.is_some());

    let path = format!("/clinic/appointments/{visit}");
    let page = app.send(get(&path, &desk)).await.body;
    let seat = between(&page, "name=\"seat\" value=\"", "\"");
    let removed = app.send(post(&format!("{path}/guest/remove"), &desk, &format!("seat={seat}"))).await;
    assert_eq!(removed.status, StatusCode::OK);
    assert!(removed.body.contains("The guest is not invited any more"), "{}", removed.body);
    assert_eq!(removed.body.matches("name=\"seat\"").count(), 1, "the other guest is");
    let again = app.send(post(&format!("{path}/guest/remove"), &desk, &format!("seat={seat}"))).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "once");

    assert!(ticket(&app, &guest).await.is_none());
    assert_eq!(leads_to(&app.send(get("/visit", &guest)).await), "/v?again");
    assert_eq!(come(&app, &secret).await.status, StatusCode::GONE);
    let now = app.application.state().clinic.visit(visit).await.unwrap().unwrap().stage.room();
    assert!(now.is_some() && now != room, "a token cannot be taken back: the visit goes on in another room");
    assert!(ticket(&app, &stays).await.is_some(), "nobody else is put out");
}

#[tokio::test]
async fn inviting_is_written_into_the_audit_and_ends_with_the_visit() {
    let (app, made) = clinic(&[]).await;
    let visit = waiting(&app, &made).await;
    let (provider, admin) = (log_in(&app, "okafor").await, log_in(&app, "admin").await);
    let secret = invite(&app, visit, &provider).await;
    let page = app.send(get(&format!("/clinic/visits/{visit}"), &provider)).await.body;
    assert!(page.contains(&format!("href=\"/clinic/appointments/{visit}#guests\"")), "{page}");
    let audit = app.send(get("/admin/audit", &admin)).await.body;
    assert!(audit.contains("Invited a guest") && !audit.contains(&secret), "{audit}");

    wish(&app, &provider, visit, StaffWish::Admit).await;
    wish(&app, &provider, visit, StaffWish::End(Outcome::Seen)).await;
    let path = format!("/clinic/appointments/{visit}");
    assert!(!app.send(get(&path, &provider)).await.body.contains("Invite a guest"));
    let refused = app.send(post(&format!("{path}/guest"), &provider, "")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("This visit is over"), "{}", refused.body);
}

on_postgres_too! {
    a_guest_comes_by_a_link_that_is_shown_once_and_is_in_the_call_when_the_patient_is,
    who_is_invited_no_longer_is_out_of_the_call_and_their_link_opens_nothing,
    inviting_is_written_into_the_audit_and_ends_with_the_visit,
}
