//! Two links in one browser, as of a mother with two children: it has one session, of whichever was opened last. What is sent from
//! the page of the other is done to neither of them.

use super::{
    app::{Answer, TestApp},
    clinic_feed::Listening,
    fixtures::{call, clinic, enter, get, leads_to, place, post, press},
    on_postgres::on_postgres_too,
};
use axum::http::StatusCode;
use owl_hospital::{
    api::clinic::{ActInSeat, JoinVisit, Joining, SeatItem, SeatWish, TellDevices},
    domain::{
        check::Readiness,
        visit::{Actor, Command, Outcome, Presence, RoomName, SeatId, StaffRole, VisitId},
    },
};
use std::time::Duration;

/// A browser in which two links were opened.
struct Browser {
    app: TestApp,
    /// The place in the visit whose link was opened first, of which there is still a page.
    first: SeatId,
    /// The one whose link was opened last.
    second: VisitId,
    /// What the browser sends along now.
    cookie: String,
}

impl Browser {
    async fn open(settings: &[(&str, &str)]) -> Self {
        let (app, made) = clinic(settings).await;
        let first = enter(&app, &made, 0).await;
        let first = place(&app, &first).await;
        let cookie = enter(&app, &made, 2).await;
        let second = VisitId::try_from(made["visits"][2]["id"].as_str().unwrap().to_owned()).unwrap();
        Self { app, first, second, cookie }
    }

    /// How much has happened in all visits, and is written down of what was said in them.
    async fn happened(&self) -> (u64, String) {
        let clinic = &self.app.application.state().clinic;
        (clinic.hub().last(), clinic.store().details(self.second).await.unwrap().location)
    }

    /// From the page of the first visit.
    async fn press(&self, path: &str, form: &str) -> Answer {
        let form = format!("seat={}&{form}", self.first);
        self.app.send(post(path, &self.cookie, &form)).await
    }

    async fn then(&self, command: Command, actor: Actor) {
        self.app.application.state().clinic.carry_out(self.second, command, actor).await.unwrap();
    }

    async fn provider(&self) -> Actor {
        let visit = self.app.application.state().clinic.visit(self.second).await.unwrap().unwrap();
        Actor::Staff(visit.provider, StaffRole::Provider)
    }
}

const CHECK_IN: &str = "location=1+Elm+Street&call_back=555-0100&consent=yes";

/// What somebody has done in the visit.
type Done = (Command, Actor);

/// Where a form is sent, and what else is in it.
type Form = (&'static str, &'static str);

/// Each form there is, at a moment at which the second visit's own page could send it.
#[tokio::test]
async fn invariant_3_what_is_pressed_on_one_visits_page_is_never_done_to_another() {
    let browser = Browser::open(&[]).await;
    let admit = Command::Admit { room: RoomName::random().unwrap() };
    let left = Command::End { outcome: Outcome::LeftWithoutBeingSeen };
    let provider = browser.provider().await;
    let steps: [(&[Done], &[Form]); 5] = [
        (&[], &[("/visit/check-in", CHECK_IN), ("/visit/cancel", ""), ("/visit/take-over", "")]),
        (&[(Command::CheckIn, Actor::Patient)], &[("/visit/ready", "")]),
        (&[(Command::Wait, Actor::Patient)], &[("/visit/leave", ""), ("/visit/cancel", "")]),
        (&[(admit, provider)], &[("/visit/start-now", ""), ("/visit/not-yet", "")]),
        (&[(Command::SendBack, provider), (left, Actor::Patient)], &[("/visit/return", "")]),
    ];
    for (commands, forms) in steps {
        for (command, actor) in commands {
            browser.then(command.clone(), *actor).await;
        }
        for (path, form) in forms {
            let before = browser.happened().await;
            let told = browser.press(path, form).await;
            assert_eq!(told.status, StatusCode::CONFLICT, "{path}");
            assert!(told.body.contains("Another visit was opened in this browser"), "{path}: {}", told.body);
            assert!(told.body.contains("tel:911") && told.body.contains("href=\"/visit\""), "{path}");
            assert!(!told.body.contains("Okafor"), "nothing of either: {}", told.body);
            // A page of an older build names none.
            assert_eq!(leads_to(&browser.app.send(post(path, &browser.cookie, form)).await), "/visit");
            assert_eq!(browser.happened().await, before, "{path}");
        }
    }
    let before = browser.happened().await;
    assert_eq!(leads_to(&press(&browser.app, "/visit/return", &browser.cookie, "").await), "/visit");
    assert_ne!(browser.happened().await, before, "from the page of its own it is done");
}

