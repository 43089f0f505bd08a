//! Streams end with the session of whoever reads them. Everything that ends a session deletes its row, on whichever node; so once a
//! second, and at once after a deed of this node, all rows are read, and each stream looks at its own when that has changed.

use super::session_end::{SessionUse, WithPatient};
use crate::{
    domain::visit::{Millis, StaffId, Visit},
    server::{
        clinic::{Clinic, SessionKey, rounds::Rounds},
        store::StoreError,
    },
};
use sqlx::Row;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// How often it is looked at what other nodes and the clock have done.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The sessions as of the last look. What is different about one may be its end, its use, or its owner's patient.
type Known = Arc<HashMap<SessionKey, SessionUse>>;

/// What this process knows of sessions.
pub(in crate::server::clinic) struct Sessions {
    known: watch::Sender<Known>,
    changed: Notify,
    /// When somebody last had a patient with them.
    with_patient: Mutex<HashMap<StaffId, Millis>>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            known: watch::channel(Known::default()).0,
            changed: Notify::new(),
            with_patient: Mutex::default(),
        }
    }
}

impl Sessions {
    /// A session was ended or used: whoever watches is told at once.
    pub fn changed(&self) {
        self.changed.notify_one();
    }

    fn with_patient(&self) -> MutexGuard<'_, HashMap<StaffId, Millis>> {
        // Times only: they are whole at every moment.
        self.with_patient.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hears when something about one session may have changed.
pub(in crate::server::clinic) struct SessionWatch {
    known: watch::Receiver<Known>,
    key: SessionKey,
    last: Option<SessionUse>,
}

impl SessionWatch {
    /// Waits until it is worth a look. That the session is not known is no proof that it has ended: it may be newer than the last
    /// look at all of them.
    pub async fn changed(&mut self) {
        loop {
            if self.known.changed().await.is_err() {
                // The clinic is gone, and the stream with it.
                return std::future::pending().await;
            }
            let now = self.known.borrow_and_update().get(&self.key).copied();
            if now.is_none() || now != self.last {
                self.last = now;
                return;
            }
        }
    }
}

impl Clinic {
    /// Hears when something about a session may have changed, from now on.
    pub(in crate::server::clinic) fn watch_session(&self, key: &SessionKey) -> SessionWatch {
        let known = self.sessions.known.subscribe();
        let last = known.borrow().get(key).copied();
        SessionWatch { known, key: key.clone(), last }
    }

    /// Whether somebody has a patient with them. A patient who was let in and is gone keeps nobody logged in.
    pub(super) fn with_patient(&self, staff: StaffId) -> WithPatient {
        if self.hub().any_open(staff, Visit::is_with_provider) {
            self.sessions.with_patient().insert(staff, self.now());
            return WithPatient::Now;
        }
        self.sessions
            .with_patient()
            .get(&staff)
            .map_or(WithPatient::Never, |until| WithPatient::Until(*until))
    }

    /// Reads all sessions, forgets those that are over, and tells whoever watches.
    ///
    /// # Errors
    /// See [`StoreError`]. The next look finds what this one did not.
    pub async fn look_at_sessions(&self) -> Result<(), StoreError> {
        let now = self.now();
        self.note_who_has_a_patient(now);
        if self.sessions.known.receiver_count() == 0 {
            return Ok(());
        }
        let rows = sqlx::query(
            "SELECT s.hash, s.staff, s.created_at, s.seen_at FROM staff_sessions s \
             JOIN staff ON staff.id = s.staff WHERE staff.disabled = 0",
        )
        .fetch_all(self.store().pool())
        .await?;
        let mut known = HashMap::with_capacity(rows.len());
        for row in rows {
            let time = |column: usize| -> Result<Millis, StoreError> {
                Ok(Millis(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0)))
            };
            let staff =
                StaffId::try_from(row.try_get::<String, _>(1)?).map_err(|_| StoreError::Damaged("id"))?;
            let used =
                SessionUse { created: time(2)?, seen: time(3)?, with_patient: self.with_patient(staff) };
            let key = SessionKey(row.try_get(0)?);
            if used.is_over(now) {
                self.end_session(&key.0).await?;
            } else {
                known.insert(key, used);
            }
        }
        self.sessions.known.send_replace(Arc::new(known));
        Ok(())
    }

    fn note_who_has_a_patient(&self, now: Millis) {
        let busy: HashSet<StaffId> = self.hub().providers_with_patients();
        self.sessions.with_patient().extend(busy.into_iter().map(|staff| (staff, now)));
    }
}

/// Looks at the sessions until the server stops.
pub async fn keep_sessions(clinic: Arc<Clinic>, stopping: CancellationToken) {
    let mut rounds = Rounds::every(LOOK_EVERY, stopping);
    loop {
        tokio::select! {
            goes_on = rounds.next() => if !goes_on { return },
            () = clinic.sessions.changed.notified() => {}
        }
        if let Err(error) = clinic.look_at_sessions().await {
            tracing::error!(%error, "sessions could not be looked at; they will be");
        }
    }
}
