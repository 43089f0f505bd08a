//! Personal data end, and leave nothing behind; logs stay.

use super::{
    database::{Place, on_every_database},
    files::stands_in,
};
use owl_hospital::{
    domain::{
        NoteMark,
        visit::{
            Actor, Command, Millis, Outcome, PatientId, RoomName, SeatId, StaffId, StaffRole, Visit, VisitId,
        },
    },
    server::{
        clinic::{AuditActor, Clinic, EraseError, NewStaff, StaffSession, Whence},
        store::{Patient, VisitDetails},
    },
};
use sqlx::Row;
use std::{collections::BTreeSet, ops::Deref, time::Duration};

const OKAFOR: StaffId = StaffId(7);
const PROVIDER: Actor = Actor::Staff(OKAFOR, StaffRole::Provider);
const DAY: u64 = 24 * 3_600_000;

on_every_database! {
    old_data_go_when_their_time_is_over_and_the_log_stays,
    links_sessions_invitations_and_failures_go_when_they_mean_nothing_any_more,
    a_patient_is_erased_on_request_but_not_while_a_visit_is_open,
}

async fn clinic(place: &Place) -> Clinic {
    let mut config = place.config().clinic;
    config.times.retention = Duration::from_millis(100 * DAY);
    Clinic::open(place.store().await, config).await.unwrap()
}

/// A clinic in which somebody has logged in.
struct Ward {
    clinic: Clinic,
    logged_in: StaffSession,
}

impl Deref for Ward {
    type Target = Clinic;

    fn deref(&self) -> &Clinic {
        &self.clinic
    }
}

impl Ward {
    async fn open(place: &Place) -> Self {
        let clinic = clinic(place).await;
        let (email, password) = ("reyes@owl.example", "owls hunt at night");
        let new = NewStaff {
            email: email.to_owned(),
            name: "Sam Reyes".to_owned(),
            role: StaffRole::FrontDesk,
            password: Some(password.into()),
        };
        clinic.hire(new, AuditActor::System).await.unwrap();
        let secret = clinic.log_in(email, password.into(), "", Whence::Unknown).await.unwrap().secret;
        let logged_in = clinic.staff_session(&secret, true).await.unwrap().unwrap();
        Self { clinic, logged_in }
    }

    /// As if they were somebody else.
    fn session(&self, staff: StaffId, role: StaffRole) -> StaffSession {
        let mut session = self.logged_in.clone();
        (session.staff, session.role) = (staff, role);
        session
    }
}

