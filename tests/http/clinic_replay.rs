//! A visit once more: who may open it, what it tells, and what it tells nobody.

use super::{
    app::TestApp,
    clinic_feed::Listening,
    fixtures::{clinic, come_to_wait, enter, get, log_in, press},
    on_postgres::on_postgres_too,
};
use axum::http::StatusCode;
use owl_hospital::domain::visit::{Actor, Command, Outcome, Recording, RoomName, SeatId, Visit, VisitId};
use sqlx::Row;
use std::time::Duration;

const CHECK_IN: &str = "location=17+Elm+Street&call_back=555-0177&consent=yes";

/// A visit of the demonstration that went all the way, with a guest, and a note.
async fn seen(app: &TestApp, made: &serde_json::Value) -> VisitId {
    let clinic = &app.application.state().clinic;
    let id = made["visits"][0]["id"].as_str().unwrap().to_owned();
    let patient = enter(app, made, 0).await;
    for (path, form) in [("/visit/check-in", CHECK_IN), ("/visit/ready", "")] {
        press(app, path, &patient, form).await;
    }
    let id = VisitId::try_from(id).unwrap();
    let provider = clinic.visit(id).await.unwrap().unwrap().provider;
    let provider = Actor::Staff(provider, owl_hospital::domain::visit::StaffRole::Provider);
    let guest = SeatId::random().unwrap();
    for command in [
        Command::InviteGuest { seat: guest },
        Command::Admit { room: RoomName::random().unwrap() },
        Command::RemoveGuest { seat: guest, room: RoomName::random().unwrap() },
        Command::StepOut,
        Command::StepBack,
        Command::End { outcome: Outcome::Seen },
    ] {
        clinic.carry_out(id, command, provider).await.unwrap();
    }
    id
}

/// Every word of the log that leads to somebody, and every name and text that lies beside it.
async fn secrets(app: &TestApp, id: VisitId) -> Vec<String> {
    let clinic = &app.application.state().clinic;
    let log = clinic.store().read(id).await.unwrap();
    let stored = serde_json::to_string(&log).unwrap();
    let ids = stored.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 32);
    let mut secrets: Vec<String> = ids.map(str::to_owned).collect();
    assert!(secrets.len() >= 6, "{stored}");
    secrets.push(id.to_string());
    secrets.extend(log.iter().map(|event| event.at.0.to_string()));
    let visit = Visit::of(&log).unwrap();
    let patient = clinic.store().patient(visit.patient).await.unwrap().unwrap();
    secrets.extend([patient.name, patient.birth_date, "Elm Street".into(), "555-0177".into()]);
    secrets.extend(clinic.store().all_staff().await.unwrap().into_iter().map(|staff| staff.name));
    secrets.extend(clinic.store().details(id).await.unwrap().reason.split_whitespace().map(str::to_owned));
    secrets
}

#[tokio::test]
async fn a_visit_is_told_once_more_without_the_names_of_guests_and_rooms() {
    let (app, made) = clinic(&[]).await;
    let id = seen(&app, &made).await;
    let desk = log_in(&app, "desk").await;
    let page = app.send(get(&format!("/clinic/visits/{id}/replay"), &desk)).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "The visit of ",
        "made the appointment",
        "The patient checked in.",
        "let guest 1 come too.",
        "let the patient in, in room 1 of this visit",
        "in room 2 of this visit",
        "stepped out.",
        "ended the visit: the patient was seen.",
        "The waiting room, while no provider was in the video room.",
        "In the queue under \u{201c}Waiting\u{201d}.",
        "Thank you for your visit",
        "href=\"#moment-1\"",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("<script src") && !page.body.contains("17 Elm Street"), "{}", page.body);
    let log = app.application.state().clinic.store().read(id).await.unwrap();
    for word in serde_json::to_string(&log).unwrap().split(|c: char| !c.is_ascii_alphanumeric()) {
        assert!(word.len() != 32 || !page.body.contains(word), "an id of the log is on the page: {word}");
    }
}

