//! Coming in: a secret or a code for a cookie.

use super::{code::Code, issue::number};
use crate::{
    domain::visit::{Millis, SeatId, VisitId},
    server::{
        clinic::{
            AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, Whence, hashing::Busy,
            secret, throttle::Target,
        },
        config::ConfirmIdentity,
        store::{Notice, StoreError, Tx},
    },
};
use sqlx::{Row, any::AnyRow};

/// What a browser gets that came in.
pub struct Entered {
    /// What its cookie carries.
    pub secret: String,
    /// Where to.
    pub visit: VisitId,
}

/// Why somebody did not come in. Pages say it in the patient's words.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// There is no such link, or it was mistyped.
    #[error("the link is unknown")]
    Unknown,
    /// It was taken away: a newer one may have been sent.
    #[error("the link was revoked")]
    Revoked,
    /// Its visit is long over.
    #[error("the link is expired")]
    Expired,
    /// Too many wrong codes, or wrong links.
    #[error("too many tries")]
    TooMany,
    /// So many come at once that this one was not looked at.
    #[error("too many at once")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Clinic(#[from] ClinicError),
}

impl From<StoreError> for EnterError {
    fn from(error: StoreError) -> Self {
        Self::Clinic(error.into())
    }
}

struct Found {
    link: String,
    visit: VisitId,
    seat: SeatId,
    expires_at: i64,
    revoked: bool,
}

impl Clinic {
    /// Lets the holder of a link in. The browser that came last to a place has it. `from`: where they are on the network.
    ///
    /// # Errors
    /// See [`EnterError`].
    pub async fn enter_by_secret(&self, given: &str, from: Whence) -> Result<Entered, EnterError> {
        // 128 random bits need no throttle.
        let row =
            sqlx::query("SELECT id, visit, seat, expires_at, revoked_at FROM links WHERE secret_hash = $1")
                .bind(secret::hash(given.trim()))
                .fetch_optional(self.store().pool())
                .await
                .map_err(StoreError::from)?;
        self.enter(row, from).await
    }

    /// Lets in who types the code beside a link. `from`: where they are on the network. Only that one place is slowed down by its
    /// wrong codes: otherwise anybody could lock all patients out.
    ///
    /// # Errors
    /// See [`EnterError`].
    pub async fn enter_by_code(&self, given: &str, from: Whence) -> Result<Entered, EnterError> {
        // What can be nobody's code guesses nothing.
        let Some(code) = Code::parse(given) else { return self.enter(None, from).await };
        // Before the throttle, whose transaction others wait for.
        let turn = self.hashing.turn_of_stranger(from).await.map_err(|Busy| EnterError::Busy)?;
        let target = Target::codes(from);
        let Ok(counted) = self.count_try(&target).await? else {
            if from == Whence::Unknown {
                self.refusals.unknown_are_slowed_down(self.now());
            }
            self.write_refused(entry(AuditActor::Nobody, None, AuditOutcome::Refused), from).await?;
            return Err(EnterError::TooMany);
        };
        let hash = code.hash(turn).await.ok_or(StoreError::Database("a code could not be hashed"))?;
        let row =
            sqlx::query("SELECT id, visit, seat, expires_at, revoked_at FROM links WHERE code_hash = $1")
                .bind(hash)
                .fetch_optional(self.store().pool())
                .await
                .map_err(StoreError::from)?;
        if row.is_some() {
            // Also when it is good no more. What others have guessed from there still counts.
            self.take_back(&target, counted).await?;
        }
        self.enter(row, from).await
    }

    /// Writes a refusal down, unless there were too many from there.
    async fn write_refused(&self, line: AuditEntry, from: Whence) -> Result<(), EnterError> {
        if !self.refusals.may_be_written(from, self.now()) {
            return Err(EnterError::TooMany);
        }
        Ok(self.audit(line).await?)
    }

    async fn enter(&self, row: Option<AnyRow>, from: Whence) -> Result<Entered, EnterError> {
        let Some(row) = row else {
            self.write_refused(entry(AuditActor::Nobody, None, AuditOutcome::Refused), from).await?;
            return Err(EnterError::Unknown);
        };
        let found = found(&row)?;
        let state = self.visit(found.visit).await.map_err(ClinicError::from)?.ok_or(ClinicError::NotFound)?;
        let is_guest = found.seat != state.seat;
        let refused = if found.revoked || (is_guest && !state.guests.contains(&found.seat)) {
            Some(EnterError::Revoked)
        } else if found.expires_at <= number(self.now()) {
            Some(EnterError::Expired)
        } else {
            None
        };
        let line = |outcome| AuditEntry {
            patient: Some(state.patient),
            ..entry(AuditActor::Seat(found.seat), Some(found.visit), outcome)
        };
        if let Some(refused) = refused {
            self.write_refused(line(AuditOutcome::Refused), from).await?;
            return Err(refused);
        }
        let secret = secret::new().map_err(ClinicError::from)?;
        let confirmed = is_guest || self.settings().confirm_identity == ConfirmIdentity::None;
        let mut tx = self.store().begin().await?;
        let taken_at = later_than_others(&mut tx, found.seat, self.now()).await?;
        sqlx::query(
            "INSERT INTO seat_sessions (hash, link, visit, seat, is_guest, confirmed, taken_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(secret::hash(&secret))
        .bind(found.link)
        .bind(found.visit.to_string())
        .bind(found.seat.to_string())
        .bind(i64::from(is_guest))
        .bind(i64::from(confirmed))
        .bind(taken_at)
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        tx.audit(&line(AuditOutcome::Done), self.now()).await?;
        tx.tell(Notice::Seat(state.provider, found.seat)).await?;
        tx.commit().await?;
        self.hub().tell_of_seat(state.provider, found.seat);
        Ok(Entered { secret, visit: found.visit })
    }
}

/// A time after which nobody has come to this place: of two who come in the same millisecond, one is the last.
pub(super) async fn later_than_others(tx: &mut Tx, seat: SeatId, now: Millis) -> Result<i64, StoreError> {
    let latest: i64 = sqlx::query("SELECT COALESCE(MAX(taken_at), 0) FROM seat_sessions WHERE seat = $1")
        .bind(seat.to_string())
        .fetch_one(tx.connection())
        .await?
        .try_get(0)?;
    Ok(number(now).max(latest + 1))
}

fn found(row: &AnyRow) -> Result<Found, StoreError> {
    let damaged = |_| StoreError::Damaged("id");
    Ok(Found {
        link: row.try_get(0)?,
        visit: VisitId::try_from(row.try_get::<String, _>(1)?).map_err(damaged)?,
        seat: SeatId::try_from(row.try_get::<String, _>(2)?).map_err(damaged)?,
        expires_at: row.try_get(3)?,
        revoked: row.try_get::<Option<i64>, _>(4)?.is_some(),
    })
}

fn entry(actor: AuditActor, visit: Option<VisitId>, outcome: AuditOutcome) -> AuditEntry {
    AuditEntry { actor, action: AuditAction::LinkUsed, visit, patient: None, outcome }
}
