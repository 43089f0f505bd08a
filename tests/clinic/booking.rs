//! Making appointments: what two want at once is made once, and a list is made whole.

use super::waiting;
use super::{
    OKAFOR, PROVIDER, admit, at_the_desk,
    database::{Place, on_every_database},
};
use owl_hospital::{
    domain::visit::{Command, Millis, PatientId, SeatId, StaffRole},
    server::{
        clinic::{AuditActor, BookError, Clinic, Made, Plan, TypedError, Whence},
        store::Staff,
    },
};
use sqlx::Row;
use std::time::Duration;

on_every_database! {
    of_many_presses_at_once_one_makes_the_patient_and_the_appointment,
    one_new_patient_is_one_in_however_many_appointments_they_are_met,
    a_list_is_made_whole_but_for_the_lines_that_are_refused,
    of_a_list_that_the_store_cannot_take_nothing_is_made,
    a_link_outlasts_a_visit_that_began_as_late_as_it_could,
    links_are_taken_away_and_their_holder_put_out_or_neither,
}

/// An appointment of somebody new, so many minutes from now.
fn plan(clinic: &Clinic, name: &str, minutes: u64) -> Plan {
    let provider = Staff {
        id: OKAFOR,
        email: "okafor@owl.example".to_owned(),
        name: "Dr. Ada Okafor".to_owned(),
        role: StaffRole::Provider,
        disabled: false,
    };
    Plan {
        name: name.to_owned(),
        birth_date: "1970-02-03".to_owned(),
        provider,
        starts_at: Millis(clinic.now().0 / 60_000 * 60_000).plus(Duration::from_mins(minutes)),
        minutes: 20,
        reason: "Cough".to_owned(),
        language: "en".to_owned(),
        interpreter: false,
    }
}

/// How many patients, appointments and links there are.
async fn counts(clinic: &Clinic) -> [i64; 3] {
    let sql =
        "SELECT (SELECT COUNT(*) FROM patients), (SELECT COUNT(*) FROM visits), (SELECT COUNT(*) FROM links)";
    let row = sqlx::query(sql).fetch_one(clinic.store().pool()).await.unwrap();
    [0, 1, 2].map(|column: usize| row.get(column))
}

fn is_there_already(made: &Made) -> bool {
    matches!(made, Err(BookError::Typed(TypedError::Already)))
}

async fn of_many_presses_at_once_one_makes_the_patient_and_the_appointment(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    let desk = at_the_desk(&one).await;
    let wanted = plan(&one, "Rosa Lind", 60);
    let presses = (0..12).map(|n| if n % 2 == 0 { &one } else { &other }.book(wanted.clone(), &desk));
    let made = futures_util::future::join_all(presses).await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
    assert_eq!(made.iter().filter(|made| is_there_already(made)).count(), 11, "and the others are told");
    assert_eq!(counts(&one).await, [1, 1, 1]);
}

async fn one_new_patient_is_one_in_however_many_appointments_they_are_met(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    let desk = at_the_desk(&one).await;
    let names = ["Rosa Lind", "rosa lind", "ROSA LIND"];
    let presses = (0..12_u64).map(|n| {
        let wanted = plan(&one, names[usize::try_from(n % 3).unwrap()], 60 + n);
        if n % 2 == 0 { &one } else { &other }.book(wanted, &desk)
    });
    for made in futures_util::future::join_all(presses).await {
        made.map(drop).unwrap();
    }
    assert_eq!(counts(&one).await, [1, 12, 12]);
}

async fn a_list_is_made_whole_but_for_the_lines_that_are_refused(place: Place) {
    let clinic = place.clinic().await;
    let desk = at_the_desk(&clinic).await;
    clinic.book(plan(&clinic, "Rosa Lind", 60), &desk).await.map(drop).unwrap();
    let mut watching = clinic.hub().subscribe();
    let mut plans: Vec<Plan> = (0..20).map(|n| plan(&clinic, &format!("Patient {n}"), 60 + n)).collect();
    // There already, too long, and one that stands in the list before.
    plans[3] = plan(&clinic, "Rosa Lind", 60);
    plans[7].minutes = 481;
    plans[11] = plans[2].clone();
    let made = clinic.book_all(plans, &desk).await.unwrap();
    let refused: Vec<usize> = (0..20).filter(|line| made[*line].is_err()).collect();
    assert_eq!(refused, [3, 7, 11]);
    assert!(is_there_already(&made[3]) && is_there_already(&made[11]));
    assert!(matches!(made[7], Err(BookError::Refused(_))), "by the rules, and not by the store");
    assert_eq!(counts(&clinic).await, [18, 18, 18]);
    // Each is told to whoever watches, once and in order, and each link opens its own.
    for (id, (visit, link)) in (watching.last + 1..).zip(made.into_iter().flatten()) {
        let published = watching.events.try_recv().unwrap();
        assert_eq!((published.id, published.visit), (id, visit));
        let entered = clinic.enter_by_code(&link.code, Whence::Unknown).await.map_err(drop).unwrap();
        assert_eq!(entered.visit, visit);
        assert_eq!(clinic.store().details(visit).await.unwrap().reason, "Cough");
    }
    assert!(watching.events.try_recv().is_err());
}

