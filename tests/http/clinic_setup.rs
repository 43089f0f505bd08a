//! `owl setup`: the first admin, and a way back for one who cannot log in.

use super::{
    app::{DATABASE_URL, TestApp, app},
    fixtures::{clinic, get, leads_to, log_in, post},
};
use axum::http::StatusCode;
use owl_hospital::server::{
    config::{ConfigError, Task},
    tools::{ToolError, set_up},
};
use sqlx::Row;
use std::{ffi::OsString, path::Path};

fn read(data: &Path, words: &[&str]) -> Result<Task, ConfigError> {
    let data = data.as_os_str().to_owned();
    let words: Vec<OsString> = ["owl", "setup"].iter().chain(words).map(Into::into).collect();
    Task::read(words, |name| match name {
        "DATA_DIR" => Some(data.clone()),
        "DATABASE_URL" => DATABASE_URL.with_borrow(|url| url.as_ref().map(Into::into)),
        _ => None,
    })
}

/// `owl setup` beside the server.
async fn owl_setup(data: &Path, words: &[&str]) -> Result<String, ToolError> {
    let Task::SetUp(task) = read(data, words).unwrap() else { panic!("another task") };
    set_up(*task).await
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    let state = app.application.state();
    sqlx::query(sql).fetch_one(state.clinic.store().pool()).await.unwrap().get(0)
}

async fn run(app: &TestApp, sql: &'static str) {
    let state = app.application.state();
    let mut tx = state.clinic.store().begin().await.unwrap();
    sqlx::query(sql).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
}

const FIRST: [&str; 4] = ["--name", "Robin Vale", "--email", "robin@clinic.example"];
const AGAIN: [&str; 3] = ["--again", "--email", " Admin@owl.example"];

#[tokio::test]
async fn the_first_admin_is_made_with_their_link_or_not_at_all() {
    let app = app(&[]).await;
    let data = app.directory.path().join("data");
    run(&app, "ALTER TABLE staff_invitations RENAME TO away").await;
    assert!(owl_setup(&data, &FIRST).await.is_err());
    assert_eq!(count(&app, "SELECT COUNT(*) FROM staff").await, 0, "an admin without a link is nobody's");
    run(&app, "ALTER TABLE away RENAME TO staff_invitations").await;

    let (one, other) = tokio::join!(owl_setup(&data, &FIRST), owl_setup(&data, &FIRST));
    assert!(one.is_ok() != other.is_ok(), "of two at once one is the first");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM staff").await, 1);
    let Err(refused) = owl_setup(&data, &FIRST).await else { panic!("a second first admin") };
    assert!(refused.to_string().contains("owl setup --again --email"), "{refused}");
}

#[tokio::test]
async fn an_admin_who_cannot_log_in_is_let_in_again() {
    const OLD: &str = "email=admin%40owl.example&password=owls+hunt+at+night";
    let (app, made) = clinic(&[]).await;
    let data = app.directory.path().join("data");
    let admin = log_in(&app, "admin").await;
    let provider = log_in(&app, "okafor").await;
    run(&app, "INSERT INTO staff_totp SELECT id, 'JBSWY3DPEHPK3PXP', 1, 0 FROM staff WHERE role = 'admin'")
        .await;
    for _ in 0..7 {
        app.send(post("/login", "", OLD)).await;
    }
    assert_eq!(app.send(post("/login", "", OLD)).await.status, StatusCode::TOO_MANY_REQUESTS);

    let lost = owl_setup(&data, &AGAIN).await.unwrap();
    let printed = owl_setup(&data, &AGAIN).await.unwrap();
    assert_eq!(leads_to(&app.send(get("/admin", &admin)).await), "/login?ended");
    assert_eq!(app.send(get("/clinic", &provider)).await.status, StatusCode::OK, "others stay");
    assert_eq!(app.send(post("/login", "", OLD)).await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let form = |printed: &str| {
        let secret = printed.split_once("/welcome#").unwrap().1.trim().to_owned();
        format!("secret={secret}&password=four+random+words+here")
    };
    let old = app.send(post("/welcome", "", &form(&lost))).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "the newest link alone is good");
    assert_eq!(leads_to(&app.send(post("/welcome", "", &form(&printed))).await), "/login");
    let new = "email=admin%40owl.example&password=four+random+words+here";
    assert_eq!(leads_to(&app.send(post("/login", "", new)).await), "/admin", "no code is asked for");

    let state = app.application.state();
    let lines = state.clinic.store().audit_after(0, 1_000).await.unwrap();
    let admin = made["staff"].as_array().unwrap().iter().find(|one| one["role"] == "admin").unwrap();
    for (what, times) in [("password and codes reset", 2), ("invited", 2)] {
        let about = format!("staff:{} {what}", admin["id"].as_str().unwrap());
        let found = lines.iter().filter(|row| row.line.about.as_ref() == Some(&about));
        assert_eq!(found.filter(|row| row.line.actor == "system").count(), times, "{about}");
    }
}

#[tokio::test]
async fn nobody_else_is_let_in_by_it_and_no_clinic_is_made_for_it() {
    let (app, _) = clinic(&[]).await;
    let data = app.directory.path().join("data");
    let passwords = "SELECT COUNT(*) FROM staff_passwords";
    let before = count(&app, passwords).await;
    for email in ["okafor@owl.example", "nobody@owl.example"] {
        let refused = owl_setup(&data, &["--again", "--email", email]).await;
        assert!(matches!(refused, Err(ToolError::NoSuchAdmin)), "{email}");
    }
    assert_eq!(count(&app, passwords).await, before);
    if DATABASE_URL.with_borrow(Option::is_none) {
        let elsewhere = tempfile::tempdir().unwrap();
        let refused = owl_setup(elsewhere.path(), &AGAIN).await.unwrap_err().to_string();
        assert!(refused.contains("There is no clinic in"), "{refused}");
        assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
    for wrong in
        [&["--email", "a@b.example"][..], &["--again", "--name", "A", "--email", "a@b.example"], &["--again"]]
    {
        assert!(read(&data, wrong).is_err(), "{wrong:?}");
    }
}

super::on_postgres::on_postgres_too! {
    the_first_admin_is_made_with_their_link_or_not_at_all,
    an_admin_who_cannot_log_in_is_let_in_again,
    nobody_else_is_let_in_by_it_and_no_clinic_is_made_for_it,
}
