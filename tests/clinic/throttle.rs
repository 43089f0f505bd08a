//! What is written down of wrong tries goes again by itself, and nobody who tries waits for that.

use super::database::{Place, on_every_database};
use owl_hospital::server::clinic::{Clinic, Target};
use sqlx::Row;

on_every_database! {
    failures_are_forgotten_once_they_are_forgiven_and_no_try_waits_for_that,
    however_many_there_are_all_are_forgotten,
}

const MINUTE: i64 = 60_000;

async fn put(clinic: &Clinic, rows: impl Iterator<Item = (String, i64, i64)>) {
    let now = i64::try_from(clinic.now().0).unwrap();
    let mut tx = clinic.store().begin().await.unwrap();
    for (target, failures, minutes_ago) in rows {
        sqlx::query("INSERT INTO throttle VALUES ($1, $2, $3)")
            .bind(target)
            .bind(failures)
            .bind(now - minutes_ago * MINUTE)
            .execute(tx.connection())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn targets(clinic: &Clinic) -> Vec<String> {
    let rows = sqlx::query("SELECT target FROM throttle WHERE target LIKE '%min%' ORDER BY target")
        .fetch_all(clinic.store().pool())
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

async fn failures_are_forgotten_once_they_are_forgiven_and_no_try_waits_for_that(place: Place) {
    let clinic = place.clinic().await;
    let rows =
        [("1 in 29 min", 1, 29), ("1 in 31 min", 1, 31), ("2 in 59 min", 2, 59), ("2 in 61 min", 2, 61)];
    let many = [("99 in 1439 min", 99, 24 * 60 - 1), ("99 in 1441 min", 99, 24 * 60 + 1)];
    let rows = rows.into_iter().chain(many);
    put(&clinic, rows.map(|(target, failures, ago)| (target.to_owned(), failures, ago))).await;
    assert_eq!(clinic.try_at(&Target::password("nobody@owl.example")).await.unwrap(), None);
    assert_eq!(targets(&clinic).await.len(), 6, "a try looks at its own target alone");
    clinic.sweep_throttle(clinic.now()).await.unwrap();
    assert_eq!(targets(&clinic).await, ["1 in 29 min", "2 in 59 min", "99 in 1439 min"]);
}

async fn however_many_there_are_all_are_forgotten(place: Place) {
    let clinic = place.clinic().await;
    put(&clinic, (0..1_100).map(|number| (format!("{number} min"), 1, 40))).await;
    clinic.sweep_throttle(clinic.now()).await.unwrap();
    assert_eq!(targets(&clinic).await, [""; 0]);
}
