//! Visits that were, written into a database as the server's clock will see them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use owl_hospital::{
    domain::visit::{
        Actor, Change, Event, Millis, Outcome, PatientId, RoomName, SeatId, StaffId, StaffRole, Visit,
        VisitId,
    },
    server::store::Store,
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// So many visits of a provider's that are over, of 20 minutes each and 2 minutes apart. The last ended 6 minutes ago.
pub async fn past_visits(store: &Store, provider: StaffId, count: u64) {
    for n in (0..count).rev() {
        let ended = 6 + 22 * n;
        let admitted = ended + 20;
        write(store, provider, 1000 + u128::from(n), admitted + 2, Some(admitted), Some(ended)).await;
    }
}

/// Somebody whom the provider let in 4 minutes ago, as soon as they had come.
pub async fn in_the_room(store: &Store, provider: StaffId) -> VisitId {
    write(store, provider, 2000, 6, Some(4), None).await
}

/// Somebody who waits, and came 3 minutes ago.
pub async fn waits(store: &Store, provider: StaffId) -> VisitId {
    write(store, provider, 3000, 3, None, None).await
}

/// Times are in minutes ago.
async fn write(
    store: &Store,
    provider: StaffId,
    n: u128,
    came: u64,
    admitted: Option<u64>,
    ended: Option<u64>,
) -> VisitId {
    let scheduled = Change::Scheduled {
        patient: PatientId(n),
        provider,
        seat: SeatId(n),
        starts_at: minutes_ago(came),
        minutes: 15,
        interpreter: false,
    };
    let mut changes = vec![(came + 60, scheduled), (came, Change::CheckedIn), (came, Change::ReadyToWait)];
    changes.extend(admitted.map(|at| (at, admission(n, at))));
    changes.extend(ended.map(|at| (at, Change::Ended { outcome: Outcome::Seen })));
    let by = Actor::Staff(provider, StaffRole::Provider);
    let event = |(seq, (minutes, change))| Event { seq, at: minutes_ago(minutes), by, change };
    let log: Vec<Event> = (1..).zip(changes).map(event).collect();
    let mut tx = store.begin().await.unwrap();
    tx.append(VisitId(n), &log, &Visit::of(&log).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    VisitId(n)
}

fn admission(n: u128, at: u64) -> Change {
    Change::Admitted { room: RoomName(n), opens_at: minutes_ago(at) }
}

#[expect(clippy::disallowed_methods, reason = "the server's clock will see these visits")]
fn minutes_ago(minutes: u64) -> Millis {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Millis(u64::try_from(now.as_millis()).unwrap()).minus(Duration::from_mins(minutes))
}
