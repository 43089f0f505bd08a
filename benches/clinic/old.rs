//! What old visits cost: a clinic that opens, and what its pages are made from, with few and with many of them.

use crate::{
    clinic::{beside, secret, session, settings, staff, waits, was_seen, write},
    common::{ms, quantile},
};
use owl_hospital::{
    domain::visit::VisitId,
    server::{clinic::Clinic, clock, config::Database, store::Store},
};
use std::{path::Path, time::Duration};
use tokio::time::Instant;

const OPEN: usize = 200;
const OLD: [usize; 3] = [1_000, 10_000, 100_000];
/// How many of the old ones there were on each day before.
const A_DAY: usize = 200;
const PROVIDERS: usize = 50;
const WHAT: [&str; 4] = ["the clinic opened", "the queue listed", "a day's appointments", "one visit read"];
const TRIES: usize = 20;

/// Measures with more and more old visits.
pub async fn measure() {
    println!("\n{OPEN} open visits, and old ones");
    let mut fewest = None;
    for old in OLD {
        let folder = tempfile::tempdir().expect("a folder");
        fill(folder.path(), old).await;
        let (mut opened, mut listed, mut day, mut one) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TRIES {
            let store = Store::open(&Database::Sqlite, folder.path()).await.expect("a database");
            let started = Instant::now();
            let clinic = Clinic::open(store, settings()).await.expect("a clinic");
            opened.push(started.elapsed());
            let secret = secret("staff", 0);
            let session = clinic.staff_session(&secret, false).await.expect("a session").expect("logged in");
            let started = Instant::now();
            assert_eq!(clinic.queue_view(&session, "").await.expect("a queue").visits.len(), OPEN);
            listed.push(started.elapsed());
            let started = Instant::now();
            clinic.appointments_on(clinic.today(), &session).await.expect("a day");
            day.push(started.elapsed());
            let started = Instant::now();
            clinic.visit(VisitId(1)).await.expect("a log");
            one.push(started.elapsed());
            clinic.store().close().await;
        }
        let all = [&mut opened, &mut listed, &mut day, &mut one].map(|times| quantile(times, 0.5));
        let floor = *fewest.get_or_insert(all);
        for ((what, median), floor) in WHAT.into_iter().zip(all).zip(floor) {
            let times = median.as_secs_f64() / floor.as_secs_f64();
            println!(
                "  | {old} old visits: {what} | {:.2} ms, {times:.2} times as with {} |",
                ms(median),
                OLD[0]
            );
        }
    }
}

async fn fill(folder: &Path, old: usize) {
    let store = Store::open(&Database::Sqlite, folder).await.expect("a database");
    let mut tx = store.begin().await.expect("a transaction");
    for provider in 0..PROVIDERS {
        tx.put_staff(&staff(provider), clock::now()).await.expect("staff");
        session(&mut tx, &secret("staff", provider), staff(provider).id).await;
    }
    for number in 0..old + OPEN {
        let (visit, provider) = (VisitId(1 + number as u128), staff(number % PROVIDERS).id);
        let log = if number < old {
            let days = u32::try_from(1 + number / A_DAY).expect("few");
            was_seen(number, provider, clock::now().minus(Duration::from_hours(24) * days))
        } else {
            waits(number, provider, clock::now())
        };
        write(&mut tx, visit, &log).await;
        beside(&mut tx, visit, number, &format!("secret-{number}")).await;
    }
    tx.commit().await.expect("committed");
    store.close().await;
}