#[tokio::test]
async fn the_replay_says_what_the_page_said_of_others_and_names_none_of_them() {
    let (app, made) = clinic(&[]).await;
    let hub = &app.application.state().clinic;
    // These three have the same provider.
    let ids =
        [0, 2, 4].map(|n| VisitId::try_from(made["visits"][n]["id"].as_str().unwrap().to_owned()).unwrap());
    for visit in [0, 2, 4] {
        come_to_wait(&app, &made, visit).await;
    }
    let okafor = hub.visit(ids[0]).await.unwrap().unwrap().provider;
    let provider = Actor::Staff(okafor, owl_hospital::domain::visit::StaffRole::Provider);
    let guest = Command::InviteGuest { seat: SeatId::random().unwrap() };
    hub.carry_out(ids[2], guest, provider).await.unwrap();
    let page = Listening::to(&app, &log_in(&app, "okafor").await, None).await;
    assert!(hub.is_at_desk(okafor));
    drop(page);
    // The stream ends in a task of its own.
    let gone = async {
        while hub.is_at_desk(okafor) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), gone)
        .await
        .expect("the page is gone, and they are still there");
    // What comes next shall not be in the same millisecond.
    let gone = hub.now();
    while hub.now() <= gone {
        std::hint::spin_loop();
    }
    let admit = || Command::Admit { room: RoomName::random().unwrap() };
    for (id, command) in [
        (ids[0], admit()),
        (ids[0], Command::End { outcome: Outcome::Seen }),
        (ids[1], admit()),
        (ids[1], Command::End { outcome: Outcome::Seen }),
    ] {
        hub.carry_out(id, command, provider).await.unwrap();
    }
    let desk = log_in(&app, "desk").await;
    let page = app.send(get(&format!("/clinic/visits/{}/replay", ids[2]), &desk)).await.body;
    assert_eq!(page.matches("The queue moved, or time passed.").count(), 4, "{page}");
    for said in [
        "Dr. Ada Okafor has not come to the waiting room yet. 2 people are before you.",
        "Dr. Ada Okafor came to their desk.",
        "Dr. Ada Okafor is here and will call you in. 2 people are before you.",
        "Dr. Ada Okafor was not at their desk any more.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let busy = "\u{201c}Dr. Ada Okafor is with another patient. You are next but one.\u{201d}";
    let next = "\u{201c}Dr. Ada Okafor is with another patient. You are next.\u{201d}";
    // Once the patient saw it, and once the guest.
    for said in [busy, next] {
        assert_eq!(page.matches(said).count(), 2, "{said}: {page}");
    }
    for other in made["visits"].as_array().unwrap() {
        let name = other["patient"].as_str().unwrap();
        assert_eq!(page.contains(name), other["id"] == made["visits"][4]["id"], "{name}: {page}");
        let first = name.split(' ').next().unwrap();
        let file = app.send(get(&format!("/clinic/visits/{}/replay/recording", ids[2]), &desk)).await.body;
        assert!(!file.contains(first) && !file.contains(other["id"].as_str().unwrap()), "{first}: {file}");
    }
}

#[tokio::test]
async fn a_recording_holds_nothing_personal_and_no_id_of_the_log() {
    let (app, made) = clinic(&[]).await;
    let id = seen(&app, &made).await;
    let desk = log_in(&app, "desk").await;
    let file = app.send(get(&format!("/clinic/visits/{id}/replay/recording"), &desk)).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"visit-recording.json\"");
    assert_eq!(file.header("cache-control"), "no-store");
    for secret in secrets(&app, id).await {
        assert!(!file.body.contains(&secret), "{secret} is in the file: {}", file.body);
    }
    let recording: Recording = serde_json::from_str(&file.body).unwrap();
    assert_eq!(recording.replayed(), recording.moments);
    assert_eq!(recording.log.len(), 10);
}

#[tokio::test]
async fn only_the_visits_provider_and_the_front_desk_open_it_and_every_try_is_written_down() {
    let (app, made) = clinic(&[]).await;
    let id = seen(&app, &made).await;
    let mut expected = Vec::new();
    for path in ["replay", "replay/recording"] {
        let address = format!("/clinic/visits/{id}/{path}");
        for (name, status) in [
            ("desk", StatusCode::OK),
            ("okafor", StatusCode::OK),
            ("lindqvist", StatusCode::FORBIDDEN),
            ("admin", StatusCode::FORBIDDEN),
        ] {
            let answer = app.send(get(&address, &log_in(&app, name).await)).await;
            assert_eq!(answer.status, status, "{name} {path}");
            if name == "lindqvist" {
                assert!(answer.body.contains("This is the patient of Dr. Ada Okafor"), "{}", answer.body);
            }
        }
        assert_eq!(app.send(get(&address, "")).await.status, StatusCode::SEE_OTHER, "who is not logged in");
        // An admin comes to no page about visits at all.
        expected.extend(["done", "done", "refused"]);
        let unknown = format!("/clinic/visits/{:032x}/{path}", 5);
        assert_eq!(app.send(get(&unknown, &log_in(&app, "desk").await)).await.status, StatusCode::NOT_FOUND);
    }
    let pool = app.application.state().clinic.store().pool().clone();
    let lines =
        sqlx::query("SELECT outcome FROM audit WHERE action = 'record-opened' AND visit = $1 ORDER BY id")
            .bind(id.to_string())
            .fetch_all(&pool)
            .await
            .unwrap();
    let outcomes: Vec<String> = lines.iter().map(|line| line.get(0)).collect();
    assert_eq!(outcomes, expected);
}

on_postgres_too! {
    a_visit_is_told_once_more_without_the_names_of_guests_and_rooms,
    the_replay_says_what_the_page_said_of_others_and_names_none_of_them,
    a_recording_holds_nothing_personal_and_no_id_of_the_log,
    only_the_visits_provider_and_the_front_desk_open_it_and_every_try_is_written_down,
}
