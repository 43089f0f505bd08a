//! A clinic full of people, and short ways to ask it as their browsers do.

use super::app::{Answer, DATABASE_URL, TestApp, config};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use leptos::server_fn::{ContentType, Encodes, codec::PostcardEncoding};
use owl_hospital::{
    domain::visit::SeatId,
    server::{Application, config::Task, tools::fill_with_demo_data},
};
use serde_json::Value;
use std::path::Path;

/// A clinic with the demonstration's people, and what was printed of them.
pub async fn clinic(settings: &[(&str, &str)]) -> (TestApp, Value) {
    let directory = tempfile::tempdir().unwrap();
    let made = demo_data(directory.path(), settings).await;
    std::fs::create_dir(directory.path().join("site")).unwrap();
    let application = Application::build(config(directory.path(), settings)).await.unwrap();
    (TestApp { application, directory }, made)
}

pub async fn demo_data(directory: &Path, settings: &[(&str, &str)]) -> Value {
    demo_data_with(directory, settings, &["--json", "--no-past"]).await
}

/// `owl demo-data` with these options.
pub async fn demo_data_with(directory: &Path, settings: &[(&str, &str)], options: &[&str]) -> Value {
    let words = ["owl", "demo-data"].iter().chain(options).map(Into::into);
    let data = directory.join("data").into_os_string();
    let task = Task::read(words, |name| match name {
        "DATA_DIR" => Some(data.clone()),
        "DATABASE_URL" => DATABASE_URL.with_borrow(|url| url.as_ref().map(Into::into)),
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

/// The place that a cookie opens, as the pages that it opens name it.
pub async fn place(app: &TestApp, cookie: &str) -> SeatId {
    let secret = cookie.split_once('=').map_or("", |(_, secret)| secret);
    let session = app.application.state().clinic.seat_session(secret).await;
    session.ok().flatten().map_or(SeatId(0), |session| session.seat)
}

/// A form on a page that this cookie opens: it names the page's place.
pub async fn pressed(app: &TestApp, path: &str, cookie: &str, form: &str) -> Request<Body> {
    let seat = place(app, cookie).await;
    post(path, cookie, &format!("seat={seat}&{form}"))
}

/// The same, sent.
pub async fn press(app: &TestApp, path: &str, cookie: &str, form: &str) -> Answer {
    app.send(pressed(app, path, cookie, form).await).await
}

/// A form with a file, as a browser sends it.
pub fn upload(path: &str, cookie: &str, list: &str) -> Request<Body> {
    let body = format!(
        "--b\r\ncontent-disposition: form-data; name=\"list\"; filename=\"day.csv\"\r\ncontent-type: text/csv\r\n\r\n{list}\r\n--b--\r\n"
    );
    as_kind("multipart/form-data; boundary=b", post(path, cookie, &body))
}

/// A server function, as a page of ours calls it.
pub fn call<T>(path: &str, cookie: &str, arguments: &T) -> Request<Body>
where
    PostcardEncoding: Encodes<T>,
{
    let mut request = as_kind(PostcardEncoding::CONTENT_TYPE, post(path, cookie, ""));
    *request.body_mut() =
        PostcardEncoding::encode(arguments).unwrap_or_else(|_| panic!("it cannot be sent")).into();
    request
}

fn as_kind(kind: &'static str, mut request: Request<Body>) -> Request<Body> {
    request.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    request
}

/// What stands behind the # of a patient's link.
pub fn secret(made: &Value, visit: usize) -> String {
    made["visits"][visit]["link"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned()
}

/// A patient comes by their link.
pub async fn enter(app: &TestApp, made: &Value, visit: usize) -> String {
    let entered = app.send(post("/v/enter", "", &format!("secret={}", secret(made, visit)))).await;
    assert_eq!(leads_to(&entered), "/visit");
    cookie(&entered)
}

/// The same patient checks in and is ready: they wait.
pub async fn come_to_wait(app: &TestApp, made: &Value, visit: usize) -> String {
    let patient = enter(app, made, visit).await;
    press(app, "/visit/check-in", &patient, "location=Home&call_back=555-0100&consent=yes").await;
    press(app, "/visit/ready", &patient, "").await;
    patient
}

/// Logs somebody of the demonstration in.
pub async fn log_in(app: &TestApp, name: &str) -> String {
    let form = format!("email={name}%40owl.example&password=owls+hunt+at+night");
    cookie(&app.send(post("/login", "", &form)).await)
}
