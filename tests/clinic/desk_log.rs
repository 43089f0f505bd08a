//! Who was at their desk when is written down, and said once more.

use super::{
    OKAFOR, at_the_desk,
    database::{Place, on_every_database},
    replayed::{next_millisecond, told},
    waiting,
};
use owl_hospital::{
    api::clinic::ProviderStatus,
    domain::{
        others::{DeskChange, desk_of},
        visit::{Millis, VisitId},
    },
    server::clinic::{Clinic, StaffSession, keep_desk_log},
};
use sqlx::Executor;
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

on_every_database! {
    who_sat_at_a_process_that_died_is_not_there_in_the_next,
    what_cannot_be_written_keeps_nobody_from_their_desk_and_is_written_later,
    who_was_at_their_desk_is_forgotten_in_time,
    a_process_that_is_gone_took_its_pages_along_however_many_came_after,
}

/// What the page of who waits said of the provider at these times, as a replay has it.
async fn said(
    clinic: &Clinic,
    visit: VisitId,
    by: &StaffSession,
    times: &[Millis],
) -> Vec<Option<ProviderStatus>> {
    let recording = clinic.recording(visit, by).await.unwrap();
    let begins = clinic.store().read(visit).await.unwrap()[0].at;
    times.iter().map(|at| told(&recording, begins, *at).unwrap().status).collect()
}

async fn who_sat_at_a_process_that_died_is_not_there_in_the_next(place: Place) {
    let first = Arc::new(place.clinic().await);
    let visit = waiting(&first).await;
    let by = at_the_desk(&first).await;
    let mut times = vec![next_millisecond(&first)];
    std::mem::forget(first.sit_down(OKAFOR));
    times.push(next_millisecond(&first));
    first.write_desk_log().await.unwrap();

    let second = Arc::new(place.clinic().await);
    let stopping = CancellationToken::new();
    let writing = tokio::spawn(keep_desk_log(Arc::clone(&second), stopping.clone()));
    if place.url.is_some() {
        // There may be others; that one is found dead.
        second.store().leave_nodes(first.store().node(), None, second.now()).await.unwrap();
    }
    times.push(next_millisecond(&second));
    let page = second.sit_down(OKAFOR);
    times.push(next_millisecond(&second));
    drop(page);
    times.push(next_millisecond(&second));
    let [here, not_here] = [Some(ProviderStatus::Here), Some(ProviderStatus::NotHere)];
    let expected = [None, here, not_here, here, not_here];
    assert_eq!(said(&second, visit, &by, &times).await, expected);
    stopping.cancel();
    writing.await.unwrap();
}

async fn a_process_that_is_gone_took_its_pages_along_however_many_came_after(place: Place) {
    let clinic = place.clinic().await;
    let change = |at, node, staff, is_there| DeskChange { node: Some(node), staff, at: Millis(at), is_there };
    let mut changes = vec![change(1, 7, Some(OKAFOR), true), change(2, 7, None, false)];
    changes.extend((3..300).map(|at| change(at, u128::from(at) + 7, None, false)));
    clinic.store().add_to_desk_log(&changes).await.unwrap();
    let known = clinic.store().desk_log(OKAFOR, Millis(1_000), Millis(2_000)).await.unwrap();
    assert_eq!(desk_of(OKAFOR, known), [(Millis(1), true), (Millis(2), false)]);
}

async fn what_cannot_be_written_keeps_nobody_from_their_desk_and_is_written_later(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let by = at_the_desk(&clinic).await;
    clinic.store().pool().execute("ALTER TABLE desk_log RENAME TO elsewhere").await.unwrap();
    let page = clinic.sit_down(OKAFOR);
    assert!(clinic.is_at_desk(OKAFOR));
    let there = next_millisecond(&clinic);
    assert!(clinic.write_desk_log().await.is_err());
    drop(page);
    assert!(!clinic.is_at_desk(OKAFOR));
    let gone = next_millisecond(&clinic);
    clinic.store().pool().execute("ALTER TABLE elsewhere RENAME TO desk_log").await.unwrap();
    let expected = [Some(ProviderStatus::Here), Some(ProviderStatus::NotHere)];
    assert_eq!(said(&clinic, visit, &by, &[there, gone]).await, expected);
}

async fn who_was_at_their_desk_is_forgotten_in_time(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let retention = clinic.settings().times.retention;
    drop(clinic.sit_down(OKAFOR));
    clinic.write_desk_log().await.unwrap();
    // Both are over by then, whichever milliseconds they were given.
    let now = clinic.now().plus(Duration::from_secs(1));
    for (at, left) in [(now.plus(retention).minus(Duration::from_mins(1)), 2), (now.plus(retention), 0)] {
        clinic.sweep(at).await.unwrap();
        let rows = clinic.store().desk_log(OKAFOR, Millis(0), now).await.unwrap();
        assert_eq!(rows.len(), left, "{rows:?}");
    }
}
