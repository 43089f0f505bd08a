//! The clinic to try things out in has a past: visits to look back on, and from which it says how long one waits.

use super::{
    app::{TestApp, config},
    clinic_feed::Listening,
    fixtures::{come_to_wait, demo_data_with, get, log_in},
};
use owl_hospital::server::Application;

#[tokio::test]
async fn a_clinic_to_try_out_has_a_past_and_says_from_it_how_long_one_waits() {
    let directory = tempfile::tempdir().unwrap();
    let made = demo_data_with(directory.path(), &[], &["--json"]).await;
    std::fs::create_dir(directory.path().join("site")).unwrap();
    let application = Application::build(config(directory.path(), &[])).await.unwrap();
    let app = TestApp { application, directory };

    let okafor = log_in(&app, "okafor").await;
    let open = app.application.state().clinic.open_visits();
    assert_eq!(open.len(), made["visits"].as_array().unwrap().len(), "what is past is over");
    // Until just now: the newest of them were today, or a moment before midnight.
    let days = [String::new(), yesterday()];
    let mut pages = String::new();
    for day in days {
        pages += &app.send(get(&format!("/clinic/appointments{day}"), &okafor)).await.body;
    }
    for word in ["Walter Kim", "Arthur Bell", "Henry Adler"] {
        assert!(pages.contains(word), "{word}: {pages}");
    }

    // She is at her desk.
    let mut desk = Listening::to(&app, &okafor, None).await;
    assert!(desk.next().await.is_some());
    let patient = come_to_wait(&app, &made, 2).await;
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("Estimated from your provider"), "from the past: {page}");
}

fn yesterday() -> String {
    let day = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).yesterday().unwrap();
    format!("?day={}", day.strftime("%Y-%m-%d"))
}

super::on_postgres::on_postgres_too! {
    a_clinic_to_try_out_has_a_past_and_says_from_it_how_long_one_waits,
}
