//! Every page that a patient or a guest can come to, in both languages: the number for an emergency is on it, and it says nothing of
//! a guest that is true of the patient alone.

use super::{
    app::TestApp,
    fixtures::{clinic, cookie, enter, get, place, post, press},
    on_postgres::on_postgres_too,
};
use owl_hospital::{
    domain::visit::{Actor, Command, Millis, Outcome, PatientId, RoomName, SeatId, StaffRole, VisitId},
    server::{clinic::AuditActor, store::VisitDetails},
};
use std::time::Duration;

/// How a visit comes to stand so that its page is this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Early,
    Late,
    CheckIn,
    GettingReady,
    Waiting,
    Admitted,
    Ended(Outcome),
}

const STATES: [State; 11] = [
    State::Early,
    State::Late,
    State::CheckIn,
    State::GettingReady,
    State::Waiting,
    State::Admitted,
    State::Ended(Outcome::Seen),
    State::Ended(Outcome::NoShow),
    State::Ended(Outcome::CancelledByPatient),
    State::Ended(Outcome::CancelledByClinic),
    State::Ended(Outcome::LeftWithoutBeingSeen),
];

/// What only the patient has done or can do.
const PATIENTS_OWN: [&str; 10] = [
    "You have cancelled",
    "You have left",
    "your old place",
    "You can check in",
    "We missed you",
    "Ha cancelado",
    "Ha salido",
    "su lugar de antes",
    "Puede registrarse",
    "Le hemos echado de menos",
];

/// A visit like that, with a guest: the links' secrets of both.
async fn visit(app: &TestApp, provider: Actor, state: State, language: &str) -> [String; 2] {
    let clinic = &app.application.state().clinic;
    let starts_at = match state {
        State::Early => clinic.now().plus(Duration::from_hours(5)),
        State::Late => clinic.now().minus(clinic.policy().closes_after + Duration::from_mins(1)),
        _ => clinic.now(),
    };
    let (id, seats) = schedule(app, provider, starts_at, language).await;
    let end = |outcome| (Command::End { outcome }, provider);
    let (check_in, wait) = ((Command::CheckIn, Actor::Patient), (Command::Wait, Actor::Patient));
    let admit = (Command::Admit { room: RoomName::random().unwrap() }, provider);
    let steps = match state {
        State::Early | State::Late | State::CheckIn => vec![],
        State::GettingReady => vec![check_in],
        State::Waiting => vec![check_in, wait],
        State::Admitted => vec![check_in, wait, admit],
        State::Ended(Outcome::Seen) => vec![check_in, wait, admit, end(Outcome::Seen)],
        State::Ended(Outcome::CancelledByPatient) => vec![(Command::Cancel, Actor::Patient)],
        State::Ended(Outcome::CancelledByClinic) => vec![(Command::Cancel, provider)],
        State::Ended(Outcome::NoShow) => vec![end(Outcome::NoShow)],
        State::Ended(outcome) => vec![check_in, wait, (Command::End { outcome }, Actor::Patient)],
    };
    for (command, actor) in steps {
        clinic.carry_out(id, command, actor).await.unwrap();
    }
    let mut secrets = Vec::new();
    for seat in seats {
        secrets.push(clinic.issue_link(id, seat, AuditActor::System).await.unwrap().secret);
    }
    secrets.try_into().unwrap()
}

async fn schedule(
    app: &TestApp,
    provider: Actor,
    starts_at: Millis,
    language: &str,
) -> (VisitId, [SeatId; 2]) {
    let clinic = &app.application.state().clinic;
    let Actor::Staff(staff, _) = provider else { panic!("nobody of the staff") };
    let (seat, guest) = (SeatId::random().unwrap(), SeatId::random().unwrap());
    let patient = PatientId::random().unwrap();
    let appointment =
        Command::Schedule { patient, provider: staff, seat, starts_at, minutes: 20, interpreter: false };
    let id = clinic.schedule(appointment, provider).await.unwrap();
    clinic.carry_out(id, Command::InviteGuest { seat: guest }, provider).await.unwrap();
    let mut tx = clinic.store().begin().await.unwrap();
    let details = VisitDetails { language: language.to_owned(), ..VisitDetails::default() };
    tx.put_details(id, &details).await.unwrap();
    tx.commit().await.unwrap();
    (id, [seat, guest])
}

