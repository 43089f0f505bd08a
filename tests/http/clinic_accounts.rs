//! Accounts: made, changed and ended by admins, and one's own password, codes and sessions.

use super::{
    app::{Answer, TestApp},
    clinic::{clinic, cookie, get, leads_to, post},
    clinic_appointments::log_in,
};
use axum::http::StatusCode;
use owl_hospital::{
    domain::visit::{Actor, Command, RoomName, VisitId},
    server::clinic::IDLE_LIMIT,
};
use serde_json::Value;
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "four+random+words+here";

pub fn id(made: &Value, name: &str) -> String {
    let staff = made["staff"].as_array().unwrap();
    let one = staff.iter().find(|one| one["email"].as_str().unwrap().starts_with(name)).unwrap();
    one["id"].as_str().unwrap().to_owned()
}

pub fn invitation(answer: &Answer) -> String {
    let secret = answer.body.split_once("/welcome#").unwrap().1;
    secret.split('<').next().unwrap().to_owned()
}

async fn try_log_in(app: &TestApp, email: &str, password: &str, code: &str) -> Answer {
    let email = email.replace('@', "%40");
    app.send(post("/login", "", &format!("email={email}&password={password}&code={code}"))).await
}

/// As if nobody had used any session for so long.
pub async fn age_sessions(app: &TestApp, column: &'static str, by: std::time::Duration) {
    let clinic = app.application.state().clinic.clone();
    let by = i64::try_from(by.as_millis()).unwrap();
    let mut tx = clinic.store().begin().await.unwrap();
    let sql = match column {
        "seen_at" => "UPDATE staff_sessions SET seen_at = seen_at - $1",
        _ => "UPDATE staff_sessions SET created_at = created_at - $1",
    };
    sqlx::query(sql).bind(by).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
}