async fn patient(clinic: &Clinic, name: &str) -> PatientId {
    let id = PatientId::random().unwrap();
    let patient =
        Patient { id, name: name.to_owned(), birth_date: "1950-01-01".to_owned(), language: "en".to_owned() };
    let mut tx = clinic.store().begin().await.unwrap();
    tx.put_patient(&patient, clinic.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A visit with all that lies beside one: a reason that was corrected, a note, a link.
async fn visit(clinic: &Ward, patient: PatientId, reason: &str) -> VisitId {
    let (seat, starts_at) = (SeatId::random().unwrap(), clinic.now());
    let command =
        Command::Schedule { patient, provider: OKAFOR, seat, starts_at, minutes: 20, interpreter: false };
    let visit = clinic.schedule(command, PROVIDER).await.unwrap();
    for reason in [format!("Mistyped {reason}"), reason.to_owned()] {
        let mut tx = clinic.store().begin().await.unwrap();
        tx.put_details(visit, &VisitDetails { reason, ..VisitDetails::default() }).await.unwrap();
        tx.commit().await.unwrap();
    }
    clinic
        .write_note(
            visit,
            &clinic.session(OKAFOR, StaffRole::Provider),
            &format!("Note on {reason}"),
            &[NoteMark::of("")],
        )
        .await
        .unwrap();
    clinic.issue_link(visit, seat, AuditActor::System).await.unwrap();
    visit
}

/// Sees the patient, and says when that was over.
async fn end(clinic: &Clinic, visit: VisitId) -> Millis {
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(visit, command, Actor::Patient).await.unwrap();
    }
    let room = RoomName::random().unwrap();
    for command in [Command::Admit { room }, Command::End { outcome: Outcome::Seen }] {
        clinic.carry_out(visit, command, PROVIDER).await.unwrap();
    }
    let ended = clinic.store().read(visit).await.unwrap().last().unwrap().at;
    // What comes next shall not be in the same millisecond.
    while clinic.now() <= ended {
        std::hint::spin_loop();
    }
    ended
}

async fn count(clinic: &Clinic, sql: &'static str, id: impl ToString) -> i64 {
    let row = sqlx::query(sql).bind(id.to_string()).fetch_one(clinic.store().pool()).await.unwrap();
    row.get(0)
}

/// How much lies beside a visit: details, note, link.
async fn beside(clinic: &Clinic, visit: VisitId) -> [i64; 3] {
    [
        count(clinic, "SELECT COUNT(*) FROM visit_details WHERE visit = $1", visit).await,
        count(clinic, "SELECT COUNT(*) FROM notes WHERE visit = $1", visit).await,
        count(clinic, "SELECT COUNT(*) FROM links WHERE visit = $1", visit).await,
    ]
}

async fn erasures(clinic: &Clinic) -> i64 {
    count(clinic, "SELECT COUNT(*) FROM audit WHERE action = $1", "record-erased").await
}

async fn old_data_go_when_their_time_is_over_and_the_log_stays(place: Place) {
    let clinic = Ward::open(&place).await;
    let [once, again, planned] =
        [patient(&clinic, "Once").await, patient(&clinic, "Again").await, patient(&clinic, "Planned").await];
    let olds = [
        visit(&clinic, once, "A").await,
        visit(&clinic, again, "B").await,
        visit(&clinic, planned, "C").await,
    ];
    let mut ended = Millis(0);
    for old in olds {
        ended = end(&clinic, old).await;
    }
    let (young, open) = (visit(&clinic, again, "D").await, visit(&clinic, planned, "E").await);
    end(&clinic, young).await;
    let logs = clinic.store().read(olds[0]).await.unwrap();

    let on_the_last_day =
        Millis(clinic.store().read(olds[0]).await.unwrap().last().unwrap().at.0 + 100 * DAY);
    clinic.sweep(on_the_last_day).await.unwrap();
    assert_eq!(erasures(&clinic).await, 0, "not a moment too early");

    let due = Millis(ended.0 + 100 * DAY + 1);
    clinic.sweep(due).await.unwrap();
    for old in olds {
        assert_eq!(beside(&clinic, old).await, [0; 3]);
    }
    // Their links are too old by themselves.
    assert_eq!(beside(&clinic, young).await, [1, 1, 0]);
    assert_eq!(beside(&clinic, open).await, [1, 1, 0]);
    let is_there = async |id| clinic.store().patient(id).await.unwrap().is_some();
    assert_eq!([is_there(once).await, is_there(again).await, is_there(planned).await], [false, true, true]);
    assert_eq!(clinic.store().read(olds[0]).await.unwrap(), logs);
    assert!(Visit::of(&logs).unwrap().stage.is_over(), "it still folds");

    assert_eq!(erasures(&clinic).await, 4, "three visits and a patient");
    clinic.sweep(due).await.unwrap();
    assert_eq!(erasures(&clinic).await, 4, "what is gone is not erased again");
}

async fn links_sessions_invitations_and_failures_go_when_they_mean_nothing_any_more(place: Place) {
    let clinic = clinic(&place).await;
    let now = clinic.now().0;
    let rows = [
        ("INSERT INTO links VALUES ('old', 'a', 'a', 'v', 's', $1, NULL)", 32),
        ("INSERT INTO links VALUES ('late', 'b', 'b', 'v', 's', $1, NULL)", 2),
        ("INSERT INTO links VALUES ('taken', 'c', 'c', 'v', 's', $1, 5)", 0),
        ("INSERT INTO links VALUES ('good', 'd', 'd', 'v', 's', $1, NULL)", 0),
        ("INSERT INTO seat_sessions VALUES ('of late', 'late', 'v', 's', 0, 1, $1, '')", 9),
        ("INSERT INTO seat_sessions VALUES ('of taken', 'taken', 'v', 's', 0, 1, $1, '')", 9),
        ("INSERT INTO seat_sessions VALUES ('of good', 'good', 'v', 's', 0, 1, $1, '')", 9),
        ("INSERT INTO staff_sessions VALUES ('old', 's', $1, 0)", 2),
        ("INSERT INTO staff_sessions VALUES ('young', 's', $1, 0)", 0),
        ("INSERT INTO staff_invitations VALUES ('old', 's', $1)", 2),
        ("INSERT INTO staff_invitations VALUES ('young', 's', $1)", 0),
        ("INSERT INTO throttle VALUES ('old', 9, $1)", 3),
        ("INSERT INTO throttle VALUES ('young', 9, $1)", 0),
    ];
    let mut tx = clinic.store().begin().await.unwrap();
    for (sql, days_ago) in rows {
        let at = i64::try_from(now - days_ago * DAY).unwrap();
        sqlx::query(sql).bind(at).execute(tx.connection()).await.unwrap();
    }
    tx.commit().await.unwrap();
    clinic.sweep(Millis(now)).await.unwrap();
    let mut left = Vec::new();
    for sql in [
        "SELECT id FROM links ORDER BY id",
        "SELECT hash FROM seat_sessions ORDER BY hash",
        "SELECT hash FROM staff_sessions",
        "SELECT hash FROM staff_invitations",
        "SELECT target FROM throttle",
    ] {
        let rows = sqlx::query(sql).fetch_all(clinic.store().pool()).await.unwrap();
        left.push(rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>().join(", "));
    }
    assert_eq!(left, ["good, late, taken", "of good", "young", "young", "young"]);
}

/// Whether a text is anywhere in the files of an SQLite.
fn is_in_files(place: &Place, text: &str) -> bool {
    assert_eq!(place.url, None);
    stands_in(place.directory.path(), text)
}

#[tokio::test]
async fn nothing_of_what_was_erased_is_left_in_the_databases_files() {
    let place = Place::sqlite();
    let clinic = Ward::open(&place).await;
    let gone = patient(&clinic, "Zebulon Quartermain").await;
    let stays = patient(&clinic, "Philippa Oxenstierna").await;
    // Enough that pages are filled, split and freed.
    let mut ended = Millis(0);
    for number in 0..30 {
        let visit = visit(&clinic, gone, &format!("Lumbago {number} {}", "x".repeat(900))).await;
        ended = end(&clinic, visit).await;
    }
    visit(&clinic, stays, "Sciatica").await;
    for text in ["Zebulon", "Lumbago", "Mistyped Lumbago", "Note on Lumbago", "Oxenstierna", "Sciatica"] {
        assert!(is_in_files(&place, text), "{text}");
    }
    clinic.sweep(Millis(ended.0 + 100 * DAY + 1)).await.unwrap();
    for text in ["Zebulon", "Lumbago"] {
        assert!(!is_in_files(&place, text), "{text} is left");
    }
    for text in ["Oxenstierna", "Sciatica"] {
        assert!(is_in_files(&place, text), "{text}");
    }
}

async fn a_patient_is_erased_on_request_but_not_while_a_visit_is_open(place: Place) {
    let clinic = Ward::open(&place).await;
    let (asks, other) = (patient(&clinic, "Barnaby Rudge").await, patient(&clinic, "Dolly Varden").await);
    let (first, second) = (visit(&clinic, asks, "Gout").await, visit(&clinic, asks, "Gout again").await);
    let others = visit(&clinic, other, "Fever").await;
    end(&clinic, first).await;
    let desk = clinic.session(StaffId(3), StaffRole::FrontDesk);
    let refused = clinic.erase_patient_of(first, &desk).await;
    assert!(matches!(refused, Err(EraseError::OpenVisit)), "{refused:?}");
    end(&clinic, second).await;
    end(&clinic, others).await;
    for role in [StaffRole::Provider, StaffRole::Admin] {
        let refused = clinic.erase_patient_of(first, &clinic.session(OKAFOR, role)).await;
        assert!(matches!(refused, Err(EraseError::NotAllowed)), "{refused:?}");
    }
    assert_eq!(beside(&clinic, first).await, [1, 1, 1], "nothing was erased by those tries");
    clinic.erase_patient_of(first, &desk).await.unwrap();
    assert_eq!([beside(&clinic, first).await, beside(&clinic, second).await], [[0; 3]; 2]);
    assert_eq!(beside(&clinic, others).await, [1, 1, 1]);
    assert!(clinic.store().patient(asks).await.unwrap().is_none());
    assert!(clinic.store().patient(other).await.unwrap().is_some());
    if place.url.is_none() {
        assert!(!is_in_files(&place, "Barnaby") && is_in_files(&place, "Dolly"));
    }
    let outcomes = sqlx::query("SELECT outcome FROM audit WHERE action = 'record-erased' ORDER BY id")
        .fetch_all(clinic.store().pool())
        .await
        .unwrap();
    let outcomes: Vec<String> = outcomes.iter().map(|row| row.get(0)).collect();
    assert_eq!(outcomes, ["refused", "refused", "refused", "done", "done", "done"]);
    // A page that was open all the time.
    let late =
        clinic.write_note(first, &clinic.session(OKAFOR, StaffRole::Provider), "Gout, as I said", &[]).await;
    assert!(late.is_err());
    assert!(place.url.is_some() || !is_in_files(&place, "as I said"));
}

#[tokio::test]
async fn what_is_deleted_is_overwritten_on_every_connection() {
    let place = Place::sqlite();
    let clinic = clinic(&place).await;
    let mut held = Vec::new();
    for _ in 0..8 {
        let mut connection = clinic.store().pool().acquire().await.unwrap();
        let row = sqlx::query("PRAGMA secure_delete").fetch_one(&mut *connection).await.unwrap();
        assert_eq!(row.get::<i64, _>(0), 1);
        held.push(connection);
    }
}

/// Every table is erased, swept, or kept for a reason: whoever adds one says which.
#[tokio::test]
async fn every_table_has_an_end_or_a_reason() {
    let erased_with_its_visit = ["visit_details", "notes", "seat_sessions", "links"];
    let swept = ["patients", "staff_sessions", "staff_invitations", "throttle", "rooms_to_end", "desk_log"];
    let kept = [
        // Ids only.
        "events",
        "visits",
        "head",
        "record_changes",
        "record_head",
        "audit",
        "audit_head",
        // Gone with the process that wrote them.
        "nodes",
        "pages",
        // Who works here, for as long as an admin says.
        "staff",
        "staff_passwords",
        "staff_totp",
        "staff_recovery_codes",
        // The migrations'.
        "_sqlx_migrations",
    ];
    let place = Place::sqlite();
    let clinic = clinic(&place).await;
    let rows =
        sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            .fetch_all(clinic.store().pool())
            .await
            .unwrap();
    let tables: BTreeSet<String> = rows.iter().map(|row| row.get(0)).collect();
    let known = erased_with_its_visit.into_iter().chain(swept).chain(kept).map(str::to_owned).collect();
    assert_eq!(tables, known);
}
