//! Migrations go forward only: a database that any earlier program has filled is opened by this one, and served.

use super::{
    app::{DATABASE_URL, TestApp, config},
    database::Place,
    fixtures::{call, get, leads_to, log_in, post},
    on_postgres::on_postgres_too,
};
use axum::http::StatusCode;
use owl_hospital::{
    api::clinic::{ActOnVisit, ReadNote, StaffWish},
    domain::visit::{Millis, Outcome, Presence, Stage, VisitId},
    server::{Application, audit::AuditKey, clinic::verify},
};
use sqlx::{
    AssertSqlSafe, Executor, SqlSafeStr,
    any::{AnyPoolOptions, install_default_drivers},
    migrate::{Migration, MigrationType, Migrator},
};
use std::{borrow::Cow, fs, os::unix::fs::PermissionsExt, path::Path};

/// Number and name of each migration that was ever released, and how its file's SHA-384 begins: what is released is never changed.
const RELEASED: [(i64, &str, &str); 12] = [
    (1, "log", "444be5a149e1d490401a29aaba2f06ec"),
    (2, "people", "82d27ec596b3e3ef1780f353a5036f51"),
    (3, "staff", "fd5d2a5e1582044fd76a013e1fe98594"),
    (4, "links", "8a374b0377e9f724d951b2303b8bb5cd"),
    (5, "audit", "b0db00118bd0e5afe74f6cccb775e184"),
    (6, "notes", "9b7dcb2e0de8775bf45e2a83fefdf095"),
    (7, "audit_chain", "5d714babb9140dd24d089ba9a79a0c06"),
    (8, "nodes", "dc503705e716e06ea816471f5021f9c9"),
    (11, "time_zones", "d57e3c965aa315fb7e385dd0ae5f7ad8"),
    (12, "desk", "3f9ceb9892fb0273780f8b05ccef4e2b"),
    (13, "desk_log", "fa3af6be3cefb954cc5d312d98028b21"),
    (14, "throttle_by_time", "50743b7de505b304dfe17c3f48f1cad4"),
];

/// With which the lines of the audit in `rows.sql` are sealed.
const AUDIT_KEY: &str = "ec7392e02aae7ff83992cb34010e88b455b93dafe352240947d8eb6c29e36e19";

const SEEN: VisitId = VisitId(0xa1);
const WAITS: VisitId = VisitId(0xa2);
const TO_COME: VisitId = VisitId(0xa3);

/// Of the link of who waits, and of the browser that came by it.
const LINK: &str = "secret=00112233445566778899aabbccddeeff";
const SEAT: &str = "__Host-seat=ffeeddccbbaa99887766554433221100";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn released(number: i64, name: &str) -> Migration {
    let file = root().join(format!("migrations/{number:04}_{name}.sql"));
    let sql = AssertSqlSafe(fs::read_to_string(file).unwrap()).into_sql_str();
    Migration::new(number, name.to_owned().into(), MigrationType::Simple, sql, false)
}

/// What was written after that migration.
fn rows(number: i64) -> String {
    let all = fs::read_to_string(root().join("tests/databases/rows.sql")).unwrap();
    let (_, rest) = all.split_once(&format!("-- after {number}\n")).expect("rows for each migration");
    rest.split("-- after").next().unwrap().to_owned()
}

