//! A visit's page and record, before and after the call: who may see and change what, and that it is written down.

use super::{
    app::TestApp,
    clinic::{clinic, cookie, get, leads_to, post},
    clinic_appointments::log_in,
    clinic_feed::Listening,
    fixtures::press,
};
use axum::http::StatusCode;
use leptos::server_fn::{ContentType, Encodes, codec::PostcardEncoding};
use owl_hospital::{
    api::{
        clinic::{QueueItem, VisitView, WriteNote},
        wire,
    },
    domain::{
        NoteMark, NoteSaved,
        visit::{Actor, Change, Command, Outcome, PatientId, RoomName, SeatId, StaffId, StaffRole, VisitId},
    },
    server::clinic::AuditActor,
};
use serde_json::Value;
use sqlx::Row;
use std::time::Duration;

const NOTE: &str = "Rest, and tea with honey.";

fn visit(made: &Value) -> VisitId {
    VisitId::try_from(made["visits"][0]["id"].as_str().unwrap().to_owned()).unwrap()
}

/// What the page of a visit is made from, for whoever reads it.
async fn view(app: &TestApp, visit: VisitId, cookie: &str) -> VisitView {
    let page = app.send(get(&format!("/clinic/visits/{visit}"), cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    let first = page.body.split_once("id=\"first\"").unwrap().1.split_once('>').unwrap().1;
    wire::from_text(first.split('<').next().unwrap()).expect("a view")
}

async fn write(app: &TestApp, visit: VisitId, cookie: &str, text: &str) -> StatusCode {
    let mut request = post("/api/write_note", cookie, "");
    request.headers_mut().insert("content-type", PostcardEncoding::CONTENT_TYPE.parse().unwrap());
    let (parts, _) = request.into_parts();
    let arguments = PostcardEncoding::encode(&WriteNote {
        visit,
        text: text.to_owned(),
        on: vec![NoteMark::of(""), NoteMark::of(NOTE)],
    })
    .unwrap();
    app.send(axum::http::Request::from_parts(parts, arguments.into())).await.status
}

/// How many lines of this kind the audit has about a visit.
async fn lines(app: &TestApp, visit: VisitId, action: &str) -> i64 {
    let clinic = &app.application.state().clinic;
    let row = sqlx::query("SELECT COUNT(*) FROM audit WHERE visit = $1 AND action = $2")
        .bind(visit.to_string())
        .bind(action.to_owned())
        .fetch_one(clinic.store().pool())
        .await
        .unwrap();
    row.try_get(0).unwrap()
}

#[tokio::test]
async fn a_visits_page_is_there_before_and_after_the_call_and_the_note_is_its_providers() {
    let (app, made) = clinic(&[]).await;
    let clinic = app.application.state().clinic.clone();
    let visit = visit(&made);
    let [desk, okafor, colleague] =
        [log_in(&app, "desk").await, log_in(&app, "okafor").await, log_in(&app, "lindqvist").await];
    let entered = app
        .send(post("/v/enter", "", &format!("code={}", made["visits"][0]["code"].as_str().unwrap())))
        .await;
    let form = "location=1+Elm+Street&call_back=555-0100&consent=yes";
    press(&app, "/visit/check-in", &cookie(&entered), form).await;
    for who in [&desk, &okafor, &colleague] {
        let seen = view(&app, visit, who).await.entry;
        assert_eq!((seen.location.as_str(), seen.call_back.as_str()), ("1 Elm Street", "555-0100"));
    }
    let appointment = app.send(get(&format!("/clinic/appointments/{visit}"), &desk)).await.body;
    assert!(appointment.contains(&format!("/clinic/visits/{visit}")), "{appointment}");
    assert!(appointment.contains("1 Elm Street") && appointment.contains("tel:555-0100"), "{appointment}");
    let queue = app.send(get("/clinic", &desk)).await.body;
    assert!(queue.contains(&format!("/clinic/visits/{visit}")), "the queue leads there");

    let provider = Actor::Staff(clinic.visit(visit).await.unwrap().unwrap().provider, StaffRole::Provider);
    clinic.carry_out(visit, Command::Wait, Actor::Patient).await.unwrap();
    clinic.carry_out(visit, Command::Admit { room: RoomName::random().unwrap() }, provider).await.unwrap();
    clinic.carry_out(visit, Command::End { outcome: Outcome::Seen }, provider).await.unwrap();

    assert_eq!(write(&app, visit, &okafor, NOTE).await, StatusCode::OK, "after the end too");
    assert_eq!(write(&app, visit, &desk, "x").await, StatusCode::CONFLICT);
    assert_eq!(write(&app, visit, &colleague, "x").await, StatusCode::CONFLICT);
    for (who, note) in [(&okafor, NOTE), (&desk, ""), (&colleague, "")] {
        let opened = lines(&app, visit, "record-opened").await;
        assert_eq!(view(&app, visit, who).await.note, note);
        assert_eq!(lines(&app, visit, "record-opened").await, opened + 1, "opening it is written down");
    }
}

#[tokio::test]
async fn who_takes_a_visit_over_has_its_note() {
    let (app, made) = clinic(&[]).await;
    let (visit, okafor, colleague) =
        (visit(&made), log_in(&app, "okafor").await, log_in(&app, "lindqvist").await);
    assert_eq!(write(&app, visit, &okafor, NOTE).await, StatusCode::OK);
    let clinic = &app.application.state().clinic;
    let lindqvist =
        made["staff"].as_array().unwrap().iter().find(|one| one["email"] == "lindqvist@owl.example");
    let lindqvist = StaffId::try_from(lindqvist.unwrap()["id"].as_str().unwrap().to_owned()).unwrap();
    let actor = Actor::Staff(lindqvist, StaffRole::Provider);
    clinic.carry_out(visit, Command::TakeOver, actor).await.unwrap();
    assert_eq!(view(&app, visit, &colleague).await.note, NOTE);
    assert_eq!(view(&app, visit, &okafor).await.note, "");
    assert_eq!(write(&app, visit, &okafor, "x").await, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_note_that_is_open_in_two_tabs_loses_nothing_of_either() {
    let (app, made) = clinic(&[]).await;
    let (clinic, visit) = (app.application.state().clinic.clone(), visit(&made));
    let cookie = log_in(&app, "okafor").await;
    let (_, secret) = cookie.split_once('=').unwrap();
    let okafor = clinic.staff_session(secret, false).await.unwrap().unwrap();
    let save = async |text: &str, on: &[&str]| {
        let on: Vec<NoteMark> = on.iter().map(|words| NoteMark::of(words)).collect();
        clinic.write_note(visit, &okafor, text, &on).await.unwrap()
    };
    assert_eq!(save("Rest", &[""]).await, NoteSaved::Yes);
    // The other tab was opened before that.
    assert_eq!(save("Tea", &[""]).await, NoteSaved::Changed("Rest".to_owned()));
    assert_eq!(clinic.note(visit, &okafor).await.unwrap(), "Rest", "nothing was written over");
    assert_eq!(save("Rest\n\nTea", &["Rest"]).await, NoteSaved::Yes);
    // An answer that was lost on its way: what was sent then is written down.
    assert_eq!(save("Rest\n\nTea", &["Rest"]).await, NoteSaved::Yes, "the same once more");
    assert_eq!(save("Rest\n\nTea!", &["Rest", "Rest\n\nTea"]).await, NoteSaved::Yes);
    assert_eq!(save("Rest", &["Rest", "Rest\n\nTea"]).await, NoteSaved::Changed("Rest\n\nTea!".to_owned()));

    let long = "x".repeat(20_001);
    assert_eq!(write(&app, visit, &cookie, &long).await, StatusCode::UNPROCESSABLE_ENTITY, "and not cut");
}

fn seen(page: &str) -> String {
    page.split_once("name=\"seen\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_record_is_corrected_beside_the_log_and_pages_that_show_it_are_told() {
    let (app, made) = clinic(&[]).await;
    let clinic = app.application.state().clinic.clone();
    let (visit, desk, okafor) = (visit(&made), log_in(&app, "desk").await, log_in(&app, "okafor").await);
    let mut stream = Listening::to(&app, &okafor, None).await;
    let Some(QueueItem::Snapshot(before)) = stream.next().await else { panic!("no snapshot") };
    let address = format!("/clinic/appointments/{visit}/correct");
    let page = app.send(get(&address, &desk)).await.body;
    assert!(page.contains("value=\"Maria Gonzalez\"") && page.contains("value=\"1957-03-14\""), "{page}");
    let form = |name: &str, born: &str| {
        format!("seen={}&name={name}&birth_date={born}&reason=Blood+pressure&language=en", seen(&page))
    };

    let wrong = app.send(post(&address, &desk, &form("Maria+Gonzales", "2999-01-01"))).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("birth date is missing or wrong") && wrong.body.contains("Maria Gonzales"));

    let last = clinic.hub().last();
    let changed = lines(&app, visit, "record-changed").await;
    let done = app.send(post(&address, &desk, &form("Maria+Gonzales", "1957-04-13"))).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    for part in ["The record is corrected.", "Maria Gonzales", "1957-04-13", "Blood pressure", "English"] {
        assert!(done.body.contains(part), "{part}: {}", done.body);
    }
    assert_eq!(clinic.hub().last(), last, "the log is not touched");
    assert_eq!(lines(&app, visit, "record-changed").await, changed + 1);
    let name_of = |item: &QueueItem| match item {
        QueueItem::Entry(entry) if entry.id == visit => Some(entry.patient.clone()),
        _ => None,
    };
    assert_eq!(stream.until(name_of).await, "Maria Gonzales");

    // A page that was away when it happened learns of it when it resumes.
    let mut resumed = Listening::to(&app, &okafor, Some(before.last)).await;
    assert_eq!(resumed.until(name_of).await, "Maria Gonzales");

    // Who began before, and saves after somebody else, is told so and decides again.
    let late = app.send(post(&address, &desk, &form("Mary+Gonzalez", "1957-03-14"))).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("changed this record meanwhile") && late.body.contains("Mary Gonzalez"));
    assert!(late.body.contains("1957-04-13"), "and sees what it says now: {}", late.body);
    let again =
        format!("seen={}&name=Mary+Gonzalez&birth_date=1957-03-14&reason=&language=es", seen(&late.body));
    assert_eq!(app.send(post(&address, &desk, &again)).await.status, StatusCode::OK);
    assert_eq!(stream.until(name_of).await, "Mary Gonzalez");
}

#[tokio::test]
async fn that_an_interpreter_is_wanted_can_be_corrected_until_the_visit_is_over() {
    let (app, made) = clinic(&[]).await;
    let clinic = app.application.state().clinic.clone();
    let (visit, desk, okafor) = (visit(&made), log_in(&app, "desk").await, log_in(&app, "okafor").await);
    let mut stream = Listening::to(&app, &okafor, None).await;
    let address = format!("/clinic/appointments/{visit}/correct");
    let save = async |wanted: &str| {
        let page = app.send(get(&address, &desk)).await.body;
        let typed = "name=Maria+Gonzalez&birth_date=1957-03-14&reason=Blood+pressure&language=en";
        app.send(post(&address, &desk, &format!("seen={}&{typed}{wanted}", seen(&page)))).await
    };
    let before = clinic.visit(visit).await.unwrap().unwrap();
    assert!(!before.interpreter);
    for (wanted, told) in [("&interpreter=yes", true), ("", false), ("&interpreter=yes", true)] {
        let saved = save(wanted).await;
        assert!(saved.body.contains("The record is corrected."), "{}", saved.body);
        assert_eq!(saved.body.contains("an interpreter is wanted"), told, "{}", saved.body);
        assert_eq!(clinic.visit(visit).await.unwrap().unwrap().interpreter, told);
        let heard = stream.until(|item| match item {
            QueueItem::Event(_, event) => match event.change {
                Change::InterpreterWanted { wanted } => Some(wanted),
                _ => None,
            },
            _ => None,
        });
        assert_eq!(heard.await, told, "the queue is told");
    }
    assert!(save("&interpreter=yes").await.body.contains("Nothing was changed."));
    let form = app.send(get(&address, &desk)).await.body;
    assert!(form.contains("name=\"interpreter\" value=\"yes\" checked"), "{form}");
    let changes = lines(&app, visit, "visit-interpreter-wanted").await;
    assert_eq!(changes, 3, "each is written down");

    let actor = Actor::Staff(before.provider, StaffRole::Provider);
    clinic.carry_out(visit, Command::Cancel, actor).await.unwrap();
    let late = save("").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("can no longer be changed"), "{}", late.body);
    assert_eq!(lines(&app, visit, "visit-interpreter-wanted").await, changes);
}

#[tokio::test]
async fn records_are_for_who_looks_after_patients() {
    let (app, made) = clinic(&[]).await;
    let (admin, visit) = (log_in(&app, "admin").await, visit(&made));
    for path in [format!("/clinic/appointments/{visit}/correct"), format!("/clinic/visits/{visit}")] {
        assert_eq!(leads_to(&app.send(get(&path, "")).await), "/login", "{path}");
        assert_eq!(app.send(get(&path, &admin)).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let okafor = log_in(&app, "okafor").await;
    let nowhere = app.send(get("/clinic/appointments/0123/correct", &okafor)).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_patient_who_did_not_come_is_told_kindly() {
    let (app, made) = clinic(&[]).await;
    let clinic = app.application.state().clinic.clone();
    let okafor = clinic.visit(visit(&made)).await.unwrap().unwrap().provider;
    let seat = SeatId::random().unwrap();
    let command = Command::Schedule {
        patient: PatientId::random().unwrap(),
        provider: okafor,
        seat,
        starts_at: clinic.now().minus(clinic.policy().closes_after + Duration::from_secs(1)),
        minutes: 15,
        interpreter: false,
    };
    let missed = clinic.schedule(command, Actor::Staff(okafor, StaffRole::Provider)).await.unwrap();
    let link = clinic.issue_link(missed, seat, AuditActor::System).await.unwrap();
    clinic.end_unkept(clinic.now()).await.unwrap();
    let entered = app.send(post("/v/enter", "", &format!("secret={}", link.secret))).await;
    let page = app.send(get("/visit", &cookie(&entered))).await.body;
    assert!(page.contains("We missed you") && page.contains("Please call the clinic"), "{page}");
    assert_eq!(lines(&app, missed, "visit-ended").await, 1);
}

super::on_postgres::on_postgres_too! {
    a_visits_page_is_there_before_and_after_the_call_and_the_note_is_its_providers,
    who_takes_a_visit_over_has_its_note,
    a_note_that_is_open_in_two_tabs_loses_nothing_of_either,
    a_record_is_corrected_beside_the_log_and_pages_that_show_it_are_told,
    that_an_interpreter_is_wanted_can_be_corrected_until_the_visit_is_over,
    records_are_for_who_looks_after_patients,
    a_patient_who_did_not_come_is_told_kindly,
}
