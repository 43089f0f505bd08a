//! The clinic through the router: staff log in, patients come by a link, and go their way without JavaScript.

use super::app::{Answer, TestApp, app, config};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use owl_hospital::server::{
    config::Task,
    tools::{fill_with_demo_data, set_up},
};
use serde_json::Value;
use std::path::Path;

/// A clinic with the demonstration's people, and what was printed of them.
pub async fn clinic(settings: &[(&str, &str)]) -> (TestApp, Value) {
    let directory = tempfile::tempdir().unwrap();
    let made = demo_data(directory.path(), settings).await;
    std::fs::create_dir(directory.path().join("site")).unwrap();
    let application =
        owl_hospital::server::Application::build(config(directory.path(), settings)).await.unwrap();
    (TestApp { application, directory }, made)
}

pub async fn demo_data(directory: &Path, settings: &[(&str, &str)]) -> Value {
    let words = ["owl", "demo-data", "--json"].map(Into::into);
    let data = directory.join("data").into_os_string();
    let task = Task::read(words, |name| match name {
        "DATA_DIR" => Some(data.clone()),
        _ => settings.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()),
    });
    let Task::DemoData(task) = task.unwrap() else { panic!("another task") };
    serde_json::from_str(&fill_with_demo_data(*task).await.unwrap()).unwrap()
}

/// A form, as a browser sends it from a page of ours.
pub fn post(path: &str, cookie: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header(header::HOST, "localhost")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .body(Body::from(body.to_owned()))
        .unwrap()
}

pub fn get(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path)
        .header(header::HOST, "localhost")
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .unwrap()
}

/// Name and value of the cookie that an answer sets.
pub fn cookie(answer: &Answer) -> String {
    let line = answer.headers.get(header::SET_COOKIE).expect("no cookie").to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}

pub fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap()
}

fn secret(made: &Value, visit: usize) -> String {
    made["visits"][visit]["link"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned()
}

pub async fn enter(app: &TestApp, made: &Value, visit: usize) -> String {
    let entered = app.send(post("/v/enter", "", &format!("secret={}", secret(made, visit)))).await;
    assert_eq!(leads_to(&entered), "/visit");
    cookie(&entered)
}

#[tokio::test]
async fn a_patient_goes_from_the_link_to_the_waiting_room_by_forms_alone() {
    let (app, made) = clinic(&[]).await;
    let page = app.get("/v").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Okafor"), "anybody may have opened the link");

    let patient = enter(&app, &made, 0).await;
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("Dr. Ada Okafor") && page.contains("lang=\"es\""), "{page}");
    assert!(page.contains("tel:911"), "the number for an emergency");

    let missing = app.send(post("/visit/check-in", &patient, "location=Home&call_back=&consent=yes")).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("value=\"Home\""), "nobody types it twice");

    let form = "location=1+Elm+Street&call_back=555-0100&consent=yes";
    assert_eq!(leads_to(&app.send(post("/visit/check-in", &patient, form)).await), "/visit");
    assert!(app.send(get("/visit", &patient)).await.body.contains("action=\"/visit/ready\""));
    assert_eq!(leads_to(&app.send(post("/visit/ready", &patient, "")).await), "/visit");
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("http-equiv=\"refresh\"") && page.contains("<noscript>"), "{page}");

    assert_eq!(leads_to(&app.send(post("/visit/leave", &patient, "")).await), "/visit");
    assert!(app.send(get("/visit", &patient)).await.body.contains("action=\"/visit/return\""));
    assert_eq!(leads_to(&app.send(post("/visit/return", &patient, "")).await), "/visit");
    assert!(app.send(get("/visit", &patient)).await.body.contains("http-equiv=\"refresh\""));
}

#[tokio::test]
async fn the_code_beside_the_link_opens_the_same_visit_and_wrong_ones_are_slowed_down() {
    let (app, made) = clinic(&[]).await;
    let code = made["visits"][2]["code"].as_str().unwrap().to_lowercase();
    let entered = app.send(post("/v/enter", "", &format!("code={code}"))).await;
    assert_eq!(leads_to(&entered), "/visit");
    for _ in 0..6 {
        let wrong = app.send(post("/v/enter", "", "code=00000-00000")).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    }
    let slowed = app.send(post("/v/enter", "", &format!("code={code}"))).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS, "also for the right one");
    assert_eq!(
        leads_to(&app.send(post("/v/enter", "", &format!("secret={}", secret(&made, 2)))).await),
        "/visit"
    );
}

#[tokio::test]
async fn a_second_device_takes_over_and_the_first_says_so() {
    let (app, made) = clinic(&[]).await;
    let first = enter(&app, &made, 1).await;
    let second = enter(&app, &made, 1).await;
    let page = app.send(get("/visit", &first)).await.body;
    assert!(page.contains("action=\"/visit/take-over\""), "{page}");
    assert_eq!(leads_to(&app.send(post("/visit/check-in", &first, "consent=yes")).await), "/visit");
    assert!(app.send(get("/visit", &second)).await.body.contains("action=\"/visit/check-in\""));
    app.send(post("/visit/take-over", &first, "")).await;
    assert!(app.send(get("/visit", &first)).await.body.contains("action=\"/visit/check-in\""));
    assert!(app.send(get("/visit", &second)).await.body.contains("action=\"/visit/take-over\""));
}