async fn of_a_list_that_the_store_cannot_take_nothing_is_made(place: Place) {
    let clinic = place.clinic().await;
    let desk = at_the_desk(&clinic).await;
    let (before, lines) = (clinic.hub().last(), clinic.store().audit_head().await.unwrap().last);
    let mut watching = clinic.hub().subscribe();
    let mut plans: Vec<Plan> = (0..6).map(|n| plan(&clinic, &format!("Patient {n}"), 60 + n)).collect();
    // A time that no database has.
    plans[4].starts_at = Millis(u64::MAX);
    assert!(clinic.book_all(plans.clone(), &desk).await.is_err());
    assert_eq!(counts(&clinic).await, [0, 0, 0]);
    assert!(watching.events.try_recv().is_err(), "and nobody was told of any");
    assert_eq!(clinic.store().audit_head().await.unwrap().last, lines);
    plans.remove(4);
    assert!(clinic.book_all(plans, &desk).await.unwrap().iter().all(Result::is_ok), "it can be sent again");
    assert_eq!(clinic.hub().last(), before + 5);
}

async fn a_link_outlasts_a_visit_that_began_as_late_as_it_could(place: Place) {
    let clinic = place.clinic().await;
    let seat = SeatId::random().unwrap();
    let closes = clinic.policy().closes_after;
    let appointment = Command::Schedule {
        patient: PatientId::random().unwrap(),
        provider: OKAFOR,
        seat,
        starts_at: clinic.now().minus(closes),
        minutes: 20,
        interpreter: false,
    };
    let visit = clinic.schedule(appointment, PROVIDER).await.unwrap();
    clinic.issue_link(visit, seat, AuditActor::System).await.unwrap();
    let row = sqlx::query("SELECT expires_at FROM links").fetch_one(clinic.store().pool()).await.unwrap();
    let expires_at = Millis(u64::try_from(row.get::<i64, _>(0)).unwrap());
    assert!(expires_at >= clinic.now().plus(Duration::from_hours(24)), "who checks in now has a day");
}

async fn links_are_taken_away_and_their_holder_put_out_or_neither(place: Place) {
    let clinic = place.clinic().await;
    let desk = at_the_desk(&clinic).await;
    let visit = waiting(&clinic).await;
    let admitted = clinic.carry_out(visit, admit(), PROVIDER).await.unwrap();
    let link = clinic.issue_link(visit, admitted.seat, AuditActor::System).await.unwrap();
    let entered = clinic.enter_by_secret(&link.secret, Whence::Unknown).await.unwrap();
    let rename = async |sql: &'static str| {
        let mut tx = clinic.store().begin().await.unwrap();
        sqlx::query(sql).execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
    };
    // The second half of it cannot be written: as if the power had failed between the two.
    rename("ALTER TABLE rooms_to_end RENAME TO away").await;
    assert!(clinic.take_links_away(visit, &desk).await.is_err());
    assert!(
        clinic.seat_session(&entered.secret).await.unwrap().is_some(),
        "they are still in, and seen to be"
    );
    rename("ALTER TABLE away RENAME TO rooms_to_end").await;
    clinic.take_links_away(visit, &desk).await.unwrap();
    assert!(clinic.seat_session(&entered.secret).await.unwrap().is_none());
    let after = clinic.visit(visit).await.unwrap().unwrap();
    assert!(after.stage.room().is_some() && after.stage.room() != admitted.stage.room(), "another room");
    assert!(clinic.enter_by_secret(&link.secret, Whence::Unknown).await.is_err());
}
