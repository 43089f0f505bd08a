//! Who comes to their desk and who goes, written down, so that a replay can say what pages said of it. Nobody waits for it, and
//! whatever cannot be written is written later; with a process end all that it has not said: the next one, or the others, write down
//! that nobody is there any more.

use super::{Clinic, desk::Desk};
use crate::{
    domain::{
        others::DeskChange,
        visit::{Millis, StaffId},
    },
    server::store::{NodeId, Store, StoreError},
};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// When to try again what could not be written.
const AGAIN: Duration = Duration::from_secs(5);

/// What is still to be written.
pub(super) struct DeskLog {
    node: NodeId,
    pending: Mutex<Pending>,
    /// Held while writing, so that all of it is written when the next one has the turn.
    writing: tokio::sync::Mutex<()>,
    more: Notify,
}

#[derive(Default)]
struct Pending {
    changes: Vec<DeskChange>,
    /// When the last one was, also of those that are written.
    last: Option<Millis>,
}

impl DeskLog {
    pub fn new(node: NodeId) -> Self {
        Self { node, pending: Mutex::default(), writing: tokio::sync::Mutex::default(), more: Notify::new() }
    }

    /// Somebody has come to their desk at this process, or gone.
    pub fn note(&self, staff: StaffId, at: Millis, is_there: bool) {
        self.put(DeskChange { node: Some(self.node.into()), staff: Some(staff), at, is_there });
    }

    /// A process begins: until then nobody was there. At a database of its own, at no process.
    fn begin(&self, is_shared: bool, at: Millis) {
        let node = is_shared.then(|| self.node.into());
        self.put(DeskChange { node, staff: None, at, is_there: false });
    }

    fn put(&self, mut change: DeskChange) {
        let mut pending = self.pending();
        // Rows have no other order than that of their times.
        if let Some(last) = pending.last {
            change.at = change.at.max(Millis(last.0 + 1));
        }
        pending.last = Some(change.at);
        pending.changes.push(change);
        self.more.notify_one();
    }

    async fn write(&self, store: &Store) -> Result<(), StoreError> {
        let _turn = self.writing.lock().await;
        // They stay until they are written: whoever waits for it may go away in the middle.
        let changes = self.pending().changes.clone();
        if changes.is_empty() {
            return Ok(());
        }
        store.add_to_desk_log(&changes).await?;
        self.pending().changes.drain(..changes.len());
        Ok(())
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        // One is added, or some are taken: it is whole at every moment.
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// All who are there come anew: the other processes have written down that this one is gone.
    pub(super) fn note_all(&self, now: Millis) {
        // Under the lock: who goes meanwhile is written down after it.
        for staff in self.lock().keys() {
            self.log.note(*staff, now, true);
        }
    }
}

impl Clinic {
    /// Writes down who came and went until now.
    ///
    /// # Errors
    /// See [`StoreError`]. The next time makes up for it.
    pub async fn write_desk_log(&self) -> Result<(), StoreError> {
        self.desk.log.write(self.store()).await
    }
}

/// Writes down who comes and goes until the server stops. Called before anybody can come: that nobody was there until then is noted at
/// once.
pub fn keep_desk_log(clinic: Arc<Clinic>, stopping: CancellationToken) -> impl Future<Output = ()> {
    clinic.desk.log.begin(clinic.store().is_shared(), clinic.now());
    keep(clinic, stopping)
}

async fn keep(clinic: Arc<Clinic>, stopping: CancellationToken) {
    loop {
        let mut next = None;
        if let Err(error) = clinic.write_desk_log().await {
            tracing::warn!(%error, "who is at their desk could not be written down; it will be");
            next = Some(AGAIN);
        }
        tokio::select! {
            () = stopping.cancelled() => break,
            () = clinic.desk.log.more.notified(), if next.is_none() => {}
            () = tokio::time::sleep(next.unwrap_or_default()), if next.is_some() => {}
        }
    }
    // Whoever comes after writes down that nobody is here any more. This only says sooner who went.
    drop(clinic.write_desk_log().await);
}
