//! Streams of staff end with the session of whoever reads them, whatever ends it.

use super::{
    app::TestApp,
    clinic::{clinic, get, post},
    clinic_accounts::{age_sessions, id, invitation},
    clinic_appointments::log_in,
    clinic_feed::Listening,
    fixtures::come_to_wait,
};
use axum::http::StatusCode;
use leptos::server_fn::{ContentType, Encodes, codec::PostcardEncoding};
use owl_hospital::{
    api::clinic::{QueueItem, SeatItem, SessionEnd, StayLoggedIn},
    domain::visit::{Actor, Command, Outcome, RoomName, StaffRole, VisitId},
    server::clinic::{ABSOLUTE_LIMIT, IDLE_LIMIT},
};
use serde_json::Value;
use std::time::Duration;

#[expect(clippy::option_option, reason = "whether it is said, and whether there is an end")]
fn ends(item: &QueueItem) -> Option<Option<SessionEnd>> {
    match item {
        QueueItem::Session(end) => Some(*end),
        _ => None,
    }
}

async fn stay(app: &TestApp, cookie: &str) -> StatusCode {
    let mut request = post("/api/stay_logged_in", cookie, "");
    request.headers_mut().insert("content-type", PostcardEncoding::CONTENT_TYPE.parse().unwrap());
    let (parts, _) = request.into_parts();
    let arguments = PostcardEncoding::encode(&StayLoggedIn {}).unwrap();
    app.send(axum::http::Request::from_parts(parts, arguments.into())).await.status
}

fn first_visit(made: &Value) -> VisitId {
    VisitId::try_from(made["visits"][0]["id"].as_str().unwrap().to_owned()).unwrap()
}

