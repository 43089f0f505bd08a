//! The files beside the audit: the key, the checkpoints, the settings that were seen; and `owl audit verify`, which reads them.

use super::{
    app::{DATABASE_URL, config},
    clinic::clinic,
};
use owl_hospital::server::{Application, audit::AuditKey, clinic::verify, config::Task, store::Store};
use std::{path::Path, process};

async fn is_whole(directory: &Path) -> owl_hospital::server::audit::Report {
    let data = directory.join("data");
    let settings = config(directory, &[]);
    let store = Store::open(&settings.clinic.database, &data).await.unwrap();
    let key = AuditKey::load(&data.join("audit.key")).unwrap();
    verify(&store, &key, &data.join("audit.checkpoints")).await.unwrap()
}

#[tokio::test]
async fn a_start_tells_which_settings_have_changed_and_a_stop_leaves_a_checkpoint() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("site")).unwrap();
    let mut last = 0;
    let mut said = Vec::new();
    for settings in [
        &[("CLINIC_NAME", "North Clinic"), ("TURN_URLS", "turn:a"), ("TURN_SECRET", "hush-hush")][..],
        &[("CLINIC_NAME", "North Clinic"), ("TURN_URLS", "turn:a"), ("TURN_SECRET", "hush-hush")],
        &[("CLINIC_NAME", "South Clinic"), ("TURN_URLS", "turn:a"), ("TURN_SECRET", "not-any-more")],
        &[("CLINIC_NAME", "South Clinic")],
    ] {
        let application = Application::build(config(directory.path(), settings)).await.unwrap();
        let store = application.state().clinic.store().clone();
        let rows = store.audit_after(last, 100).await.unwrap();
        last = rows.last().map_or(last, |row| row.id);
        said.push(rows.into_iter().filter_map(|row| row.line.about).collect::<Vec<_>>());
        // What comes last is in the last checkpoint as well.
        let mut tx = store.begin().await.unwrap();
        let line = owl_hospital::server::clinic::AuditEntry {
            actor: owl_hospital::server::clinic::AuditActor::System,
            action: owl_hospital::server::clinic::AuditAction::LogOut,
            visit: None,
            patient: None,
            outcome: owl_hospital::server::clinic::AuditOutcome::Done,
        };
        tx.audit(&line, application.state().clinic.now()).await.unwrap();
        tx.commit().await.unwrap();
        last += 1;
        application.run_until(async {}).await.unwrap();
        let report = is_whole(directory.path()).await;
        assert!(report.to_string().contains("; 0 lines came after it"), "{report}");
    }
    let expected: [&[&str]; 4] =
        [&["all, for the first time"], &[], &["CLINIC_NAME", "TURN_SECRET"], &["TURN_SECRET", "TURN_URLS"]];
    assert_eq!(said, expected);
    let seen = std::fs::read_to_string(directory.path().join("data/settings.seen")).unwrap();
    assert!(seen.contains("CLINIC_NAME ") && !seen.contains("South Clinic"), "{seen}");
}

#[tokio::test]
async fn owl_audit_verify_ends_with_0_1_or_2() {
    let (app, _) = clinic(&[]).await;
    let data = app.directory.path().join("data");
    let verify = || {
        let mut command = process::Command::new(env!("CARGO_BIN_EXE_owl"));
        let output = command.args(["audit", "verify"]).env("DATA_DIR", &data).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), text)
    };
    let (code, text) = verify();
    assert!(code == 0 && text.starts_with("The audit is whole: "), "{code}: {text}");
    let clinic = &app.application.state().clinic;
    let mut tx = clinic.store().begin().await.unwrap();
    sqlx::query("DELETE FROM audit WHERE id = 3").execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    let (code, text) = verify();
    assert!(
        code == 1 && text.starts_with("Line 3 is missing: it was removed.\nThe audit is not whole"),
        "{code}: {text}"
    );
    std::fs::remove_file(data.join("audit.key")).unwrap();
    let (code, text) = verify();
    assert!(code == 2 && text.contains("audit.key is not there"), "{code}: {text}");
}

/// As from a timer that lacks the server's settings.
#[tokio::test]
async fn owl_audit_verify_does_not_call_the_wrong_database_whole() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path();
    AuditKey::load_or_create(&data.join("audit.key")).unwrap();
    let url = DATABASE_URL.with_borrow(Clone::clone).unwrap_or_default();
    let verify = || {
        let mut command = process::Command::new(env!("CARGO_BIN_EXE_owl"));
        command.args(["audit", "verify"]).env("DATA_DIR", data).env("DATABASE_URL", &url);
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), text)
    };
    let (code, text) = verify();
    assert!(
        code == 2 && text.contains("There is no clinic in") && text.contains("DATABASE_URL"),
        "{code}: {text}"
    );
    assert!(!data.join("clinic.db").exists(), "it makes nothing");
    // What an earlier version has made there: tables, and nothing in them.
    let settings = Task::read(["owl".into()], |name| match name {
        "DATA_DIR" => Some(data.into()),
        "DATABASE_URL" => Some((&url).into()),
        _ => None,
    });
    let Task::Clinic(config) = settings.unwrap() else { panic!("another task") };
    Store::open(&config.clinic.database, data).await.unwrap().close().await;
    let (code, text) = verify();
    assert!(code == 1 && text.starts_with("Nothing is sealed here"), "{code}: {text}");
}

super::on_postgres::on_postgres_too! {
    owl_audit_verify_does_not_call_the_wrong_database_whole,
    a_start_tells_which_settings_have_changed_and_a_stop_leaves_a_checkpoint,
}