#[tokio::test]
async fn nothing_of_the_visit_is_told_before_the_patient_has_said_who_they_are() {
    let (app, made) = clinic(&[("CONFIRM_IDENTITY", "birth-date")]).await;
    let patient = enter(&app, &made, 1).await;
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("action=\"/visit/confirm\"") && !page.contains("Lindqvist"), "{page}");
    assert_eq!(leads_to(&app.send(post("/visit/check-in", &patient, "consent=yes")).await), "/visit");
    for _ in 0..6 {
        let wrong = app.send(post("/visit/confirm", &patient, "said=1940-01-01")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let slowed = app.send(post("/visit/confirm", &patient, "said=1941-11-02")).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);

    let other = enter(&app, &made, 3).await;
    assert_eq!(leads_to(&app.send(post("/visit/confirm", &other, "said=2001-01-30")).await), "/visit");
    assert!(app.send(get("/visit", &other)).await.body.contains("Dr. Nils Lindqvist"));
}

#[tokio::test]
async fn staff_log_in_and_out_and_cookies_are_kept_from_scripts_and_other_sites() {
    let (app, _) = clinic(&[]).await;
    let form = "email=Okafor%40owl.example&password=owls+hunt+at+night";
    let answer = app.send(post("/login", "", form)).await;
    assert_eq!(leads_to(&answer), "/clinic");
    let line = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["__Host-staff=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(line.contains(part), "{part} is missing");
    }
    let session = cookie(&answer);
    assert_eq!(leads_to(&app.send(get("/login", &session)).await), "/clinic");
    assert_eq!(leads_to(&app.send(post("/logout", &session, "")).await), "/login");
    assert_eq!(
        app.send(get("/login", &session)).await.status,
        StatusCode::OK,
        "the old cookie is worth nothing"
    );
}

#[tokio::test]
async fn a_failed_log_in_tells_nobody_whether_an_account_exists() {
    let (app, _) = clinic(&[]).await;
    let wrong = |email: &str| post("/login", "", &format!("email={email}&password=not+the+password"));
    for attempt in 0..8 {
        let (known, unknown) =
            (app.send(wrong("okafor%40owl.example")).await, app.send(wrong("nobody%40owl.example")).await);
        assert_eq!(known.status, unknown.status);
        let told = |answer: &Answer| {
            let page = answer.body.replace("okafor", "nobody");
            page.split("<main").nth(1).unwrap().split("</main").next().unwrap().to_owned()
        };
        assert_eq!(told(&known), told(&unknown));
        let expected =
            if attempt < 6 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(known.status, expected, "attempt {attempt}");
    }
}

#[tokio::test]
async fn a_session_that_was_there_before_a_log_in_is_worth_nothing_after_it() {
    let (app, _) = clinic(&[]).await;
    let form = "email=okafor%40owl.example&password=owls+hunt+at+night";
    let planted = "__Host-staff=00000000000000000000000000000000";
    let given = cookie(&app.send(post("/login", planted, form)).await);
    assert_ne!(given, planted);
    assert_eq!(app.send(get("/login", planted)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_sites_page_can_post_nothing() {
    let (app, made) = clinic(&[]).await;
    let patient = enter(&app, &made, 0).await;
    for path in ["/login", "/logout", "/welcome", "/v/enter", "/visit/check-in", "/visit/leave"] {
        let mut request = post(path, &patient, "");
        request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
        assert_eq!(app.send(request).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn the_demo_ends_when_the_clinic_is_set_up_also_while_the_server_runs() {
    let app = app(&[]).await;
    assert_eq!(app.get("/provider").await.status, StatusCode::OK);
    let data = app.directory.path().join("data").into_os_string();
    let words = ["owl", "setup", "--name", "Robin Vale", "--email", "robin@clinic.example"].map(Into::into);
    let task = Task::read(words, |name| (name == "DATA_DIR").then(|| data.clone()));
    let Task::SetUp(task) = task.unwrap() else { panic!("another task") };
    let printed = set_up(*task).await.unwrap();

    assert_eq!(leads_to(&app.get("/provider").await), "/login");
    assert_eq!(leads_to(&app.get("/patient").await), "/v");
    assert_eq!(app.get("/token?identity=patient").await.status, StatusCode::NOT_FOUND);

    let secret = printed.split_once("/welcome#").unwrap().1.trim();
    let short = app.send(post("/welcome", "", &format!("secret={secret}&password=short"))).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("secret={secret}&password=four+random+words+here");
    assert_eq!(leads_to(&app.send(post("/welcome", "", &form)).await), "/login");
    assert_eq!(
        app.send(post("/welcome", "", &form)).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "once only"
    );
    let form = "email=robin%40clinic.example&password=four+random+words+here";
    assert_eq!(leads_to(&app.send(post("/login", "", form)).await), "/admin");
}