/// As if everything had happened so much earlier.
async fn age_events(app: &TestApp, by: std::time::Duration) {
    let state = app.application.state();
    let by = u64::try_from(by.as_millis()).unwrap();
    for stored in state.clinic.store().after(0, u32::MAX).await.unwrap() {
        let mut event = serde_json::to_value(&stored.event).unwrap();
        event["at"] = (event["at"].as_u64().unwrap() - by).into();
        let mut tx = state.clinic.store().begin().await.unwrap();
        sqlx::query("UPDATE events SET event = $1 WHERE id = $2")
            .bind(event.to_string())
            .bind(i64::try_from(stored.id).unwrap())
            .execute(tx.connection())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn an_admin_invites_somebody_who_sets_a_password_and_works() {
    let (app, _) = clinic(&[]).await;
    let admin = log_in(&app, "admin").await;
    let form = "name=Dr.+Lee+Marsh&email=Marsh%40owl.example&role=provider";
    let hired = app.send(post("/admin/accounts", &admin, form)).await;
    assert_eq!(hired.status, StatusCode::OK, "{}", hired.body);
    assert_eq!(
        try_log_in(&app, "marsh@owl.example", PASSWORD, "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    let secret = invitation(&hired);
    let welcome = format!("secret={secret}&password={PASSWORD}");
    assert_eq!(leads_to(&app.send(post("/welcome", "", &welcome)).await), "/login");
    let provider = try_log_in(&app, "marsh@owl.example", PASSWORD, "").await;
    assert_eq!(leads_to(&provider), "/clinic");
    assert_eq!(app.send(get("/admin", &cookie(&provider))).await.status, StatusCode::FORBIDDEN);
    assert!(!app.send(get("/admin", &admin)).await.body.contains("/welcome#"), "shown only once");

    let again = app.send(post("/admin/accounts", &admin, form)).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Somebody has this e-mail address already"), "{}", again.body);
    let bad = app.send(post("/admin/accounts", &admin, "name=X&email=nonsense&role=provider")).await;
    assert!(bad.body.contains("no e-mail address") && bad.body.contains("value=\"X\""), "{}", bad.body);
}

#[tokio::test]
async fn who_is_disabled_or_reset_is_out_at_once() {
    let (app, made) = clinic(&[]).await;
    let (admin, desk, provider) =
        (log_in(&app, "admin").await, log_in(&app, "desk").await, log_in(&app, "okafor").await);
    let to = |who: &str, what: &str| post(&format!("/admin/accounts/{}/{what}", id(&made, who)), &admin, "");

    app.send(to("desk", "disable")).await;
    assert_eq!(leads_to(&app.send(get("/account", &desk)).await), "/login?ended");
    let refused = try_log_in(&app, "desk@owl.example", "owls+hunt+at+night", "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    app.send(to("desk", "enable")).await;
    log_in(&app, "desk").await;

    let reset = app.send(to("okafor", "reset")).await;
    assert_eq!(leads_to(&app.send(get("/account", &provider)).await), "/login?ended");
    let old = try_log_in(&app, "okafor@owl.example", "owls+hunt+at+night", "").await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "the forgotten password is worth nothing");
    let welcome = format!("secret={}&password={PASSWORD}", invitation(&reset));
    app.send(post("/welcome", "", &welcome)).await;
    assert_eq!(leads_to(&try_log_in(&app, "okafor@owl.example", PASSWORD, "").await), "/clinic");
}

#[tokio::test]
async fn the_last_admin_stays() {
    let (app, made) = clinic(&[]).await;
    let admin = log_in(&app, "admin").await;
    let to = |who: &str, what: &str, form: &str| {
        post(&format!("/admin/accounts/{}/{what}", id(&made, who)), &admin, form)
    };
    for request in [to("admin", "disable", ""), to("admin", "role", "role=provider")] {
        let refused = app.send(request).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("This is the last admin"), "{}", refused.body);
    }
    app.send(to("desk", "role", "role=admin")).await;
    let desk = log_in(&app, "desk").await;
    assert_eq!(app.send(get("/admin", &desk)).await.status, StatusCode::OK);
    app.send(to("admin", "disable", "")).await;
    assert_eq!(leads_to(&app.send(get("/admin", &admin)).await), "/login?ended");
    let nobody = app.send(post("/admin/accounts/0123/disable", &desk, "")).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let (app, _) = clinic(&[]).await;
    let (here, there) = (log_in(&app, "okafor").await, log_in(&app, "okafor").await);
    let wrong = format!("old=not+the+password&new={PASSWORD}");
    assert_eq!(
        app.send(post("/account/password", &here, &wrong)).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let right = format!("old=owls+hunt+at+night&new={PASSWORD}");
    let changed = app.send(post("/account/password", &here, &right)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(leads_to(&app.send(get("/account", &there)).await), "/login?ended");
    assert_eq!(app.send(get("/account", &here)).await.status, StatusCode::OK);
    assert_eq!(leads_to(&try_log_in(&app, "okafor@owl.example", PASSWORD, "").await), "/clinic");
}

#[tokio::test]
async fn who_logs_out_everywhere_is_out_everywhere() {
    let (app, _) = clinic(&[]).await;
    let (here, there, other) =
        (log_in(&app, "okafor").await, log_in(&app, "okafor").await, log_in(&app, "desk").await);
    assert_eq!(app.send(get("/account", &here)).await.body.matches("since").count(), 2);
    app.send(post("/logout", &here, "everywhere=yes")).await;
    for session in [&here, &there] {
        assert_eq!(leads_to(&app.send(get("/account", session)).await), "/login?ended");
    }
    assert_eq!(app.send(get("/account", &other)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn codes_from_an_app_are_asked_for_and_each_works_once() {
    let (app, _) = clinic(&[]).await;
    let session = log_in(&app, "okafor").await;
    let begun = app.send(post("/account/codes/begin", &session, "")).await.body;
    assert!(begun.contains("otpauth://totp/"), "{begun}");
    let key = begun.split_once("class=\"handed\">").unwrap().1.split('<').next().unwrap().replace(' ', "");
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(&key).unwrap())
        .with_account_name("x")
        .build()
        .unwrap();
    // One step ahead is taken too, so a step that ends meanwhile does no harm.
    let code = |ahead: u64| {
        let at = owl_hospital::server::clock::unix_seconds() + ahead;
        totp.generate(at).to_string()
    };
    let email = "okafor@owl.example";
    let password = "owls+hunt+at+night";
    let unconfirmed = try_log_in(&app, email, password, "").await;
    assert_eq!(leads_to(&unconfirmed), "/clinic", "not asked for before it is known to work");

    let wrong = app.send(post("/account/codes/confirm", &session, "code=000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let on = app.send(post("/account/codes/confirm", &session, &format!("code={}", code(0)))).await;
    assert_eq!(on.status, StatusCode::OK, "{}", on.body);
    let list = on.body.split_once("<ul class=\"handed\">").unwrap().1;
    let recovery: Vec<&str> = list
        .split("</ul>")
        .next()
        .unwrap()
        .split("<li>")
        .skip(1)
        .map(|li| li.split('<').next().unwrap())
        .collect();
    assert_eq!(recovery.len(), 8);

    assert_eq!(try_log_in(&app, email, password, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let next = code(30);
    assert_eq!(leads_to(&try_log_in(&app, email, password, &next).await), "/clinic");
    assert_eq!(try_log_in(&app, email, password, &next).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(leads_to(&try_log_in(&app, email, password, recovery[0]).await), "/clinic");
    assert_eq!(try_log_in(&app, email, password, recovery[0]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = try_log_in(&app, email, "not+the+password", recovery[1]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        leads_to(&try_log_in(&app, email, password, recovery[1]).await),
        "/clinic",
        "it was not used up"
    );

    app.send(post("/account/codes/off", &session, &format!("password={password}"))).await;
    assert_eq!(leads_to(&try_log_in(&app, email, password, "").await), "/clinic");
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends_and_one_that_is_used_does_not() {
    let (app, _) = clinic(&[]).await;
    let session = log_in(&app, "okafor").await;
    age_sessions(&app, "seen_at", IDLE_LIMIT / 2).await;
    assert_eq!(app.send(post("/account/stay", &session, "")).await.status, StatusCode::OK);
    age_sessions(&app, "seen_at", IDLE_LIMIT / 2).await;
    assert_eq!(app.send(get("/account", &session)).await.status, StatusCode::OK, "it was used in between");
    age_sessions(&app, "seen_at", IDLE_LIMIT).await;
    assert_eq!(leads_to(&app.send(get("/account", &session)).await), "/login?ended");
    let page = app.send(get("/login?ended", &session)).await;
    assert!(page.body.contains("You are logged out"), "{}", page.body);

    let session = log_in(&app, "okafor").await;
    age_sessions(&app, "created_at", owl_hospital::server::clinic::ABSOLUTE_LIMIT).await;
    assert_eq!(leads_to(&app.send(get("/account", &session)).await), "/login?ended", "used or not");
}

#[tokio::test]
async fn a_time_out_never_ends_a_call() {
    let (app, made) = clinic(&[]).await;
    let session = log_in(&app, "okafor").await;
    let clinic = app.application.state().clinic.clone();
    let visit = VisitId::try_from(made["visits"][0]["id"].as_str().unwrap().to_owned()).unwrap();
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(visit, command, Actor::Patient).await.unwrap();
    }
    let provider = Actor::Staff(
        clinic.visit(visit).await.unwrap().unwrap().provider,
        owl_hospital::domain::visit::StaffRole::Provider,
    );
    clinic.carry_out(visit, Command::Admit { room: RoomName::random().unwrap() }, provider).await.unwrap();
    // A call of more than a day, to which the provider came from this browser.
    let long = owl_hospital::server::clinic::ABSOLUTE_LIMIT * 2;
    age_sessions(&app, "seen_at", long).await;
    age_sessions(&app, "created_at", long).await;
    age_events(&app, long).await;
    assert_eq!(app.send(get("/account", &session)).await.status, StatusCode::OK);
    // Another one, on a machine that they had left before.
    let left = log_in(&app, "okafor").await;
    age_sessions(&app, "seen_at", long + IDLE_LIMIT * 2).await;
    assert_eq!(
        leads_to(&app.send(get("/account", &left)).await),
        "/login?ended",
        "it had ended before the call"
    );

    let seen = Command::End { outcome: owl_hospital::domain::visit::Outcome::Seen };
    clinic.carry_out(visit, seen, provider).await.unwrap();
    let page = app.send(get("/account", &session)).await;
    assert_eq!(page.status, StatusCode::OK, "there is time for the note");
    assert!(page.body.contains("Your log-in ends at"), "and a word of how long: {}", page.body);
}

#[tokio::test]
async fn a_visit_whose_patient_is_gone_keeps_no_log_in_alive() {
    let (app, made) = clinic(&[]).await;
    let session = log_in(&app, "okafor").await;
    let clinic = app.application.state().clinic.clone();
    let visit = VisitId::try_from(made["visits"][0]["id"].as_str().unwrap().to_owned()).unwrap();
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(visit, command, Actor::Patient).await.unwrap();
    }
    let provider = clinic.visit(visit).await.unwrap().unwrap().provider;
    let provider = Actor::Staff(provider, owl_hospital::domain::visit::StaffRole::Provider);
    clinic.carry_out(visit, Command::Admit { room: RoomName::random().unwrap() }, provider).await.unwrap();
    age_sessions(&app, "created_at", owl_hospital::server::clinic::ABSOLUTE_LIMIT).await;
    age_events(&app, owl_hospital::server::clinic::ABSOLUTE_LIMIT * 2).await;
    let page = app.send(get("/account", &session)).await;
    assert!(page.status == StatusCode::OK && !page.body.contains("Your log-in ends at"), "they talk");

    let gone = Command::GoAway { since: clinic.now() };
    clinic.carry_out(visit, gone, Actor::System).await.unwrap();
    let page = app.send(get("/account", &session)).await;
    assert_eq!(page.status, StatusCode::OK, "there is time for the note");
    assert!(page.body.contains("Your log-in ends at"), "nobody has ended the visit: {}", page.body);
    clinic.carry_out(visit, Command::ComeBack, Actor::System).await.unwrap();
    let page = app.send(get("/account", &session)).await;
    assert!(page.status == StatusCode::OK && !page.body.contains("Your log-in ends at"), "they talk again");

    // A process that began since has never seen the patient there.
    clinic.carry_out(visit, Command::GoAway { since: clinic.now() }, Actor::System).await.unwrap();
    let later = owl_hospital::server::clinic::Clinic::open(clinic.store().clone(), clinic.settings().clone());
    let secret = session.split_once('=').unwrap().1;
    assert!(later.await.unwrap().staff_session(secret, true).await.unwrap().is_none());
}

super::on_postgres::on_postgres_too! {
    an_admin_invites_somebody_who_sets_a_password_and_works,
    who_is_disabled_or_reset_is_out_at_once,
    the_last_admin_stays,
    a_new_password_ends_every_other_session,
    who_logs_out_everywhere_is_out_everywhere,
    codes_from_an_app_are_asked_for_and_each_works_once,
    a_session_that_nobody_uses_ends_and_one_that_is_used_does_not,
    a_time_out_never_ends_a_call,
    a_visit_whose_patient_is_gone_keeps_no_log_in_alive,
}
