//! A patient who asks to be erased.

use super::{
    fixtures::{clinic, get, log_in, post},
    on_postgres::on_postgres_too,
};
use axum::http::StatusCode;
use owl_hospital::domain::visit::{Actor, Command, StaffRole, VisitId};

#[tokio::test]
async fn the_front_desk_erases_a_patient_and_pages_say_so_kindly() {
    let (app, made) = clinic(&[]).await;
    let (desk, okafor) = (log_in(&app, "desk").await, log_in(&app, "okafor").await);
    let (id, name) = (&made["visits"][0]["id"], made["visits"][0]["patient"].as_str().unwrap());
    let id = id.as_str().unwrap();
    let address = format!("/clinic/appointments/{id}");
    let erase = format!("{address}/erase");
    assert!(!app.send(get(&address, &desk)).await.body.contains("Erase this patient"), "it is planned");
    let refused = app.send(post(&erase, &desk, "sure=yes")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Please call it off or end it first"), "{}", refused.body);

    let state = app.application.state();
    let provider =
        state.clinic.visit(VisitId::try_from(id.to_owned()).unwrap()).await.unwrap().unwrap().provider;
    let by = Actor::Staff(provider, StaffRole::Provider);
    state.clinic.carry_out(VisitId::try_from(id.to_owned()).unwrap(), Command::Cancel, by).await.unwrap();
    assert!(app.send(get(&address, &desk)).await.body.contains("Erase this patient"));
    assert!(!app.send(get(&address, &okafor)).await.body.contains("Erase this patient"));
    let refused = app.send(post(&erase, &okafor, "sure=yes")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Only the front desk") && refused.body.contains(name), "{}", refused.body);
    assert!(app.send(post(&erase, &desk, "")).await.body.contains(name), "nothing happens by a slip");

    let done = app.send(post(&erase, &desk, "sure=yes")).await;
    assert_eq!(done.status, StatusCode::OK);
    for part in ["The data of this patient are erased.", "Name erased", "is kept"] {
        assert!(done.body.contains(part), "{part}: {}", done.body);
    }
    for (path, told) in [
        (address, "Name erased"),
        (format!("/clinic/visits/{id}"), "Name erased"),
        (format!("/clinic/visits/{id}/replay"), "has been erased"),
    ] {
        let page = app.send(get(&path, &okafor)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains(told) && !page.body.contains(name), "{path}: {}", page.body);
    }
}

on_postgres_too! {
    the_front_desk_erases_a_patient_and_pages_say_so_kindly,
}
