//! The audit as evidence, on a database of its own that is changed behind the program's back.

use super::{
    PROVIDER, admit,
    database::{Place, on_every_database},
    waiting,
};
use owl_hospital::server::{
    audit::{AuditKey, AuditKeyError, Report},
    clinic::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, verify},
    store::StoreError,
};

on_every_database! {
    what_is_changed_behind_the_programs_back_is_found_and_said,
    a_truncation_that_the_database_hides_is_missed_by_the_checkpoint_only,
    two_processes_write_one_chain_at_once,
    nothing_is_audited_that_was_not_done,
    a_database_is_not_opened_with_another_key_or_none,
}

async fn report(clinic: &Clinic, place: &Place) -> Report {
    let directory = place.directory.path();
    let key = AuditKey::load(&directory.join("audit.key")).unwrap();
    verify(clinic.store(), &key, &directory.join("audit.checkpoints")).await.unwrap()
}

async fn behind_its_back(clinic: &Clinic, sql: &'static str) {
    let mut tx = clinic.store().begin().await.unwrap();
    sqlx::query(sql).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
}

fn a_line() -> AuditEntry {
    AuditEntry {
        actor: AuditActor::System,
        action: AuditAction::StreamStarted,
        visit: None,
        patient: None,
        outcome: AuditOutcome::Done,
    }
}

/// Some lines, a checkpoint, and some more.
async fn audited(place: &Place) -> Clinic {
    let clinic = place.clinic().await;
    let visit = waiting(&clinic).await;
    clinic.checkpoint().await.unwrap();
    clinic.carry_out(visit, admit(), PROVIDER).await.unwrap();
    clinic
}

async fn what_is_changed_behind_the_programs_back_is_found_and_said(place: Place) {
    for (sql, said) in [
        ("UPDATE audit SET actor = 'nobody' WHERE id = 2", "Line 2 ("),
        ("UPDATE audit SET patient = NULL WHERE id = 3", "Line 3 ("),
        ("UPDATE audit SET at = at + 1 WHERE id = 4", "Line 4 ("),
        ("UPDATE audit SET mac = '' WHERE id = 1", "Line 1 ("),
        ("DELETE FROM audit WHERE id = 2", "Line 2 is missing: it was removed."),
        ("DELETE FROM audit WHERE id < 3", "Lines 1 to 2 are missing"),
        ("DELETE FROM audit WHERE id = 4", "The last lines were removed: 4 were written, 3 are there."),
        ("DELETE FROM audit", "The last lines were removed: at the checkpoint of "),
        (
            "INSERT INTO audit SELECT 5, at, actor, action, visit, patient, about, outcome, mac FROM audit WHERE id = 4",
            "Line 5 and those after it were put in",
        ),
        (
            "INSERT INTO audit SELECT 0, at, actor, action, visit, patient, about, outcome, mac FROM audit WHERE id = 4",
            "Line 0 was put in",
        ),
        (
            "UPDATE audit SET id = CASE id WHEN 2 THEN -3 ELSE -2 END WHERE id IN (2, 3)",
            "Lines 2 to 3 are missing",
        ),
        ("UPDATE audit_head SET mac = 'x'", "its row in audit_head was altered"),
        ("UPDATE audit_head SET last = 2", "Line 3 and those after it were put in"),
    ] {
        let place = if place.url.is_some() { Place::postgres().await.unwrap() } else { Place::sqlite() };
        let clinic = audited(&place).await;
        let before = report(&clinic, &place).await;
        assert!(before.is_whole() && before.lines == 4, "{before}");
        assert!(before.to_string().contains("1 lines came after it"), "{before}");
        behind_its_back(&clinic, sql).await;
        let found = report(&clinic, &place).await;
        assert!(found.to_string().contains(said), "{sql}: {found}");
    }
}

async fn a_truncation_that_the_database_hides_is_missed_by_the_checkpoint_only(place: Place) {
    let clinic = audited(&place).await;
    let head = "UPDATE audit_head SET last = (SELECT MAX(id) FROM audit), mac = (SELECT mac FROM audit ORDER BY id DESC LIMIT 1)";
    behind_its_back(&clinic, "DELETE FROM audit WHERE id > 3").await;
    behind_its_back(&clinic, head).await;
    assert!(report(&clinic, &place).await.is_whole(), "this is what a checkpoint a minute leaves open");
    behind_its_back(&clinic, "DELETE FROM audit WHERE id > 2").await;
    behind_its_back(&clinic, head).await;
    let found = report(&clinic, &place).await;
    assert!(found.to_string().contains("there were 3, now 2 are there"), "{found}");
    // The clinic goes on, and it stays found.
    waiting(&clinic).await;
    clinic.checkpoint().await.unwrap();
    let found = report(&clinic, &place).await;
    assert!(found.to_string().contains("Line 3 is not the one that was there at the checkpoint"), "{found}");
}

async fn two_processes_write_one_chain_at_once(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    let work = |clinic: Clinic| async move {
        for _ in 0..20 {
            clinic.audit(a_line()).await.unwrap();
            clinic.checkpoint().await.unwrap();
        }
    };
    let reader = place.clinic().await;
    tokio::join!(work(one), work(other));
    let found = report(&reader, &place).await;
    assert!(found.is_whole(), "{found}");
    assert_eq!(found.lines, 40);
}

async fn nothing_is_audited_that_was_not_done(place: Place) {
    let clinic = place.clinic().await;
    let mut tx = clinic.store().begin().await.unwrap();
    tx.audit(&a_line(), clinic.now()).await.unwrap();
    drop(tx);
    assert_eq!(clinic.store().audit_head().await.unwrap().last, 0);
    clinic.audit(a_line()).await.unwrap();
    assert_eq!(clinic.store().audit_head().await.unwrap().last, 1);
}

async fn a_database_is_not_opened_with_another_key_or_none(place: Place) {
    let key = place.directory.path().join("audit.key");
    drop(place.clinic().await);
    std::fs::write(&key, "0f".repeat(32)).unwrap();
    let refusal = |outcome: Result<Clinic, StoreError>| outcome.map(drop).unwrap_err();
    let error = refusal(place.open().await);
    assert!(matches!(error, StoreError::AuditKey(AuditKeyError::Another { .. })), "{error}");
    std::fs::remove_file(&key).unwrap();
    let error = refusal(place.open().await);
    assert!(matches!(error, StoreError::AuditKey(AuditKeyError::Missing { .. })), "{error}");
    assert!(!key.exists(), "a new one would hide that the old one is lost");
}
