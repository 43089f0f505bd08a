//! What went wrong elsewhere, and must not here: the list's numbers are in `end2end/README.md`.

use super::{
    app::{Answer, TestApp, config},
    fixtures::{call, clinic, come_to_wait, enter, get, log_in, place, post, press},
    on_postgres::on_postgres_too,
};
use axum::{body::Body, http::StatusCode};
use http_body_util::BodyExt;
use owl_hospital::{
    api::{
        clinic::{ActOnVisit, JoinVisit, Joining, QueueItem, SeatItem, StaffWish},
        wire,
    },
    domain::visit::{Change, Millis, Outcome, Presence, Stage, Visit, VisitId},
    server::Application,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use tower::ServiceExt;

/// The first visit of the demonstration, and its patient's cookie: they wait.
async fn waiting(app: &TestApp, made: &Value) -> (VisitId, String) {
    let patient = come_to_wait(app, made, 0).await;
    let visit = VisitId::try_from(made["visits"][0]["id"].as_str().unwrap().to_owned()).unwrap();
    assert_eq!(stands(app, visit).await.stage, Stage::Waiting);
    (visit, patient)
}

async fn stands(app: &TestApp, visit: VisitId) -> Arc<Visit> {
    app.application.state().clinic.visit(visit).await.unwrap().unwrap()
}

async fn wish(app: &TestApp, cookie: &str, visit: VisitId, wish: StaffWish) -> Answer {
    app.send(call("/api/act_on_visit", cookie, &ActOnVisit { visit, wish })).await
}

async fn ticket(app: &TestApp, cookie: &str, visit: Option<VisitId>) -> Answer {
    let joining = match visit {
        Some(visit) => Joining::Visit(visit),
        None => Joining::Seat(place(app, cookie).await),
    };
    app.send(call("/api/join_visit", cookie, &JoinVisit { joining })).await
}

/// A stream, as a page holds it.
async fn listen(app: &TestApp, path: &str, cookie: &str) -> Body {
    let joined = if path.contains('?') { '&' } else { '?' };
    let path = format!("{path}{joined}seat={}", place(app, cookie).await);
    let response = app.application.router().oneshot(get(&path, cookie)).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    response.into_body()
}

/// What a stream says next.
async fn hear<T: DeserializeOwned>(stream: &mut Body) -> T {
    let frame = tokio::time::timeout(Duration::from_secs(10), stream.frame()).await.expect("in time");
    let text = String::from_utf8(frame.unwrap().unwrap().into_data().unwrap().to_vec()).unwrap();
    let data = text.lines().find_map(|line| line.strip_prefix("data:")).expect("data");
    wire::from_text(data.trim()).expect("an item")
}

/// As if the server looked for absences so much later.
async fn after(app: &TestApp, time: Duration) -> Millis {
    let clinic = app.application.state().clinic.clone();
    let then = clinic.now().plus(time);
    clinic.look_for_absences(then).await.unwrap();
    then
}

#[tokio::test]
async fn bug_01_closing_the_tab_leaves_no_ghost_in_the_queue() {
    let (app, made) = clinic(&[]).await;
    let (visit, patient) = waiting(&app, &made).await;
    let mut tab = listen(&app, "/visit/feed", &patient).await;
    let _: SeatItem = hear(&mut tab).await;
    after(&app, Duration::from_mins(5)).await;
    assert_eq!(stands(&app, visit).await.presence, Presence::Here, "an open page is somebody");
    drop(tab);
    after(&app, Duration::from_secs(31)).await;
    assert!(matches!(stands(&app, visit).await.presence, Presence::Away { .. }));
    let provider = log_in(&app, "okafor").await;
    assert_eq!(wish(&app, &provider, visit, StaffWish::Admit).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn bug_01_whoever_says_that_they_go_is_gone_though_their_stream_is_still_open() {
    let (app, made) = clinic(&[]).await;
    let (visit, patient) = waiting(&app, &made).await;
    let seat = place(&app, &patient).await;
    let mut tab = listen(&app, "/visit/feed?page=7", &patient).await;
    let _: SeatItem = hear(&mut tab).await;
    // Another page of theirs, which is gone for long; after a reload it says so later than the new one comes.
    app.send(post(&format!("/visit/gone?page=6&seat={seat}"), &patient, "")).await;
    after(&app, Duration::from_mins(5)).await;
    assert_eq!(stands(&app, visit).await.presence, Presence::Here);
    app.send(post(&format!("/visit/gone?page=7&seat={seat}"), &patient, "")).await;
    after(&app, Duration::from_secs(31)).await;
    assert!(
        matches!(stands(&app, visit).await.presence, Presence::Away { .. }),
        "its stream keeps nobody there"
    );
    drop(tab);
    // The next page of the same name, as when a browser brings one back that it had put by.
    let _again = listen(&app, "/visit/feed?page=7", &patient).await;
    assert_eq!(stands(&app, visit).await.presence, Presence::Here);
    after(&app, Duration::from_mins(5)).await;
    assert_eq!(stands(&app, visit).await.presence, Presence::Here);
}

#[tokio::test]
async fn bug_01_a_page_that_says_that_another_device_has_the_place_keeps_nobody_there() {
    let (app, made) = clinic(&[]).await;
    let (visit, first) = waiting(&app, &made).await;
    let mut tablet = listen(&app, "/visit/feed", &first).await;
    let _: SeatItem = hear(&mut tablet).await;
    let second = enter(&app, &made, 0).await;
    let item: SeatItem = hear(&mut tablet).await;
    assert!(matches!(item, SeatItem::Facts(facts) if facts.elsewhere));
    let phone = listen(&app, "/visit/feed", &second).await;
    after(&app, Duration::from_mins(5)).await;
    assert_eq!(stands(&app, visit).await.presence, Presence::Here, "by the phone");
    drop(phone);
    after(&app, Duration::from_secs(31)).await;
    assert!(matches!(stands(&app, visit).await.presence, Presence::Away { .. }), "the tablet only says so");
    drop(tablet);
}

#[tokio::test]
async fn bug_02_who_counts_as_left_is_told_so_and_not_that_they_wait() {
    let (app, made) = clinic(&[]).await;
    let (visit, patient) = waiting(&app, &made).await;
    after(&app, Duration::from_secs(31)).await;
    let desk = log_in(&app, "desk").await;
    let left = StaffWish::End(Outcome::LeftWithoutBeingSeen);
    assert_eq!(wish(&app, &desk, visit, left).await.status, StatusCode::OK);
    assert_eq!(stands(&app, visit).await.stage, Stage::Ended(Outcome::LeftWithoutBeingSeen));
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("action=\"/visit/return\"") && !page.contains("http-equiv=\"refresh\""), "{page}");
    press(&app, "/visit/return", &patient, "").await;
    let mut queue = listen(&app, "/clinic/feed", &desk).await;
    let QueueItem::Snapshot(view) = hear(&mut queue).await else { panic!("no snapshot") };
    assert!(view.visits.iter().any(|entry| entry.id == visit && entry.visit.stage == Stage::Waiting));
}

#[tokio::test]
async fn bug_03_and_04_who_came_first_is_listed_whenever_the_provider_comes() {
    let (app, made) = clinic(&[]).await;
    let (visit, _) = waiting(&app, &made).await;
    let provider = log_in(&app, "okafor").await;
    for _ in 0..3 {
        let mut queue = listen(&app, "/clinic/feed", &provider).await;
        let QueueItem::Snapshot(view) = hear(&mut queue).await else { panic!("no snapshot") };
        assert!(view.visits.iter().any(|entry| entry.id == visit && entry.visit.is_in_queue()));
    }
}

#[tokio::test]
async fn bug_05_nobody_is_listed_twice() {
    let (app, made) = clinic(&[]).await;
    let (visit, first) = waiting(&app, &made).await;
    let second = enter(&app, &made, 0).await;
    for patient in [&first, &second, &first] {
        for path in ["/visit/take-over", "/visit/check-in", "/visit/ready", "/visit/return"] {
            press(&app, path, patient, "location=Home&call_back=555-0100&consent=yes").await;
        }
    }
    let open = app.application.state().clinic.open_visits();
    let patient = stands(&app, visit).await.patient;
    assert_eq!(open.iter().filter(|(_, visit)| visit.patient == patient).count(), 1);
    let log = app.application.state().clinic.store().read(visit).await.unwrap();
    assert_eq!(log.iter().filter(|event| event.change == Change::ReadyToWait).count(), 1);
}

#[tokio::test]
async fn bug_06_nobody_who_is_admitted_is_thrown_out_for_being_slow() {
    let (app, made) = clinic(&[]).await;
    let (visit, patient) = waiting(&app, &made).await;
    let provider = log_in(&app, "okafor").await;
    assert_eq!(wish(&app, &provider, visit, StaffWish::Admit).await.status, StatusCode::OK);
    for time in [Duration::from_secs(31), Duration::from_mins(31), Duration::from_hours(3)] {
        after(&app, time).await;
        assert!(matches!(stands(&app, visit).await.stage, Stage::Admitted { .. }), "after {time:?}");
    }
    assert!(ticket(&app, &patient, None).await.ticket().is_some());
}

#[tokio::test]
async fn bug_08_a_provider_always_comes_into_their_own_room() {
    let (app, made) = clinic(&[]).await;
    let (visit, _) = waiting(&app, &made).await;
    let (provider, elsewhere) = (log_in(&app, "okafor").await, log_in(&app, "okafor").await);
    wish(&app, &provider, visit, StaffWish::Admit).await;
    let first = ticket(&app, &provider, Some(visit)).await.ticket().unwrap();
    wish(&app, &provider, visit, StaffWish::StepOut).await;
    let second = ticket(&app, &elsewhere, Some(visit)).await.ticket().unwrap();
    assert_eq!(
        (first.room, first.identity),
        (second.room, second.identity),
        "the same seat, from any browser"
    );
}

#[tokio::test]
async fn bug_11_a_second_visit_of_the_day_is_another_one_and_the_first_stays_closed() {
    let (app, made) = clinic(&[]).await;
    let (first, patient) = waiting(&app, &made).await;
    let provider = log_in(&app, "okafor").await;
    wish(&app, &provider, first, StaffWish::Admit).await;
    let room = ticket(&app, &patient, None).await.ticket().unwrap().room;
    wish(&app, &provider, first, StaffWish::End(Outcome::Seen)).await;

    let state = app.application.state();
    let whose = stands(&app, first).await;
    let seat = owl_hospital::domain::visit::SeatId::random().unwrap();
    let again = owl_hospital::domain::visit::Command::Schedule {
        patient: whose.patient,
        provider: whose.provider,
        seat,
        starts_at: state.clinic.now(),
        minutes: 15,
        interpreter: false,
    };
    let by = owl_hospital::domain::visit::Actor::Staff(
        whose.provider,
        owl_hospital::domain::visit::StaffRole::Provider,
    );
    let second = state.clinic.schedule(again, by).await.unwrap();
    let link = state
        .clinic
        .issue_link(second, seat, owl_hospital::server::clinic::AuditActor::System)
        .await
        .unwrap();
    let entered = app.send(post("/v/enter", "", &format!("secret={}", link.secret))).await;
    let now = super::fixtures::cookie(&entered);
    assert!(app.send(get("/visit", &now)).await.body.contains("action=\"/visit/check-in\""));
    press(&app, "/visit/check-in", &now, "location=Home&call_back=555-0100&consent=yes").await;
    press(&app, "/visit/ready", &now, "").await;
    wish(&app, &provider, second, StaffWish::Admit).await;
    assert_ne!(ticket(&app, &now, None).await.ticket().unwrap().room, room);
    assert_eq!(ticket(&app, &patient, None).await.status, StatusCode::CONFLICT, "the first one is over");
    press(&app, "/visit/return", &patient, "").await;
    assert_eq!(stands(&app, first).await.stage, Stage::Ended(Outcome::Seen));
}

#[tokio::test]
async fn bug_15_16_22_and_25_nobody_has_a_ticket_before_they_are_let_in_whatever_is_restarted() {
    let (app, made) = clinic(&[]).await;
    let (visit, patient) = waiting(&app, &made).await;
    assert_eq!(ticket(&app, &patient, None).await.status, StatusCode::CONFLICT);
    let state = app.application.state();
    state.stopping.cancel();
    state.clinic.store().close().await;
    let other = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(other.path().join("data")).unwrap();
    std::fs::create_dir_all(other.path().join("site")).unwrap();
    for file in ["data/clinic.db", "data/audit.key"] {
        std::fs::copy(app.directory.path().join(file), other.path().join(file)).unwrap();
    }
    let application = Application::build(config(other.path(), &[])).await.unwrap();
    let app = TestApp { application, directory: other };
    assert_eq!(ticket(&app, &patient, None).await.status, StatusCode::CONFLICT, "still they have to wait");
    assert_eq!(app.get("/token?identity=patient-1").await.status, StatusCode::NOT_FOUND);
    let provider = log_in(&app, "okafor").await;
    assert_eq!(wish(&app, &provider, visit, StaffWish::Admit).await.status, StatusCode::OK);
    let first = ticket(&app, &patient, None).await.ticket().unwrap();
    assert_eq!(stands(&app, visit).await.stage.room().map(|room| room.to_string()), Some(first.room));
}

#[tokio::test]
async fn bug_17_what_was_missed_while_reconnecting_is_sent() {
    let (app, made) = clinic(&[]).await;
    let (visit, patient) = waiting(&app, &made).await;
    let provider = log_in(&app, "okafor").await;
    let known = app.application.state().clinic.hub().last();
    wish(&app, &provider, visit, StaffWish::Admit).await;
    wish(&app, &provider, visit, StaffWish::SendBack).await;
    let mut page = listen(&app, &format!("/visit/feed?after={known}"), &patient).await;
    assert!(matches!(hear(&mut page).await, SeatItem::Build(_)), "whether the page is older than the server");
    for expected in ["admitted", "sent back"] {
        let SeatItem::Event(event) = hear(&mut page).await else { panic!("not {expected}") };
        assert_eq!(matches!(event.change, Change::Admitted { .. }), expected == "admitted");
        assert_eq!(event.change == Change::SentBack, expected == "sent back");
    }
    let mut queue = listen(&app, &format!("/clinic/feed?after={known}"), &provider).await;
    assert!(matches!(hear(&mut queue).await, QueueItem::Build(_)));
    let item: QueueItem = hear(&mut queue).await;
    assert!(matches!(item, QueueItem::Event(whose, _) if whose == visit));
}

#[tokio::test]
async fn bug_21_a_waiting_page_asks_again_without_scripts_only_and_takes_its_time() {
    let (app, made) = clinic(&[]).await;
    let (_, patient) = waiting(&app, &made).await;
    let page = app.send(get("/visit", &patient)).await.body;
    let parts = page.split("<noscript>").map(|part| part.split_once("</noscript>").unwrap_or(("", part)));
    let (without, with): (String, String) = parts.unzip();
    assert!(!with.contains("http-equiv"), "{with}");
    let (_, rest) = without.split_once("http-equiv=\"refresh\" content=\"").expect("a page that asks again");
    let seconds: u32 = rest.split('"').next().unwrap().parse().unwrap();
    assert!((5..=60).contains(&seconds), "{seconds}");
}

on_postgres_too! {
    bug_01_closing_the_tab_leaves_no_ghost_in_the_queue,
    bug_01_whoever_says_that_they_go_is_gone_though_their_stream_is_still_open,
    bug_01_a_page_that_says_that_another_device_has_the_place_keeps_nobody_there,
    bug_02_who_counts_as_left_is_told_so_and_not_that_they_wait,
    bug_03_and_04_who_came_first_is_listed_whenever_the_provider_comes,
    bug_05_nobody_is_listed_twice,
    bug_06_nobody_who_is_admitted_is_thrown_out_for_being_slow,
    bug_08_a_provider_always_comes_into_their_own_room,
    bug_11_a_second_visit_of_the_day_is_another_one_and_the_first_stays_closed,
    bug_17_what_was_missed_while_reconnecting_is_sent,
    bug_21_a_waiting_page_asks_again_without_scripts_only_and_takes_its_time,
}
