//! The one way in which anything happens to a visit: load, decide, append, commit, publish.

use super::{AuditEntry, Clinic, ClinicError, links::Revoked};
use crate::{
    domain::visit::{
        Actor, Change, Command, Event, Millis, PatientId, Refusal, RoomName, SeatId, StaffId, Visit, VisitId,
        decide,
    },
    server::{
        finish::to_its_end,
        random,
        store::{StoreError, Stored, Tx},
    },
};
use std::sync::Arc;

/// How often to think again when others keep changing the same visit. More means that something is wrong.
const TRIES: usize = 16;

/// Whom a commit concerns.
#[derive(Default)]
pub(super) struct ToTell {
    /// What happened.
    pub stored: Vec<Stored>,
    /// Whether a room is over.
    pub ends_a_room: bool,
    /// The place whose links are no good any more, and whose patient's it is.
    pub taken_away: Option<(StaffId, SeatId)>,
}

impl Clinic {
    /// Does it if the rules allow: when this returns, it is on the disk, and whoever watches has been told.
    ///
    /// Of two who do something at once one is first; the other decides anew on what is then, and is told why not.
    ///
    /// # Errors
    /// See [`ClinicError`]. Nothing has happened then, unless the connection to the database was lost in the middle.
    pub async fn carry_out(
        &self,
        id: VisitId,
        command: Command,
        actor: Actor,
    ) -> Result<Arc<Visit>, ClinicError> {
        self.carry_out_with(id, command, actor, None).await
    }

    /// The same, and takes somebody's links away with it: both happen, or neither.
    ///
    /// # Errors
    /// As [`carry_out`](Self::carry_out).
    pub(super) async fn carry_out_and_revoke(
        &self,
        id: VisitId,
        command: Command,
        actor: Actor,
        revoked: Revoked,
    ) -> Result<Arc<Visit>, ClinicError> {
        self.carry_out_with(id, command, actor, Some(revoked)).await
    }

    async fn carry_out_with(
        &self,
        id: VisitId,
        command: Command,
        actor: Actor,
        revoked: Option<Revoked>,
    ) -> Result<Arc<Visit>, ClinicError> {
        for _ in 0..TRIES {
            let before = self.visit(id).await?.ok_or(ClinicError::NotFound)?;
            match self.attempt(id, Some(&before), (command.clone(), revoked), actor, self.now()).await {
                // Another process was quicker, or this one's memory is behind.
                Err(ClinicError::Store(StoreError::Conflict)) => self.hub().catch_up(self.store()).await?,
                Err(ClinicError::Refused(refusal)) => {
                    self.audit_refused(id, &before, &command, actor).await?;
                    return Err(refusal.into());
                }
                outcome => return outcome,
            }
        }
        Err(StoreError::Database("too many at once").into())
    }

