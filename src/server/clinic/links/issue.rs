//! Making links, and taking them away.

use super::code::Code;
use crate::{
    domain::visit::{Millis, Policy, SeatId, Visit, VisitId},
    server::{
        clinic::{
            AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, carry_out::new_id,
            hashing::Hashing, secret,
        },
        store::{Notice, StoreError, Tx},
    },
};
use futures_util::{StreamExt, TryStreamExt, stream};
use std::time::Duration;

/// How long after the end of a visit that began as late as it could a link still opens its page, which says then how the visit ended.
const GOOD_AFTER: Duration = Duration::from_hours(24);

/// A link, as it is given to a person. It is stored hashed, so this is the only time it can be read.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// Goes into the fragment of `/v#…`: 32 hexadecimal digits.
    pub secret: String,
    /// For whoever cannot open the link: `ABCDE-12345`.
    pub code: String,
}

/// A link that is not stored yet: what is slow about it is done, before anybody has to wait for the transaction that it goes into.
pub struct FreshLink {
    link: Link,
    code_hash: String,
}

impl FreshLink {
    /// So many, hashed on all processors at once.
    ///
    /// # Errors
    /// When there is no randomness, or a code cannot be hashed.
    pub async fn several(count: usize, hashing: &Hashing) -> Result<Vec<Self>, ClinicError> {
        stream::iter(0..count).map(|_| Self::new(hashing)).buffered(hashing.at_once()).try_collect().await
    }

    async fn new(hashing: &Hashing) -> Result<Self, ClinicError> {
        let (secret, code) = (secret::new()?, Code::random()?);
        let link = Link { secret, code: code.shown() };
        let code_hash = code
            .hash(hashing.turn().await)
            .await
            .ok_or(StoreError::Database("a code could not be hashed"))?;
        Ok(Self { link, code_hash })
    }

    /// Writes it down as a link to a place in a visit that stands like this.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn store(
        self,
        tx: &mut Tx,
        visit: VisitId,
        (seat, state): (SeatId, &Visit),
        (by, policy): (AuditActor, &Policy),
        now: Millis,
    ) -> Result<Link, ClinicError> {
        let Self { link, code_hash } = self;
        sqlx::query(
            "INSERT INTO links (id, secret_hash, code_hash, visit, seat, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(format!("{:032x}", new_id()?))
        .bind(secret::hash(&link.secret))
        .bind(code_hash)
        .bind(visit.to_string())
        .bind(seat.to_string())
        .bind(number(good_until(state, policy)))
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        tx.audit(&entry(by, AuditAction::LinkIssued, visit, state), now).await?;
        Ok(link)
    }
}

impl Clinic {
    /// Makes a link to a place in a visit. Links made before for the same place stay good.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn issue_link(
        &self,
        visit: VisitId,
        seat: SeatId,
        by: AuditActor,
    ) -> Result<Link, ClinicError> {
        let state = self.visit(visit).await?.ok_or(ClinicError::NotFound)?;
        let fresh = FreshLink::new(&self.hashing).await?;
        let mut tx = self.store().begin().await?;
        let link = fresh.store(&mut tx, visit, (seat, &state), (by, self.policy()), self.now()).await?;
        tx.commit().await?;
        Ok(link)
    }

    /// Takes away every link to a place, and with them the browsers that came by one. For who may be in the call,
    /// `carry_out_and_revoke` changes the room in the same transaction.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn revoke_links(
        &self,
        visit: VisitId,
        seat: SeatId,
        by: AuditActor,
    ) -> Result<(), ClinicError> {
        let state = self.visit(visit).await?.ok_or(ClinicError::NotFound)?;
        let mut tx = self.store().begin().await?;
        Revoked { seat, by }.write(&mut tx, visit, &state, self.now()).await?;
        tx.commit().await?;
        self.hub().tell_of_seat(state.provider, seat);
        Ok(())
    }

    /// Lets the links of a visit that was moved be good for as long as they would be had they been made now.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn keep_links_good(&self, visit: VisitId, state: &Visit) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        sqlx::query("UPDATE links SET expires_at = $2 WHERE visit = $1")
            .bind(visit.to_string())
            .bind(number(good_until(state, self.policy())))
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        Ok(tx.commit().await?)
    }
}

/// Whoever checks in at the last moment must not be put out in the middle of their visit.
fn good_until(visit: &Visit, policy: &Policy) -> Millis {
    let last_check_in = visit.starts_at.plus(policy.closes_after);
    last_check_in.plus(Duration::from_mins(visit.minutes.into())).plus(GOOD_AFTER)
}

/// Whose links are taken away.
#[derive(Debug, Clone, Copy)]
pub struct Revoked {
    /// The place to which they lead.
    pub seat: SeatId,
    /// Who takes them away.
    pub by: AuditActor,
}

impl Revoked {
    /// Writes it down, for a visit that stands like this. Whoever waits is to be told after the commit.
    pub async fn write(
        self,
        tx: &mut Tx,
        visit: VisitId,
        state: &Visit,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE links SET revoked_at = $3 WHERE visit = $1 AND seat = $2 AND revoked_at IS NULL")
            .bind(visit.to_string())
            .bind(self.seat.to_string())
            .bind(number(now))
            .execute(tx.connection())
            .await?;
        sqlx::query("DELETE FROM seat_sessions WHERE visit = $1 AND seat = $2")
            .bind(visit.to_string())
            .bind(self.seat.to_string())
            .execute(tx.connection())
            .await?;
        tx.audit(&entry(self.by, AuditAction::LinkRevoked, visit, state), now).await?;
        tx.tell(Notice::Seat(state.provider, self.seat)).await
    }
}

fn entry(actor: AuditActor, action: AuditAction, visit: VisitId, state: &Visit) -> AuditEntry {
    AuditEntry {
        actor,
        action,
        visit: Some(visit),
        patient: Some(state.patient),
        outcome: AuditOutcome::Done,
    }
}

pub(super) fn number(time: Millis) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}