async fn come(app: &TestApp, secret: &str) -> String {
    cookie(&app.send(post("/v/enter", "", &format!("secret={secret}"))).await)
}

/// The number is on it, in the page's language, for whoever does not find it otherwise.
fn has_number(page: &str, language: &str, what: &str) {
    let sentence = if language == "es" { "En una emergencia llame al" } else { "In an emergency call" };
    assert!(page.contains(sentence) && page.contains("href=\"tel:911\""), "{what}: {page}");
    assert!(page.contains(&format!("<html lang=\"{language}\"")), "{what}: {page}");
}

async fn provider(app: &TestApp, made: &serde_json::Value) -> Actor {
    let id = VisitId::try_from(made["visits"][0]["id"].as_str().unwrap().to_owned()).unwrap();
    let visit = app.application.state().clinic.visit(id).await.unwrap().unwrap();
    Actor::Staff(visit.provider, StaffRole::Provider)
}

#[tokio::test]
async fn the_number_for_an_emergency_is_on_every_page_and_guests_read_what_is_true_of_them() {
    let (app, made) = clinic(&[]).await;
    let provider = provider(&app, &made).await;
    for language in ["en", "es"] {
        let mut pages = std::collections::HashSet::new();
        for state in STATES {
            let what = format!("{state:?} in {language}");
            let [patients, guests] = visit(&app, provider, state, language).await;
            let (patient, guest) = (come(&app, &patients).await, come(&app, &guests).await);
            let page = app.send(get("/visit", &patient)).await.body;
            has_number(&page, language, &what);
            let heading = page.split_once("<h1").unwrap().1.split_once("</h1>").unwrap().0.to_owned();
            pages.insert(heading);
            let page = app.send(get("/visit", &guest)).await.body;
            has_number(&page, language, &format!("{what}, for a guest"));
            for sentence in PATIENTS_OWN {
                assert!(!page.contains(sentence), "{what}, for a guest: {sentence}");
            }
            if state == State::CheckIn {
                let asked = format!("/visit/cancel?seat={}", place(&app, &patient).await);
                has_number(&app.send(get(&asked, &patient)).await.body, language, "asked whether to cancel");
                let lacking = press(&app, "/visit/check-in", &patient, "location=Home").await.body;
                has_number(&lacking, language, "a check-in that lacks all");
                let another = app.send(post("/visit/ready", &patient, &format!("seat={}", SeatId(1)))).await;
                has_number(&another.body, language, "another visit");
                come(&app, &patients).await;
                has_number(&app.send(get("/visit", &patient)).await.body, language, "another device");
            }
        }
        assert!(pages.len() >= STATES.len() - 1, "they are pages of their own: {pages:?}");
    }
}

#[tokio::test]
async fn the_number_for_an_emergency_is_there_before_anybody_has_said_who_they_are() {
    for by in ["birth-date", "name"] {
        let (app, made) = clinic(&[("CONFIRM_IDENTITY", by)]).await;
        has_number(&app.get("/v").await.body, "en", "the link");
        let unknown = app.send(post("/v/enter", "", "code=AAAAA-AAAAA")).await.body;
        has_number(&unknown, "en", "a wrong code");
        for (visit, language) in [(0, "es"), (2, "en")] {
            let patient = enter(&app, &made, visit).await;
            has_number(&app.send(get("/visit", &patient)).await.body, language, by);
            let wrong = press(&app, "/visit/confirm", &patient, "said=1900-01-01").await.body;
            has_number(&wrong, language, by);
        }
    }
}

on_postgres_too! {
    the_number_for_an_emergency_is_on_every_page_and_guests_read_what_is_true_of_them,
}
