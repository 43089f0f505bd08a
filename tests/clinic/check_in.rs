//! Checking in writes down what the patient said, and nothing of what the clinic did.

use crate::{
    appointment,
    database::{Place, on_every_database},
    seat,
};
use owl_hospital::server::store::VisitDetails;
use std::pin::pin;

on_every_database! { what_is_corrected_while_the_patient_checks_in_stays_corrected }

async fn what_is_corrected_while_the_patient_checks_in_stays_corrected(place: Place) {
    let clinic = place.clinic().await;
    let visit = appointment(&clinic).await;
    let patient = seat(&clinic, visit).await;
    // Somebody saves a correction: until it is committed nobody else writes.
    let mut correcting = clinic.store().begin().await.unwrap();
    let mut checking_in = pin!(clinic.check_in(&patient, "1 Elm Street".into(), "555-0100".into()));
    // Whatever it reads before it may write it has read by then: it comes first to the database each time.
    let read_often = async {
        for _ in 0..50 {
            clinic.store().details(visit).await.unwrap();
        }
    };
    tokio::select! {
        biased;
        done = &mut checking_in => panic!("written while somebody else writes: {}", done.is_ok()),
        () = read_often => {}
    }
    let corrected =
        VisitDetails { reason: "Blood pressure".into(), language: "es".into(), ..VisitDetails::default() };
    correcting.put_details(visit, &corrected).await.unwrap();
    correcting.commit().await.unwrap();

    checking_in.await.unwrap();
    let details = clinic.store().details(visit).await.unwrap();
    assert_eq!((details.reason.as_str(), details.language.as_str()), ("Blood pressure", "es"));
    assert_eq!((details.location.as_str(), details.call_back.as_str()), ("1 Elm Street", "555-0100"));
    assert!(details.consented_at.is_some());
}
