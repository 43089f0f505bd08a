//! How many events a second are decided, appended, committed and published, beside bare rows: one after another, and many at once.

use crate::{
    clinic::{settings, staff},
    floor::{self, Pace},
    postgres::Cluster,
};
use owl_hospital::{
    domain::visit::{Actor, Command, PatientId, SeatId, StaffRole, VisitId},
    server::{clinic::Clinic, config::Database, store::Store},
};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::{task::JoinSet, time::Instant};

const EVENTS: usize = 2000;
const AT_ONCE: usize = 16;

/// Measures SQLite, and PostgreSQL where it can be started here.
pub async fn measure() {
    println!("\nEvents that are appended, committed and published");
    let folder = tempfile::tempdir().expect("a folder");
    on("SQLite", &Database::Sqlite, folder.path()).await;
    match Cluster::start().await {
        Ok(cluster) => on("PostgreSQL", &cluster.database(), folder.path()).await,
        Err(why) => println!("  PostgreSQL was not measured: {why}"),
    }
}

async fn on(name: &str, database: &Database, folder: &Path) {
    let store = Store::open(database, folder).await.expect("a database");
    let clinic = Arc::new(Clinic::open(store, settings()).await.expect("a clinic"));
    let mut visits = Vec::new();
    for number in 0..AT_ONCE {
        visits.push(waiting(&clinic, number).await);
    }
    for at_once in [1, AT_ONCE] {
        let started = Instant::now();
        let mut workers = JoinSet::new();
        for visit in visits.iter().take(at_once) {
            workers.spawn(come_and_go(Arc::clone(&clinic), *visit, EVENTS / at_once));
        }
        let times = workers.join_all().await.into_iter().flatten().collect();
        let pace = Pace::since(started, times);
        let floor = floor::append(clinic.store(), EVENTS, at_once).await;
        println!("  | {name}, {at_once} at once: events | {} |", pace.shown());
        println!("  | {name}, {at_once} at once: bare rows | {} |", floor.shown());
        println!("  | {name}, {at_once} at once: bare rows to an event | {:.1} |", pace.beside(&floor));
    }
    clinic.store().close().await;
}

async fn waiting(clinic: &Clinic, number: usize) -> VisitId {
    let provider = staff(number).id;
    let command = Command::Schedule {
        patient: PatientId(1 + number as u128),
        provider,
        seat: SeatId(1 + number as u128),
        starts_at: clinic.now(),
        minutes: 15,
        interpreter: false,
    };
    let visit = clinic.schedule(command, Actor::Staff(provider, StaffRole::Provider)).await.expect("made");
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(visit, command, Actor::Patient).await.expect("there");
    }
    visit
}

/// A page that goes and comes: two events, again and again.
async fn come_and_go(clinic: Arc<Clinic>, visit: VisitId, events: usize) -> Vec<Duration> {
    let mut times = Vec::with_capacity(events);
    for turn in 0..events {
        let command = if turn % 2 == 0 { Command::GoAway { since: clinic.now() } } else { Command::ComeBack };
        let started = Instant::now();
        clinic.carry_out(visit, command, Actor::System).await.expect("done");
        times.push(started.elapsed());
    }
    times
}
