//! The rooms of visits: made when somebody is let in, ended when nobody may meet there any more.
//!
//! A token cannot be taken back. So each admission has a room of its own, and a room that is over is written down together with
//! the event that ended it, and ended at the room service until that has said so: also by the next process.

use super::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError};
use crate::{
    api::JoinTicket,
    domain::{
        Identity, Role,
        visit::{Actor, Command, Millis, Refusal, RoomName, StaffId, Visit, VisitId},
    },
    rooms::{RoomRequest, RoomService},
    server::{
        AppState, clock,
        random::RandomError,
        store::{StoreError, Tx},
    },
    tokens,
};
use sha2::{Digest, Sha256};
use sqlx::Row;
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// A visit may last for so much longer than was planned.
const OVERTIME: Duration = Duration::from_hours(4);

/// Rooms wait so long for somebody, and so long for somebody to come back. As long as Twilio allows.
const ROOM_WAITS: Duration = Duration::from_hours(1);

/// How often to look for rooms that another process has not ended.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// How long to wait before rooms are asked to end again.
const TRY_AGAIN: Duration = Duration::from_secs(2);

/// A way into a visit's room for somebody who may go there now. Nobody may before a provider has let the patient in.
///
/// # Errors
/// [`ClinicError::Refused`] says why not.
pub(super) async fn ticket(state: &AppState, id: VisitId, actor: Actor) -> Result<JoinTicket, ClinicError> {
    let clinic = &state.clinic;
    let visit = clinic.visit(id).await?.ok_or(ClinicError::NotFound)?;
    let room = match visit.room_for(actor) {
        Ok(room) => room,
        Err(refusal) => {
            let line = given(&visit, id, actor);
            clinic.audit(AuditEntry { outcome: AuditOutcome::Refused, ..line }).await?;
            return Err(refusal.into());
        }
    };
    let longest = longest(&visit);
    let request = RoomRequest {
        max_stay: Some(longest),
        unused_timeout: Some(ROOM_WAITS),
        empty_timeout: Some(ROOM_WAITS),
        ..RoomRequest::named(room.to_string())
    };
    state.rooms.create(&request).await.map_err(ClinicError::Rooms)?;
    // It may have been ended while it was made: then it is ended once more, and nobody gets in.
    clinic.keep_up().await?;
    let now = clinic.visit(id).await?.ok_or(ClinicError::NotFound)?;
    if now.room_for(actor)? != room {
        let mut tx = clinic.store().begin().await?;
        tx.end_room(room, clinic.now()).await?;
        tx.commit().await?;
        clinic.rooms_ended.notify_one();
        return Err(Refusal::NotAdmitted.into());
    }
    let identity = identity(&visit, id, actor);
    let token = tokens::mint(
        state.credentials(),
        identity.as_str(),
        &room.to_string(),
        longest,
        clock::unix_seconds(),
    )
    .map_err(|_| ClinicError::Random(RandomError))?;
    clinic.audit(given(&visit, id, actor)).await?;
    Ok(JoinTicket {
        identity,
        room: room.to_string(),
        token,
        signaling: state.signaling_path().map(str::to_owned),
        ice_servers: state.ice_servers()?,
        relay_only: state.ice_servers.relay_only,
    })
}

/// A token opens its room for so long, and nobody stays there for longer. Twilio's SDK sends the token again when it comes back
/// from an interruption, also in the last minute of a long visit.
fn longest(visit: &Visit) -> Duration {
    Duration::from_mins(visit.minutes.into()).saturating_add(OVERTIME)
}

/// Who somebody is in the room: always the same there, so that a reload takes its own seat over, and nothing that says who.
fn identity(visit: &Visit, id: VisitId, actor: Actor) -> Identity {
    let (role, seed) = match actor {
        Actor::Patient => (Role::Patient, visit.seat.to_string()),
        Actor::Guest(seat) => (Role::Guest, seat.to_string()),
        Actor::Staff(staff, _) => (Role::Provider, staff.to_string()),
        Actor::System => (Role::Guest, String::new()),
    };
    let mut opaque = [0; 16];
    opaque.copy_from_slice(&Sha256::digest(format!("{id}:{seed}"))[..16]);
    Identity::from_random(role, opaque)
}