#[tokio::test]
async fn invariant_3_to_cancel_one_visit_never_asks_whether_to_cancel_another() {
    let browser = Browser::open(&[]).await;
    let asked =
        browser.app.send(get(&format!("/visit/cancel?seat={}", browser.first), &browser.cookie)).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(!asked.body.contains("action="), "{}", asked.body);
    assert_eq!(leads_to(&browser.app.send(get("/visit/cancel", &browser.cookie)).await), "/visit");
}

#[tokio::test]
async fn who_one_patient_is_is_no_try_at_who_another_is() {
    let browser = Browser::open(&[("CONFIRM_IDENTITY", "birth-date")]).await;
    // Six wrong tries would be too many.
    for _ in 0..8 {
        let told = browser.press("/visit/confirm", "said=1957-03-14").await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.body);
    }
    let told = press(&browser.app, "/visit/confirm", &browser.cookie, "said=1900-01-01").await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn invariant_3_a_page_gets_no_ticket_to_another_visit_and_wishes_nothing_in_it() {
    let browser = Browser::open(&[]).await;
    let (app, cookie, seat) = (&browser.app, &browser.cookie, browser.first);
    browser.then(Command::CheckIn, Actor::Patient).await;
    let devices = TellDevices { seat, readiness: Readiness::WithoutCamera };
    assert_eq!(app.send(call("/api/tell_devices", cookie, &devices)).await.status, StatusCode::CONFLICT);
    browser.then(Command::Wait, Actor::Patient).await;
    let admit = Command::Admit { room: RoomName::random().unwrap() };
    browser.then(admit, browser.provider().await).await;
    let before = browser.happened().await;
    for wish in [SeatWish::StartNow, SeatWish::NotYet] {
        let told = app.send(call("/api/act_in_seat", cookie, &ActInSeat { seat, wish })).await;
        assert_eq!(told.status, StatusCode::CONFLICT);
    }
    let ask = |seat| call("/api/join_visit", cookie, &JoinVisit { joining: Joining::Seat(seat) });
    let told = app.send(ask(seat)).await;
    assert!(told.status == StatusCode::CONFLICT && told.ticket().is_none());
    assert_eq!(browser.happened().await, before);
    assert!(app.send(ask(place(app, cookie).await)).await.ticket().is_some(), "its own page gets one");
}

#[tokio::test]
async fn invariant_3_nothing_of_one_visit_is_told_to_the_page_of_another() {
    let browser = Browser::open(&[]).await;
    let (app, cookie) = (&browser.app, &browser.cookie);
    browser.then(Command::CheckIn, Actor::Patient).await;
    let clinic = &app.application.state().clinic;
    let last = clinic.hub().last();
    for query in [format!("?seat={}&after={last}&page=7", browser.first), "?after=0".to_owned()] {
        let mut stream = Listening::<SeatItem>::open(app, &format!("/visit/feed{query}"), cookie).await;
        assert_eq!(stream.next().await, Some(SeatItem::Another), "{query}");
        clinic.look_for_absences(clinic.now().plus(Duration::from_secs(40))).await.unwrap();
        let presence = clinic.visit(browser.second).await.unwrap().unwrap().presence;
        assert!(matches!(presence, Presence::Away { .. }), "it keeps nobody there");
        assert_eq!(stream.next().await, None);
    }
    let mut own = Listening::to_visit(app, cookie).await;
    assert!(matches!(own.next().await, Some(SeatItem::Snapshot(_))));
    // The last word of the page that is left is not the other's.
    browser.app.send(post(&format!("/visit/gone?seat={}", browser.first), cookie, "")).await;
    clinic.look_for_absences(clinic.now().plus(Duration::from_secs(40))).await.unwrap();
    assert_eq!(clinic.visit(browser.second).await.unwrap().unwrap().presence, Presence::Here);
}

on_postgres_too! {
    invariant_3_what_is_pressed_on_one_visits_page_is_never_done_to_another,
    invariant_3_a_page_gets_no_ticket_to_another_visit_and_wishes_nothing_in_it,
    invariant_3_nothing_of_one_visit_is_told_to_the_page_of_another,
}
