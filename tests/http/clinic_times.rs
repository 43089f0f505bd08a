//! The clinic's times, where patients read them.

use super::{
    fixtures::{clinic, enter, get, press},
    on_postgres::on_postgres_too,
};

#[tokio::test]
async fn pages_say_the_times_that_the_clinic_has_set() {
    let (app, made) = clinic(&[("KEEP_PLACE", "45m"), ("CHECK_IN_OPENS", "20m")]).await;
    // Visits begin every quarter of an hour, the first now.
    let early = enter(&app, &made, 3).await;
    let page = app.send(get("/visit", &early)).await.body;
    assert!(page.contains("You can check in from"), "{page}");
    let patient = enter(&app, &made, 1).await;
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("action=\"/visit/check-in\""), "{page}");
    let form = "location=1+Elm+Street&call_back=555-0100&consent=yes";
    press(&app, "/visit/check-in", &patient, form).await;
    press(&app, "/visit/ready", &patient, "").await;
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("You keep your place if you come back within 45 minutes."), "{page}");
}

on_postgres_too! {
    pages_say_the_times_that_the_clinic_has_set,
}
