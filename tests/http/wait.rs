//! What the waiting page says of how long it may take: a range from the provider's real visits, also without JavaScript, and
//! nothing when they are too few.

use super::{
    app::{TestApp, config},
    clinic::{demo_data, enter, get, post},
};
use owl_hospital::{
    domain::visit::{
        Actor, Change, Event, Millis, Outcome, PatientId, RoomName, SeatId, StaffId, StaffRole, Visit,
        VisitId,
    },
    server::{config::Config, store::Store},
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[expect(clippy::disallowed_methods, reason = "visits that were, as the server's clock will see them")]
fn minutes_ago(minutes: u64) -> Millis {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Millis(u64::try_from(now.as_millis()).unwrap()).minus(Duration::from_mins(minutes))
}

/// A visit that was, or goes on: let in at once when the patient came.
async fn was(store: &Store, provider: StaffId, n: u128, from: u64, to: Option<u64>) {
    let change = Change::Scheduled {
        patient: PatientId(n),
        provider,
        seat: SeatId(n),
        starts_at: minutes_ago(from + 2),
        minutes: 15,
        interpreter: false,
    };
    let room = Change::Admitted { room: RoomName(n), opens_at: minutes_ago(from) };
    let mut changes = vec![
        (minutes_ago(from + 30), change),
        (minutes_ago(from + 2), Change::CheckedIn),
        (minutes_ago(from + 2), Change::ReadyToWait),
        (minutes_ago(from), room),
    ];
    changes.extend(to.map(|to| (minutes_ago(to), Change::Ended { outcome: Outcome::Seen })));
    let by = Actor::Staff(provider, StaffRole::Provider);
    let log: Vec<Event> =
        (1..).zip(changes).map(|(seq, (at, change))| Event { seq, at, by, change }).collect();
    let mut tx = store.begin().await.unwrap();
    tx.append(VisitId(n), &log, &Visit::of(&log).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The page of a patient of Dr. Okafor's, who is with another since four minutes, and has seen so many for 20 minutes each.
async fn waiting_page(visits: u64) -> String {
    let directory = tempfile::tempdir().unwrap();
    let made = demo_data(directory.path(), &[]).await;
    let settings = Config::read(["owl".into()], |_| None).unwrap().clinic;
    let store = Store::open(&settings.database, &directory.path().join("data")).await.unwrap();
    let okafor = store.staff_by_email("okafor@owl.example").await.unwrap().unwrap().id;
    for n in (0..visits).rev() {
        let ended = 6 + 22 * n;
        was(&store, okafor, u128::from(n) + 2, ended + 20, Some(ended)).await;
    }
    was(&store, okafor, 1, 4, None).await;
    store.close().await;
    std::fs::create_dir(directory.path().join("site")).unwrap();
    let application = owl_hospital::server::Application::build(config(directory.path(), &[])).await.unwrap();
    let app = TestApp { application, directory };
    let patient = enter(&app, &made, 0).await;
    let form = "location=1+Elm+Street&call_back=555-0100&consent=yes";
    app.send(post("/visit/check-in", &patient, form)).await;
    app.send(post("/visit/ready", &patient, "")).await;
    app.send(get("/visit", &patient)).await.body
}

#[tokio::test]
async fn after_enough_visits_the_page_says_how_long_it_may_take() {
    let page = waiting_page(12).await;
    // Sixteen minutes of the turn in progress are left, and two of a gap.
    assert!(page.contains("Entre 15 y 20 minutos, más o menos."), "{page}");
    assert!(page.contains("Calculado con las visitas"), "and what that is made from: {page}");
}

#[tokio::test]
async fn after_too_few_visits_it_says_nothing_rather_than_something_wrong() {
    let page = waiting_page(5).await;
    assert!(page.contains("está con otro paciente"), "{page}");
    assert!(!page.contains("minutos, más o menos") && !page.contains("Calculado con"), "{page}");
}