#[tokio::test]
async fn whatever_ends_a_session_ends_its_stream_and_no_other() {
    let (app, made) = clinic(&[]).await;
    let admin = log_in(&app, "admin").await;
    let bystander = log_in(&app, "lindqvist").await;
    let mut other = Listening::to(&app, &bystander, None).await;
    let account = |what: &str| format!("/admin/accounts/{}/{what}", id(&made, "okafor"));

    let okafor = log_in(&app, "okafor").await;
    let stream = Listening::to(&app, &okafor, None).await;
    app.send(post("/logout", &okafor, "")).await;
    stream.until_over().await;

    let (here, there) = (log_in(&app, "okafor").await, log_in(&app, "okafor").await);
    let streams = [Listening::to(&app, &here, None).await, Listening::to(&app, &there, None).await];
    app.send(post("/logout", &here, "everywhere=yes")).await;
    for stream in streams {
        stream.until_over().await;
    }

    for (what, form) in [("role", "role=front-desk"), ("role", "role=provider"), ("disable", "")] {
        let okafor = log_in(&app, "okafor").await;
        let stream = Listening::to(&app, &okafor, None).await;
        assert_eq!(app.send(post(&account(what), &admin, form)).await.status, StatusCode::OK);
        stream.until_over().await;
    }
    app.send(post(&account("enable"), &admin, "")).await;

    let (here, there) = (log_in(&app, "okafor").await, log_in(&app, "okafor").await);
    let (mut kept, ended) = (Listening::to(&app, &here, None).await, Listening::to(&app, &there, None).await);
    let new = "old=owls+hunt+at+night&new=four+random+words+here";
    assert_eq!(app.send(post("/account/password", &here, new)).await.status, StatusCode::OK);
    ended.until_over().await;
    let reset = app.send(post(&account("reset"), &admin, "")).await;
    kept.until(|item| matches!(item, QueueItem::Over).then_some(())).await;
    let welcome = format!("secret={}&password=owls+hunt+at+night", invitation(&reset));
    app.send(post("/welcome", "", &welcome)).await;
    log_in(&app, "okafor").await;

    // All that the bystander has learned is who came and went; and the stream is alive.
    let clinic = &app.application.state().clinic;
    clinic.carry_out(first_visit(&made), Command::CheckIn, Actor::Patient).await.unwrap();
    other
        .until(|item| match item {
            QueueItem::Entry(_) => Some(()),
            QueueItem::Over => panic!("the wrong stream has ended"),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn a_time_out_ends_the_stream_by_itself() {
    let (app, _) = clinic(&[]).await;
    for (column, limit) in [("seen_at", IDLE_LIMIT), ("created_at", ABSOLUTE_LIMIT)] {
        let okafor = log_in(&app, "okafor").await;
        let stream = Listening::to(&app, &okafor, None).await;
        age_sessions(&app, column, limit).await;
        stream.until_over().await;
        let again = Listening::to(&app, &okafor, None).await;
        again.until_over().await;
    }
}

#[tokio::test]
async fn the_page_is_told_when_its_session_ends_and_staying_puts_that_off() {
    let (app, _) = clinic(&[]).await;
    let okafor = log_in(&app, "okafor").await;
    let mut stream = Listening::to(&app, &okafor, None).await;
    let first = stream.next().await.unwrap();
    let QueueItem::Snapshot(view) = first else { panic!("{first:?}") };
    let minutes = |end: Option<SessionEnd>| end.unwrap().left.div_ceil(60_000);
    assert_eq!((minutes(view.session), view.session.unwrap().can_stay), (15, true));

    age_sessions(&app, "seen_at", IDLE_LIMIT.checked_sub(Duration::from_mins(2)).unwrap()).await;
    let soon = |item: &QueueItem| ends(item).filter(|end| minutes(*end) <= 2);
    assert!(stream.until(soon).await.unwrap().can_stay);
    assert_eq!(stay(&app, &okafor).await, StatusCode::OK);
    let later = |item: &QueueItem| ends(item).filter(|end| minutes(*end) == 15);
    stream.until(later).await;

    age_sessions(&app, "created_at", ABSOLUTE_LIMIT.checked_sub(Duration::from_mins(2)).unwrap()).await;
    assert!(!stream.until(soon).await.unwrap().can_stay, "nothing puts that off");
    assert_eq!(stay(&app, &okafor).await, StatusCode::OK);
    let page = app.send(get("/account", &okafor)).await.body;
    assert!(page.contains("Your log-in ends at"), "plain pages say it too: {page}");
    assert_eq!(stay(&app, "").await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_time_out_ends_no_stream_of_who_has_a_patient_with_them_and_leaves_time_for_the_note() {
    let (app, made) = clinic(&[]).await;
    let okafor = log_in(&app, "okafor").await;
    let clinic = app.application.state().clinic.clone();
    let visit = first_visit(&made);
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(visit, command, Actor::Patient).await.unwrap();
    }
    let provider = Actor::Staff(clinic.visit(visit).await.unwrap().unwrap().provider, StaffRole::Provider);
    let mut stream = Listening::to(&app, &okafor, None).await;
    clinic.carry_out(visit, Command::Admit { room: RoomName::random().unwrap() }, provider).await.unwrap();
    stream.until(|item| ends(item).filter(Option::is_none)).await;
    age_sessions(&app, "seen_at", IDLE_LIMIT * 2).await;
    age_sessions(&app, "created_at", ABSOLUTE_LIMIT * 2).await;
    clinic.carry_out(visit, Command::End { outcome: Outcome::Seen }, provider).await.unwrap();
    let left = stream.until(|item| ends(item).flatten()).await;
    assert!((240_000..=300_000).contains(&left.left) && !left.can_stay, "{left:?}");
}

#[tokio::test]
async fn a_server_that_stops_says_so_to_every_page_that_listens() {
    let (app, made) = clinic(&[]).await;
    let (okafor, patient) = (log_in(&app, "okafor").await, come_to_wait(&app, &made, 2).await);
    let mut staff = Listening::to(&app, &okafor, None).await;
    let mut seat = Listening::to_visit(&app, &patient).await;
    assert!(matches!(staff.next().await, Some(QueueItem::Snapshot(_))));
    assert!(matches!(seat.next().await, Some(SeatItem::Snapshot(_))));
    let state = app.application.state();
    assert!(app.application.welcome().await.contains("/login"), "and who started it knew where to go");
    let stop = async {};
    app.application.run_until(stop).await.unwrap();
    assert!(state.stopping.is_cancelled());
    staff.until(|item| matches!(item, QueueItem::Bye).then_some(())).await;
    seat.until(|item| matches!(item, SeatItem::Bye).then_some(())).await;
    assert_eq!((staff.next().await, seat.next().await), (None, None));
}

super::on_postgres::on_postgres_too! {
    whatever_ends_a_session_ends_its_stream_and_no_other,
    a_time_out_ends_the_stream_by_itself,
    the_page_is_told_when_its_session_ends_and_staying_puts_that_off,
    a_time_out_ends_no_stream_of_who_has_a_patient_with_them_and_leaves_time_for_the_note,
}