    /// Makes an appointment.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn schedule(&self, command: Command, actor: Actor) -> Result<VisitId, ClinicError> {
        let id = VisitId(new_id()?);
        self.attempt(id, None, (command, None), actor, self.now()).await?;
        Ok(id)
    }

    /// Makes an appointment together with whatever else is written in `tx`, and says how it stands. What is added to `stored` is to
    /// be [committed](Self::commit) with it.
    ///
    /// # Errors
    /// See [`ClinicError`]. When it is refused, nothing of it is in `tx`.
    pub(super) async fn schedule_in(
        &self,
        tx: &mut Tx,
        stored: &mut Vec<Stored>,
        id: VisitId,
        command: Command,
        actor: Actor,
    ) -> Result<Visit, ClinicError> {
        let now = self.now();
        let (events, after) = self.what_comes_of(None, command, actor, now)?;
        stored.extend(write(tx, id, &events, &after, now).await?);
        Ok(after)
    }

    /// Writes down what happened at an earlier time, in a clinic where nobody else does anything: for one that is to be tried out.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub(in crate::server) async fn has_happened(
        &self,
        id: VisitId,
        command: Command,
        actor: Actor,
        at: Millis,
    ) -> Result<(), ClinicError> {
        let before = self.visit(id).await?;
        self.attempt(id, before.as_ref(), (command, None), actor, at).await.map(drop)
    }

    async fn attempt(
        &self,
        id: VisitId,
        before: Option<&Arc<Visit>>,
        (command, revoked): (Command, Option<Revoked>),
        actor: Actor,
        now: Millis,
    ) -> Result<Arc<Visit>, ClinicError> {
        let (events, after) = self.what_comes_of(before.map(AsRef::as_ref), command, actor, now)?;
        let mut tx = self.store().begin().await?;
        let stored = write(&mut tx, id, &events, &after, now).await?;
        let room = before.and_then(|visit| visit.stage.room());
        let room_is_over = room.filter(|room| after.stage.room() != Some(*room));
        if let Some(room) = room_is_over {
            tx.end_room(room, now).await?;
        }
        if let Some(revoked) = revoked {
            revoked.write(&mut tx, id, &after, now).await?;
        }
        let taken_away = revoked.map(|Revoked { seat, .. }| (after.provider, seat));
        self.commit(tx, ToTell { stored, ends_a_room: room_is_over.is_some(), taken_away }).await?;
        Ok(Arc::new(after))
    }

    /// The events by which a command happens, and how the visit stands after them.
    fn what_comes_of(
        &self,
        before: Option<&Visit>,
        command: Command,
        actor: Actor,
        now: Millis,
    ) -> Result<(Vec<Event>, Visit), Refusal> {
        let changes = decide(before, command, actor, now, self.policy())?;
        let seq = before.map_or(0, |visit| visit.seq);
        let events: Vec<Event> =
            (seq + 1..).zip(changes).map(|(seq, change)| Event { seq, at: now, by: actor, change }).collect();
        let after = events.iter().fold(before.cloned(), Visit::fold).ok_or(Refusal::NoVisit)?;
        Ok((events, after))
    }

    /// Commits, and tells whoever watches of what happened. Both or neither, also when whoever asked has hung up: an event that is
    /// stored and told to nobody would keep a patient in the room whose visit is over.
    pub(super) async fn commit(&self, tx: Tx, told: ToTell) -> Result<(), StoreError> {
        let ToTell { stored, ends_a_room, taken_away } = told;
        let (store, hub) = (self.store().clone(), Arc::clone(&self.hub));
        let rooms_ended = Arc::clone(&self.rooms_ended);
        to_its_end(async move {
            tx.commit().await?;
            if ends_a_room {
                rooms_ended.notify_one();
            }
            // It has happened: that others cannot be told of it now must not look as if it had not.
            if let Err(error) = hub.publish(&store, &stored).await {
                tracing::error!(%error, "what happened could not be published; it will be, with what happens next");
            }
            if let Some((provider, seat)) = taken_away {
                hub.tell_of_seat(provider, seat);
            }
            Ok(())
        })
        .await
    }
}

/// Appends events, with their lines of the audit.
async fn write(
    tx: &mut Tx,
    id: VisitId,
    events: &[Event],
    after: &Visit,
    now: Millis,
) -> Result<Vec<Stored>, StoreError> {
    let stored = tx.append(id, events, after).await?;
    for event in events.iter().filter(|event| is_audited(&event.change)) {
        tx.audit(&AuditEntry::of_change(id, after, event), now).await?;
    }
    Ok(stored)
}

/// Presence comes and goes by itself, and is no deed; of devices a line was written with what was said of them.
fn is_audited(change: &Change) -> bool {
    !matches!(change, Change::WentAway { .. } | Change::CameBack | Change::DevicesTried)
}

/// 128 bits that nobody can guess.
pub(super) fn new_id() -> Result<u128, ClinicError> {
    Ok(u128::from_be_bytes(random::bytes()?))
}

macro_rules! random {
    ($($name:ident),*) => {$(
        impl $name {
            /// A new one, that nobody can guess.
            ///
            /// # Errors
            /// When the operating system gives no randomness.
            pub fn random() -> Result<Self, ClinicError> {
                new_id().map(Self)
            }
        }
    )*};
}

random!(VisitId, PatientId, StaffId, SeatId, RoomName);
