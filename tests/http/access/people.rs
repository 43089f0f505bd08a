//! Everybody who works at the clinic or comes to it, and who only seems to.

use super::{
    secrets::{NOTE, PHONE, PLACE},
    world::{execute, stored},
};
use crate::{
    app::TestApp,
    fixtures::{clinic, cookie, enter, leads_to, log_in, place, post, press},
};
use owl_hospital::{
    domain::{
        NoteMark,
        visit::{Actor, Command, RoomName, SeatId, StaffId, StaffRole, VisitId},
    },
    server::{
        clinic::{AuditActor, NewStaff, StaffSession},
        store::VisitDetails,
    },
};
use std::{collections::HashMap, sync::Arc};

pub const SETTINGS: [(&str, &str); 2] = [("CONFIRM_IDENTITY", "birth-date"), ("SHOW_PLACE", "on")];

/// What is known of the clinic, whatever stage it is in.
#[derive(Clone)]
pub struct Known {
    pub visit: VisitId,
    pub other: VisitId,
    pub expired: VisitId,
    pub patient: String,
    pub birth_date: String,
    pub reason: String,
    pub seen: String,
    pub provider: StaffId,
    pub colleague: StaffId,
    pub spare: StaffId,
    pub guest: SeatId,
    pub cookies: Arc<HashMap<&'static str, String>>,
    pub seats: Arc<HashMap<&'static str, SeatId>>,
}

/// Everybody comes in, by the ways that there are.
#[expect(clippy::too_many_lines, reason = "people come one after the other")]
pub async fn people() -> (TestApp, Known) {
    let (app, made) = clinic(&SETTINGS).await;
    let state = app.application.state();
    let clinic = &state.clinic;
    let (mut cookies, mut seats) = (HashMap::new(), HashMap::new());
    let id =
        |index: usize| VisitId::try_from(made["visits"][index]["id"].as_str().unwrap().to_owned()).unwrap();
    let visit = id(0);
    for (name, index, confirms) in [
        ("the patient on the device of before", 0, true),
        ("the patient", 0, true),
        ("who has the link and has not said who they are", 0, false),
        ("another patient", 2, true),
        ("by a link that was taken away", 4, true),
        ("by a link that is expired", 6, true),
    ] {
        let seat = enter(&app, &made, index).await;
        if confirms {
            let born = made["visits"][index]["birthDate"].as_str().unwrap();
            let confirmed = press(&app, "/visit/confirm", &seat, &format!("said={born}")).await;
            assert_eq!(leads_to(&confirmed), "/visit");
        }
        seats.insert(name, place(&app, &seat).await);
        cookies.insert(name, seat);
    }
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(id(2), command, Actor::Patient).await.unwrap();
    }
    let revoked = clinic.visit(id(4)).await.unwrap().unwrap();
    clinic.revoke_links(id(4), revoked.seat, AuditActor::System).await.unwrap();
    execute(&app, &format!("UPDATE links SET expires_at = 1 WHERE visit = '{}'", id(6))).await;

    let guest = SeatId::random().unwrap();
    for (name, seat) in [("a guest who was removed", SeatId::random().unwrap()), ("the guest", guest)] {
        clinic.carry_out(visit, Command::InviteGuest { seat }, Actor::Patient).await.unwrap();
        let link = clinic.issue_link(visit, seat, AuditActor::System).await.unwrap();
        let entered = app.send(post("/v/enter", "", &format!("secret={}", link.secret))).await;
        seats.insert(name, seat);
        cookies.insert(name, cookie(&entered));
        if name == "a guest who was removed" {
            let remove = Command::RemoveGuest { seat, room: RoomName(1) };
            clinic.carry_out(visit, remove, Actor::Patient).await.unwrap();
        }
    }

    for (name, who) in [
        ("the provider", "okafor"),
        ("a colleague", "lindqvist"),
        ("the front desk", "desk"),
        ("the admin", "admin"),
        ("idle for too long", "okafor"),
        ("logged in for too long", "okafor"),
        ("logged out", "admin"),
    ] {
        cookies.insert(name, log_in(&app, who).await);
    }
    execute(
        &app,
        &format!(
            "UPDATE staff_sessions SET seen_at = 1 WHERE hash = '{}'",
            stored(&cookies["idle for too long"])
        ),
    )
    .await;
    execute(
        &app,
        &format!(
            "UPDATE staff_sessions SET created_at = 1 WHERE hash = '{}'",
            stored(&cookies["logged in for too long"])
        ),
    )
    .await;
    app.send(post("/logout", &cookies["logged out"], "")).await;
    let hired = |email: &str| NewStaff {
        email: format!("{email}@owl.example"),
        name: "Kim Alder".to_owned(),
        role: StaffRole::FrontDesk,
        password: Some("owls hunt at night".into()),
    };
    let disabled = clinic.hire(hired("gone"), AuditActor::System).await.unwrap();
    cookies.insert("disabled", log_in(&app, "gone").await);
    // Not by an admin, who would end the session too.
    execute(&app, &format!("UPDATE staff SET disabled = 1 WHERE id = '{disabled}'")).await;
    let spare = clinic.hire(hired("spare"), AuditActor::System).await.unwrap();
    cookies.insert("a seat that somebody made up", format!("__Host-seat={}", "0".repeat(32)));
    cookies.insert("a log-in that somebody made up", format!("__Host-staff={}", "0".repeat(32)));

    let provider = session(&app, &cookies["the provider"]).await;
    clinic.write_note(visit, &provider, NOTE, &[NoteMark::of("")]).await.unwrap();
    let details = clinic.store().details(visit).await.unwrap();
    let details = VisitDetails { location: PLACE.to_owned(), call_back: PHONE.to_owned(), ..details };
    let mut tx = clinic.store().begin().await.unwrap();
    tx.put_details(visit, &details).await.unwrap();
    tx.commit().await.unwrap();
    let seen = clinic.record(visit, &provider).await.unwrap().seen;
    let known = Known {
        seen,
        visit,
        other: id(2),
        expired: id(6),
        patient: made["visits"][0]["patient"].as_str().unwrap().to_owned(),
        birth_date: made["visits"][0]["birthDate"].as_str().unwrap().to_owned(),
        reason: details.reason,
        provider: provider.staff,
        colleague: session(&app, &cookies["a colleague"]).await.staff,
        spare,
        guest,
        cookies: Arc::new(cookies),
        seats: Arc::new(seats),
    };
    (app, known)
}

async fn session(app: &TestApp, cookie: &str) -> StaffSession {
    let (_, secret) = cookie.split_once('=').unwrap();
    app.application.state().clinic.staff_session(secret, false).await.unwrap().unwrap()
}
