//! Invariant 8: an answer follows its commit. One that fails is no answer, one that is held back holds the answer back.

use super::{
    PROVIDER, admit,
    database::{Place, on_every_database},
    waiting,
};
use owl_hospital::server::{
    clinic::ClinicError,
    store::{DatabaseKind, Store},
};
use sqlx::{AssertSqlSafe, Executor, Row};
use std::pin::pin;

on_every_database! { what_cannot_be_committed_has_not_happened }

/// Lets every commit of an event fail that was fine until then.
const REFUSE_SQLITE: [&str; 2] = [
    "CREATE TABLE promised (id BIGINT REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED)",
    "CREATE TRIGGER refuse AFTER INSERT ON events BEGIN INSERT INTO promised VALUES (-1); END",
];
const REFUSE_POSTGRES: [&str; 2] = [
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'",
    "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED \
     FOR EACH ROW EXECUTE FUNCTION refuse()",
];

async fn run(store: &Store, statements: &[&'static str]) {
    for statement in statements {
        store.pool().execute(*statement).await.unwrap();
    }
}

async fn what_cannot_be_committed_has_not_happened(place: Place) {
    let clinic = place.clinic().await;
    let visit = waiting(&clinic).await;
    let before = clinic.hub().last();
    let (refuse, again) = match clinic.store().kind() {
        DatabaseKind::Sqlite => (&REFUSE_SQLITE, "DROP TRIGGER refuse"),
        DatabaseKind::Postgres => (&REFUSE_POSTGRES, "DROP TRIGGER refuse ON events"),
    };
    run(clinic.store(), refuse).await;
    let mut watching = clinic.hub().subscribe();

    let failed = clinic.carry_out(visit, admit(), PROVIDER).await.unwrap_err();
    assert!(matches!(failed, ClinicError::Store(_)), "{failed}");
    assert!(watching.events.try_recv().is_err(), "nobody was told of it");
    assert_eq!(clinic.hub().last(), before);
    assert!(clinic.visit(visit).await.unwrap().unwrap().stage.room().is_none());
    assert_eq!(place.store().await.read(visit).await.unwrap().len(), 3, "nor is it stored");

    run(clinic.store(), &[again]).await;
    clinic.carry_out(visit, admit(), PROVIDER).await.unwrap();
    assert_eq!(watching.events.try_recv().unwrap().id, before + 1, "the number was not used up either");
    assert_eq!(place.store().await.read(visit).await.unwrap().len(), 4);
}

/// Lets the commits of events wait for whoever has the lock 4711.
const HOLD_BACK: [&str; 2] = [
    "CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql AS \
     'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END'",
    "CREATE CONSTRAINT TRIGGER hold_back AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED \
     FOR EACH ROW EXECUTE FUNCTION hold_back()",
];
const IS_HELD_BACK: &str =
    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted";

#[tokio::test]
async fn a_commit_that_is_held_back_holds_the_answer_back() {
    let Some(place) = Place::postgres().await else { return };
    let clinic = place.clinic().await;
    let visit = waiting(&clinic).await;
    run(clinic.store(), &HOLD_BACK).await;
    let mut watching = clinic.hub().subscribe();
    let mut holder = clinic.store().pool().acquire().await.unwrap();
    holder.execute("SELECT pg_advisory_lock(4711)").await.unwrap();

    let mut admitting = pin!(clinic.carry_out(visit, admit(), PROVIDER));
    let held_back =
        async { while clinic.store().pool().fetch_optional(IS_HELD_BACK).await.unwrap().is_none() {} };
    tokio::select! {
        answer = &mut admitting => panic!("answered before the commit: {}", answer.is_ok()),
        () = held_back => {}
    }
    assert!(watching.events.try_recv().is_err(), "nobody is told of what may yet fail");
    assert_eq!(place.store().await.read(visit).await.unwrap().len(), 3);

    holder.execute("SELECT pg_advisory_unlock(4711)").await.unwrap();
    admitting.await.unwrap();
    assert_eq!(watching.events.try_recv().unwrap().visit, visit);
    assert_eq!(place.store().await.read(visit).await.unwrap().len(), 4);
}

#[tokio::test]
async fn every_pooled_connection_to_a_postgresql_has_a_commit_on_the_disk_before_it_answers() {
    let Some(place) = Place::postgres().await else { return };
    let postgres = place.store().await;
    // What is stricter than needed stays as it is; whoever is in a hurry is not.
    for (told, kept) in [("off", "on"), ("on", "on"), ("local", "local"), ("remote_apply", "remote_apply")] {
        let sql = "SELECT format('ALTER DATABASE %I SET synchronous_commit = %L', current_database(), $1)";
        let row = sqlx::query(sql).bind(told).fetch_one(postgres.pool()).await.unwrap();
        postgres.pool().execute(AssertSqlSafe(row.get::<String, _>(0))).await.unwrap();
        let store = place.store().await;
        let mut held = Vec::new();
        for _ in 0..store.pool().options().get_max_connections() {
            let mut connection = store.pool().acquire().await.unwrap();
            let row = connection.fetch_one("SELECT current_setting('synchronous_commit')").await.unwrap();
            assert_eq!(row.get::<String, _>(0), kept, "told {told}");
            held.push(connection);
        }
        assert_eq!(held.len(), 8, "all at once, so each is another one");
    }
}
