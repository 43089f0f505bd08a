//! The task by which a process lives beside others.

use crate::server::{
    clinic::{Clinic, ClinicError},
    store::{NodeId, Notice},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

/// How often this process shows that it lives, and looks at the log even if nothing was heard: a notice may be lost.
const BEAT: Duration = Duration::from_secs(3);

/// After so many beats of its own that it has not heard, a process listens anew: its connection is dead without a word.
const DEAF_BEATS: u32 = 3;

/// How long to wait before listening is tried again.
const AGAIN: Duration = Duration::from_millis(500);

/// How long taking leave may take.
const FAREWELL: Duration = Duration::from_secs(2);

enum Heard {
    /// Notices are heard from now on; what was told before was not.
    Listening,
    Notice(NodeId, Notice),
}

/// Lives beside other processes until the server stops. `rooms`: where calls are; None: in this process.
pub async fn keep_company(clinic: Arc<Clinic>, rooms: Option<String>, stopping: CancellationToken) {
    if !clinic.store().is_shared() {
        return;
    }
    if let Some(rooms) = rooms {
        clinic.neighbours.set_rooms(rooms);
    }
    let (told, mut heard) = mpsc::channel(256);
    let mut listening = listen(&clinic, &told);
    let mut beats = interval(BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut unheard = 0;
    loop {
        let outcome = tokio::select! {
            () = stopping.cancelled() => break,
            _ = beats.tick() => {
                unheard += 1;
                if unheard > DEAF_BEATS {
                    tracing::warn!("notices of other nodes are not heard; listening anew");
                    (listening, unheard) = (listen(&clinic, &told), 0);
                }
                beat(&clinic).await
            }
            () = clinic.neighbours.changed.notified() => clinic.show_up().await,
            Some(heard) = heard.recv() => match heard {
                Heard::Notice(node, _) if node == clinic.store().node() => {
                    unheard = 0;
                    Ok(())
                }
                Heard::Notice(_, notice) => take(&clinic, notice).await,
                Heard::Listening => catch_up(&clinic).await,
            },
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "the other nodes could not be followed; they will be");
        }
    }
    drop(listening);
    // Whoever comes after knows at once that nobody is here any more. If not, they find out.
    let leave = clinic.store().leave_nodes(clinic.store().node(), None, clinic.now());
    drop(timeout(FAREWELL, leave).await);
}

async fn beat(clinic: &Clinic) -> Result<(), ClinicError> {
    clinic.show_up().await?;
    clinic.look_around(true).await?;
    clinic.keep_up().await
}

async fn catch_up(clinic: &Clinic) -> Result<(), ClinicError> {
    clinic.look_around(false).await?;
    clinic.keep_up().await
}

async fn take(clinic: &Clinic, notice: Notice) -> Result<(), ClinicError> {
    match notice {
        // Often it is known already: one reading takes in what many notices say.
        Notice::Log(id) if id > clinic.hub().last() => Ok(clinic.hub().catch_up(clinic.store()).await?),
        Notice::Log(_) | Notice::Beat => Ok(()),
        Notice::Seat(provider, seat) => {
            clinic.hub().tell_of_seat(provider, seat);
            Ok(())
        }
        Notice::Record => Ok(clinic.tell_of_records().await?),
        Notice::Pages => clinic.look_around(false).await,
    }
}

/// Listens until the answer is dropped. In a task of its own, since hearing must not stop in the middle of a message.
fn listen(clinic: &Arc<Clinic>, told: &mpsc::Sender<Heard>) -> JoinSet<()> {
    let mut task = JoinSet::new();
    task.spawn(hear(Arc::clone(clinic), told.clone()));
    task
}

async fn hear(clinic: Arc<Clinic>, told: mpsc::Sender<Heard>) {
    loop {
        if let Err(error) = hear_until_lost(&clinic, &told).await {
            tracing::warn!(%error, "notices of other nodes are not heard; trying again");
        }
        sleep(AGAIN).await;
    }
}

async fn hear_until_lost(clinic: &Clinic, told: &mpsc::Sender<Heard>) -> Result<(), ClinicError> {
    let Some(mut listener) = clinic.store().listen().await? else { return Ok(()) };
    // Whoever was told has gone only with this task.
    drop(told.send(Heard::Listening).await);
    loop {
        let (node, notice) = listener.next().await?;
        drop(told.send(Heard::Notice(node, notice)).await);
    }
}
