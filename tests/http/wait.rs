//! What the waiting page says of how long it may take: a range from the provider's real visits, also without JavaScript, and
//! nothing when they are too few.

use super::{
    app::{TestApp, config},
    fixtures::{call, demo_data, enter, get, log_in, place, press},
    on_postgres::on_postgres_too,
    past::{in_the_room, past_visits, waits},
};
use axum::http::StatusCode;
use http_body_util::BodyExt;
use owl_hospital::{
    api::{
        clinic::{ActOnVisit, SeatItem, StaffWish, WaitRange},
        wire,
    },
    domain::visit::{Outcome, VisitId},
    server::{Application, store::Store},
};
use std::time::Duration;
use tower::ServiceExt;

/// A clinic where Dr. Okafor is with a patient since four minutes, has seen so many before, and two wait.
struct Waiting {
    app: TestApp,
    in_the_room: VisitId,
    /// Who waits and came first.
    first: VisitId,
    /// The cookie of who waits behind them, and reads Spanish.
    patient: String,
}

async fn waiting(visits: u64) -> Waiting {
    let directory = tempfile::tempdir().unwrap();
    let made = demo_data(directory.path(), &[]).await;
    let settings = config(directory.path(), &[]);
    let store = Store::open(&settings.clinic.database, &settings.storage.data_dir).await.unwrap();
    let okafor = store.staff_by_email("okafor@owl.example").await.unwrap().unwrap().id;
    past_visits(&store, okafor, visits).await;
    let (in_the_room, first) = (in_the_room(&store, okafor).await, waits(&store, okafor).await);
    store.close().await;
    std::fs::create_dir(directory.path().join("site")).unwrap();
    let application = Application::build(config(directory.path(), &[])).await.unwrap();
    let app = TestApp { application, directory };
    let patient = enter(&app, &made, 0).await;
    let form = "location=1+Elm+Street&call_back=555-0100&consent=yes";
    press(&app, "/visit/check-in", &patient, form).await;
    press(&app, "/visit/ready", &patient, "").await;
    Waiting { app, in_the_room, first, patient }
}

impl Waiting {
    async fn page(&self) -> String {
        let page = self.app.send(get("/visit", &self.patient)).await.body;
        assert!(page.contains("está con otro paciente. Hay una persona antes que usted."), "{page}");
        page
    }

    async fn wish(&self, provider: &str, visit: VisitId, wish: StaffWish) {
        let answer = self.app.send(call("/api/act_on_visit", provider, &ActOnVisit { visit, wish })).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
}

#[tokio::test]
async fn after_enough_visits_the_page_says_how_long_it_may_take_and_from_what_it_knows() {
    let waiting = waiting(12).await;
    let page = waiting.page().await;
    // 16 minutes of the turn in progress are left; then a gap of 2, a turn of 20, and a gap once more.
    assert!(page.contains("Entre 40 y 45 minutos, más o menos."), "{page}");
    assert!(page.contains("Calculado con las visitas"), "{page}");
    assert_eq!(
        waiting.page().await.matches("Entre 40 y 45 minutos").count(),
        1,
        "the same, and once, when asked again"
    );
}

#[tokio::test]
async fn after_too_few_visits_it_says_nothing_rather_than_something_wrong() {
    let page = waiting(7).await.page().await;
    assert!(!page.contains("minutos, más o menos") && !page.contains("Calculado con"), "{page}");
}

#[tokio::test]
async fn a_visit_that_ends_now_counts_at_once_and_pages_that_are_open_hear_of_it() {
    let waiting = waiting(7).await;
    let seat = place(&waiting.app, &waiting.patient).await;
    let request = get(&format!("/visit/feed?seat={seat}"), &waiting.patient);
    let mut stream = waiting.app.application.router().oneshot(request).await.unwrap().into_body();
    let provider = log_in(&waiting.app, "okafor").await;
    waiting.wish(&provider, waiting.in_the_room, StaffWish::End(Outcome::Seen)).await;
    waiting.wish(&provider, waiting.first, StaffWish::Admit).await;
    // Of eight turns one took 4 minutes, the others 20; then there is a gap of 2.
    let told = async {
        loop {
            let frame = stream.frame().await.unwrap().unwrap();
            let text = String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap();
            let data = text.lines().find_map(|line| line.strip_prefix("data: "));
            if let Some(SeatItem::Facts(facts)) = data.and_then(wire::from_text)
                && let Some(WaitRange { from, to, .. }) = facts.wait
            {
                return (from, to);
            }
        }
    };
    let range = tokio::time::timeout(Duration::from_mins(1), told).await.expect("nobody is told");
    assert_eq!(range, (5, 25));
    let page = waiting.app.send(get("/visit", &waiting.patient)).await.body;
    assert!(page.contains("Usted es el siguiente. Entre 5 y 25 minutos, más o menos."), "{page}");
}

on_postgres_too! {
    after_enough_visits_the_page_says_how_long_it_may_take_and_from_what_it_knows,
    after_too_few_visits_it_says_nothing_rather_than_something_wrong,
    a_visit_that_ends_now_counts_at_once_and_pages_that_are_open_hear_of_it,
}