/// A database as it was when that migration was the last one.
async fn fill(data: &Path, last: i64) {
    install_default_drivers();
    fs::create_dir(data).unwrap();
    let file = format!("sqlite://{}?mode=rwc", data.join("clinic.db").display());
    let url = DATABASE_URL.with_borrow(Clone::clone).unwrap_or(file);
    let pool = AnyPoolOptions::new().max_connections(1).connect(&url).await.unwrap();
    let mut migrations = Vec::new();
    for (number, name, _) in RELEASED.into_iter().filter(|(number, ..)| *number <= last) {
        migrations.push(released(number, name));
        let migrator = Migrator { migrations: Cow::Owned(migrations.clone()), ..Migrator::DEFAULT };
        migrator.run(&pool).await.unwrap();
        pool.execute(sqlx::raw_sql(AssertSqlSafe(rows(number)))).await.unwrap();
    }
    pool.close().await;
    if last >= 7 {
        let key = data.join("audit.key");
        fs::write(&key, AUDIT_KEY).unwrap();
        fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[test]
fn no_migration_that_was_released_is_changed() {
    for (number, name, begins) in RELEASED {
        let checksum = released(number, name)
            .checksum
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        assert!(checksum.starts_with(begins), "{number:04}_{name} was released: {checksum}");
    }
    let files = fs::read_dir(root().join("migrations")).unwrap().count();
    assert_eq!(files, RELEASED.len(), "the new one belongs into the list, and rows for it into rows.sql");
}

#[tokio::test]
async fn what_an_earlier_program_has_written_is_opened_folded_and_served() {
    for (last, ..) in RELEASED {
        let directory = tempfile::tempdir().unwrap();
        if DATABASE_URL.with_borrow(Option::is_some) {
            DATABASE_URL.set(Place::postgres().await.unwrap().url);
        }
        fill(&directory.path().join("data"), last).await;
        fs::create_dir(directory.path().join("site")).unwrap();
        let settings = config(directory.path(), &[("RETENTION_DAYS", "36500")]);
        let application = Application::build(settings).await.unwrap();
        let app = TestApp { application, directory };
        is_folded(&app, last).await;
        if last >= 3 {
            is_served(&app, last).await;
        }
        app.application.state().stopping.cancel();
    }
}

async fn is_folded(app: &TestApp, last: i64) {
    let clinic = &app.application.state().clinic;
    let visit = async |id| clinic.visit(id).await.unwrap().unwrap();
    assert_eq!(visit(SEEN).await.stage, Stage::Ended(Outcome::Seen), "{last}");
    let waits = visit(WAITS).await;
    assert_eq!((waits.stage, waits.presence, waits.interpreter), (Stage::Waiting, Presence::Here, true));
    let to_come = visit(TO_COME).await;
    assert_eq!((to_come.starts_at, to_come.minutes), (Millis(4_102_480_800_000), 20));
    assert_eq!(clinic.open_visits().len(), 2);
    assert_eq!(clinic.hub().last(), 11);
    if last >= 2 {
        let patient = clinic.store().patient(waits.patient).await.unwrap().unwrap();
        assert_eq!((patient.name.as_str(), patient.birth_date.as_str()), ("Henry Adler", "1941-11-02"));
        assert_eq!(clinic.store().details(WAITS).await.unwrap().call_back, "555-0100");
    }
}

async fn is_served(app: &TestApp, last: i64) {
    let provider = log_in(app, "okafor").await;
    let queue = app.send(get("/clinic", &provider)).await;
    assert!(queue.status == StatusCode::OK && queue.body.contains("Henry Adler"), "{last}: {}", queue.body);
    if last >= 4 {
        assert_eq!(app.send(get("/visit", SEAT)).await.status, StatusCode::OK, "who had come is still in");
        assert_eq!(leads_to(&app.send(post("/v/enter", "", LINK)).await), "/visit", "{last}");
    }
    if last >= 6 {
        let note = app.send(call("/api/read_note", &provider, &ReadNote { visit: SEEN })).await;
        assert!(note.status == StatusCode::OK && note.body.contains("Rest and ice."), "{last}");
    }
    let admitted =
        app.send(call("/api/act_on_visit", &provider, &ActOnVisit { visit: WAITS, wish: StaffWish::Admit }));
    assert_eq!(admitted.await.status, StatusCode::OK, "{last}");
    let (clinic, data) = (&app.application.state().clinic, app.directory.path().join("data"));
    let key = AuditKey::load(&data.join("audit.key")).unwrap();
    let report = verify(clinic.store(), &key, &data.join("audit.checkpoints")).await.unwrap();
    assert!(report.is_whole(), "{last}: {report}");
}

on_postgres_too! { what_an_earlier_program_has_written_is_opened_folded_and_served }
