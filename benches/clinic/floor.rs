//! The floor under the clinic's figures: what database and disk take for one row, durable by itself, when nothing is decided,
//! folded or told.

use crate::common::{ms, quantile};
use owl_hospital::server::store::Store;
use std::time::Duration;
use tokio::{task::JoinSet, time::Instant};

/// How long each of many took, and how many a second were done.
pub struct Pace {
    rate: f64,
    pub median: Duration,
    high: Duration,
}

impl Pace {
    /// Of work that began then.
    pub fn since(started: Instant, mut times: Vec<Duration>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let rate = times.len() as f64 / started.elapsed().as_secs_f64();
        Self { rate, median: quantile(&mut times, 0.5), high: quantile(&mut times, 0.99) }
    }

    /// In words.
    pub fn shown(&self) -> String {
        format!("{:.0} a second, median {:.1} ms, p99 {:.1} ms", self.rate, ms(self.median), ms(self.high))
    }

    /// How many times as many a second the floor does.
    pub fn beside(&self, floor: &Self) -> f64 {
        floor.rate / self.rate
    }
}

/// Appends rows as long as an event's to a table that is nobody's, beside the clinic's own.
pub async fn append(store: &Store, rows: usize, at_once: usize) -> Pace {
    let mut tx = store.begin().await.expect("a transaction");
    sqlx::query("CREATE TABLE IF NOT EXISTS floor (event TEXT NOT NULL)")
        .execute(tx.connection())
        .await
        .expect("a table");
    tx.commit().await.expect("committed");
    let started = Instant::now();
    let mut workers = JoinSet::new();
    for _ in 0..at_once {
        workers.spawn(append_alone(store.clone(), rows / at_once));
    }
    let times = workers.join_all().await.into_iter().flatten().collect();
    Pace::since(started, times)
}

async fn append_alone(store: Store, rows: usize) -> Vec<Duration> {
    let row = "x".repeat(150);
    let mut times = Vec::with_capacity(rows);
    for _ in 0..rows {
        let started = Instant::now();
        let mut tx = store.begin().await.expect("a transaction");
        sqlx::query("INSERT INTO floor (event) VALUES ($1)")
            .bind(&row)
            .execute(tx.connection())
            .await
            .expect("appended");
        tx.commit().await.expect("committed");
        times.push(started.elapsed());
    }
    times
}
