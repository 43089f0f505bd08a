//! A clinic full of people, written straight into a database: everybody waits, and everybody's cookie is known.

use owl_hospital::{
    domain::visit::{
        Actor, Change, Event, Millis, Outcome, PatientId, RoomName, SeatId, StaffId, StaffRole, Visit,
        VisitId,
    },
    server::{
        clock,
        config::{Config, Database},
        store::{Patient, Staff, Store, Tx, VisitDetails},
    },
};
use sha2::{Digest, Sha256};
use std::{fmt::Write, time::Duration};
use tempfile::TempDir;

/// How many visits each provider has behind them: enough that who waits is told how long it may take.
const PAST: usize = 20;
const APART: Duration = Duration::from_mins(25);

/// Somebody who waits.
pub struct Waiting {
    pub visit: VisitId,
    pub seat: SeatId,
    /// The provider's place in [`Clinic::providers`].
    pub provider: usize,
    pub cookie: String,
}

/// A clinic full of people.
pub struct Clinic {
    pub data: TempDir,
    /// The providers' cookies.
    pub providers: Vec<String>,
    pub waiting: Vec<Waiting>,
}

impl Clinic {
    /// So many providers, and so many who wait for each.
    pub async fn of(providers: usize, each: usize) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Database::Sqlite, data.path()).await.expect("a database");
        let mut clinic = Self { data, providers: Vec::new(), waiting: Vec::new() };
        let mut tx = store.begin().await.expect("a transaction");
        for provider in 0..providers {
            let staff = staff(provider);
            tx.put_staff(&staff, clock::now()).await.expect("staff");
            let secret = secret("staff", provider);
            session(&mut tx, &secret, staff.id).await;
            for number in 0..PAST {
                let visit = VisitId(1 + (provider * PAST + number) as u128);
                write(&mut tx, visit, &of_today(visit.0, number, staff.id)).await;
            }
            clinic.providers.push(format!("__Host-staff={secret}"));
        }
        // In turns, so that neighbours in the list wait for different providers.
        for number in 0..providers * each {
            let provider = number % providers;
            let visit = VisitId(1_000_000 + number as u128);
            let secret = secret("seat", number);
            let log = waits(number, staff(provider).id, clock::now());
            write(&mut tx, visit, &log).await;
            beside(&mut tx, visit, number, &secret).await;
            let seat = SeatId(1 + number as u128);
            clinic.waiting.push(Waiting { visit, seat, provider, cookie: format!("__Host-seat={secret}") });
        }
        tx.commit().await.expect("committed");
        store.close().await;
        clinic
    }
}

/// The settings of a clinic in this directory.
pub fn settings() -> owl_hospital::server::config::Clinic {
    Config::read(["owl".into()], |_| None).unwrap_or_else(|error| panic!("{error}")).clinic
}

pub fn staff(number: usize) -> Staff {
    Staff {
        id: StaffId(1 + number as u128),
        email: format!("provider-{number}@clinic.example"),
        name: format!("Dr. Number {number}"),
        role: StaffRole::Provider,
        disabled: false,
    }
}

/// The log of somebody who waits.
pub fn waits(number: usize, provider: StaffId, at: Millis) -> Vec<Event> {
    let by = Actor::Staff(provider, StaffRole::Provider);
    let change = Change::Scheduled {
        patient: PatientId(1 + number as u128),
        provider,
        seat: SeatId(1 + number as u128),
        starts_at: at,
        minutes: 15,
        interpreter: false,
    };
    let event = |seq, by, change| Event { seq, at, by, change };
    vec![
        event(1, by, change),
        event(2, Actor::Patient, Change::CheckedIn),
        event(3, Actor::Patient, Change::ReadyToWait),
    ]
}

/// The log of somebody who was seen.
pub fn was_seen(number: usize, provider: StaffId, at: Millis) -> Vec<Event> {
    let mut log = waits(number, provider, at);
    let by = Actor::Staff(provider, StaffRole::Provider);
    let room = RoomName(1 + number as u128);
    log.push(Event { seq: 4, at, by, change: Change::Admitted { room, opens_at: at } });
    log.push(Event { seq: 5, at, by, change: Change::Ended { outcome: Outcome::Seen } });
    log
}

/// The log of one of a provider's past visits: a few minutes longer or shorter than the others, and so short that the last of
/// those who wait is told something too.
fn of_today(id: u128, number: usize, provider: StaffId) -> Vec<Event> {
    let minutes = 3 + number as u64 * 7 % 6;
    let came = clock::now().minus(APART * u32::try_from(number + 2).expect("few"));
    let admitted = came.plus(Duration::from_mins(number as u64 % 4));
    let times = [came, came, came, admitted, admitted.plus(Duration::from_mins(minutes))];
    let mut log = was_seen(usize::try_from(id).expect("a small number"), provider, came);
    for (event, at) in log.iter_mut().zip(times) {
        event.at = at;
    }
    log
}

/// Writes a whole log.
pub async fn write(tx: &mut Tx, visit: VisitId, log: &[Event]) {
    let after = Visit::of(log).expect("a visit");
    tx.append(visit, log, &after).await.expect("appended");
}

/// What lies beside it.
pub async fn beside(tx: &mut Tx, visit: VisitId, number: usize, secret: &str) {
    let now = clock::now();
    let patient = Patient {
        id: PatientId(1 + number as u128),
        name: format!("Patient Number {number}"),
        birth_date: "1950-01-01".to_owned(),
        language: "en".to_owned(),
    };
    tx.put_patient(&patient, now).await.expect("a patient");
    let details = VisitDetails { reason: "Cough".to_owned(), ..VisitDetails::default() };
    tx.put_details(visit, &details).await.expect("details");
    let (link, seat) = (format!("link-{number}"), SeatId(1 + number as u128).to_string());
    sqlx::query("INSERT INTO links (id, secret_hash, code_hash, visit, seat, expires_at) VALUES ($1, $1, $1, $2, $3, $4)")
        .bind(link.clone())
        .bind(visit.to_string())
        .bind(seat.clone())
        .bind(i64::MAX)
        .execute(tx.connection())
        .await
        .expect("a link");
    sqlx::query(
        "INSERT INTO seat_sessions (hash, link, visit, seat, is_guest, confirmed, taken_at) VALUES ($1, $2, $3, $4, 0, 1, 1)",
    )
    .bind(hash(secret))
    .bind(link)
    .bind(visit.to_string())
    .bind(seat)
    .execute(tx.connection())
    .await
    .expect("a session");
}

/// Somebody of the staff is logged in.
pub async fn session(tx: &mut Tx, secret: &str, staff: StaffId) {
    let now = i64::try_from(clock::now().0).expect("a time");
    sqlx::query("INSERT INTO staff_sessions (hash, staff, created_at, seen_at) VALUES ($1, $2, $3, $3)")
        .bind(hash(secret))
        .bind(staff.to_string())
        .bind(now)
        .execute(tx.connection())
        .await
        .expect("a session");
}

/// What a cookie holds.
pub fn secret(kind: &str, number: usize) -> String {
    hash(&format!("{kind}-{number}"))[..32].to_owned()
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