fn given(visit: &Visit, id: VisitId, actor: Actor) -> AuditEntry {
    AuditEntry {
        actor: match actor {
            Actor::Patient => AuditActor::Seat(visit.seat),
            Actor::Guest(seat) => AuditActor::Seat(seat),
            Actor::Staff(staff, _) => AuditActor::Staff(staff),
            Actor::System => AuditActor::System,
        },
        action: AuditAction::TokenGiven,
        visit: Some(id),
        patient: Some(visit.patient),
        outcome: AuditOutcome::Done,
    }
}

impl Tx {
    /// Notes that nobody may meet in a room any more. Noted again, it is to be ended again, whoever is about to strike it off.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end_room(&mut self, room: RoomName, now: Millis) -> Result<(), StoreError> {
        // Always another number than before, or whoever has ended the room that was there then would strike this off with it.
        sqlx::query(
            "INSERT INTO rooms_to_end (room, since) VALUES ($1, $2) ON CONFLICT (room) DO UPDATE SET since = \
             CASE WHEN excluded.since > rooms_to_end.since THEN excluded.since ELSE rooms_to_end.since + 1 END",
        )
            .bind(room.to_string())
            .bind(i64::try_from(now.0).map_err(|_| StoreError::Damaged("number"))?)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

impl Clinic {
    /// Lets a visit go on in another room, if it is in one: who must not be there any more is put out, and their token opens
    /// nothing.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub(super) async fn change_room(&self, id: VisitId, by: Actor) -> Result<(), ClinicError> {
        // Else it would be tried, and stand in the audit as refused.
        if self.visit(id).await?.is_none_or(|visit| visit.stage.room().is_none()) {
            return Ok(());
        }
        match self.carry_out(id, Command::ChangeRoom { room: RoomName::random()? }, by).await {
            Ok(_) | Err(ClinicError::Refused(Refusal::NothingToDo | Refusal::Ended { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The same for every visit of a provider's.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub(super) async fn change_rooms_of(&self, provider: StaffId) -> Result<(), ClinicError> {
        self.keep_up().await?;
        for (id, visit) in self.open_visits() {
            if visit.provider == provider {
                self.change_room(id, Actor::System).await?;
            }
        }
        Ok(())
    }

    /// Ends rooms as soon as nobody may meet in them any more, until the server stops.
    pub async fn keep_rooms<R: RoomService + Send + Sync>(
        self: Arc<Self>,
        rooms: Arc<R>,
        stopping: CancellationToken,
    ) {
        loop {
            let left = self.end_rooms(&*rooms).await;
            let again = async {
                match left {
                    // Another process may have died before it ended its own.
                    Ok(0) if self.store().is_shared() => tokio::time::sleep(LOOK_AGAIN).await,
                    Ok(0) => std::future::pending().await,
                    _ => tokio::time::sleep(TRY_AGAIN).await,
                }
            };
            tokio::select! {
                () = stopping.cancelled() => return,
                () = self.rooms_ended.notified() => {}
                () = again => {}
            }
        }
    }

    /// Ends what is to be ended; says how many are left.
    async fn end_rooms(&self, rooms: &(impl RoomService + Sync)) -> Result<usize, StoreError> {
        let rows = sqlx::query("SELECT room, since FROM rooms_to_end ORDER BY since")
            .fetch_all(self.store().pool())
            .await?;
        let mut left = 0;
        for row in rows {
            let (room, since): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
            if let Err(error) = rooms.complete(&room).await {
                tracing::warn!(%error, "a room could not be ended; it will be tried again");
                left += 1;
                continue;
            }
            let mut tx = self.store().begin().await?;
            let struck_off = sqlx::query("DELETE FROM rooms_to_end WHERE room = $1 AND since = $2")
                .bind(room)
                .bind(since)
                .execute(tx.connection())
                .await?;
            tx.commit().await?;
            // It was made and given up once more while it was ended: or another process was quicker.
            left += usize::from(struck_off.rows_affected() == 0);
        }
        Ok(left)
    }
}
