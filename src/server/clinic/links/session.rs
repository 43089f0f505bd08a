//! The sessions of who came by a link.

use super::{enter::later_than_others, family_name::is_family_name, issue::number};
use crate::{
    domain::visit::{Actor, SeatId, VisitId},
    server::{
        clinic::{
            AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, SeatSession, SessionKey,
            secret, throttle::Target,
        },
        config::ConfirmIdentity,
        store::{Notice, StoreError},
    },
};
use jiff::tz::TimeZone;
use sqlx::Row;

/// No name of a time zone is longer, in bytes.
const LONGEST_ZONE: usize = 64;

impl Clinic {
    /// Who came in with this secret, while their link is good.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn seat_session(&self, secret: &str) -> Result<Option<SeatSession>, ClinicError> {
        self.seat_session_by_key(&secret::key(secret)).await
    }

    /// The session that is stored under this key, while its link is good. Who has not said who they are takes nobody's place.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn seat_session_by_key(&self, key: &SessionKey) -> Result<Option<SeatSession>, ClinicError> {
        let row = sqlx::query(
            "SELECT s.visit, s.seat, s.is_guest, s.confirmed, \
             (SELECT COUNT(*) FROM seat_sessions o \
             WHERE o.seat = s.seat AND o.taken_at > s.taken_at AND o.confirmed = 1), \
             s.time_zone \
             FROM seat_sessions s JOIN links l ON l.id = s.link \
             WHERE s.hash = $1 AND l.revoked_at IS NULL AND l.expires_at > $2",
        )
        .bind(key.0.clone())
        .bind(number(self.now()))
        .fetch_optional(self.store().pool())
        .await
        .map_err(StoreError::from)?;
        let Some(row) = row else { return Ok(None) };
        let read = || -> Result<SeatSession, StoreError> {
            let damaged = |_| StoreError::Damaged("id");
            let visit = VisitId::try_from(row.try_get::<String, _>(0)?).map_err(damaged)?;
            let seat = SeatId::try_from(row.try_get::<String, _>(1)?).map_err(damaged)?;
            let is_guest = row.try_get::<i64, _>(2)? != 0;
            Ok(SeatSession {
                visit,
                seat,
                actor: if is_guest { Actor::Guest(seat) } else { Actor::Patient },
                confirmed: row.try_get::<i64, _>(3)? != 0,
                has_seat: row.try_get::<i64, _>(4)? == 0,
                time_zone: zone(&row.try_get::<String, _>(5)?),
                session: key.clone(),
            })
        };
        let session = read()?;
        if let Actor::Guest(seat) = session.actor {
            let visit = self.visit(session.visit).await?;
            return Ok(Some(session).filter(|_| visit.is_some_and(|visit| visit.guests.contains(&seat))));
        }
        Ok(Some(session))
    }

    /// Notes by which clock somebody who has just come in reads times. What is no time zone is not noted.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn note_time_zone(&self, secret: &str, name: &str) -> Result<(), ClinicError> {
        if zone(name).is_none() {
            return Ok(());
        }
        let SessionKey(hash) = secret::key(secret);
        let mut tx = self.store().begin().await?;
        sqlx::query("UPDATE seat_sessions SET time_zone = $2 WHERE hash = $1")
            .bind(hash)
            .bind(name.to_owned())
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        Ok(tx.commit().await?)
    }

    /// Takes the place back from the device that has it now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn take_seat(&self, session: &SeatSession) -> Result<(), ClinicError> {
        let SessionKey(hash) = &session.session;
        let visit = self.visit(session.visit).await?.ok_or(ClinicError::NotFound)?;
        let line = AuditEntry {
            actor: AuditActor::Seat(session.seat),
            action: AuditAction::SeatTaken,
            visit: Some(session.visit),
            patient: Some(visit.patient),
            outcome: AuditOutcome::Done,
        };
        let mut tx = self.store().begin().await?;
        let taken_at = later_than_others(&mut tx, session.seat, self.now()).await?;
        sqlx::query("UPDATE seat_sessions SET taken_at = $2 WHERE hash = $1")
            .bind(hash.clone())
            .bind(taken_at)
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        tx.tell(Notice::Seat(visit.provider, session.seat)).await?;
        tx.audit(&line, self.now()).await?;
        tx.commit().await?;
        self.hub().tell_of_seat(visit.provider, session.seat);
        Ok(())
    }

    /// Whether what somebody says of themselves is what the clinic has written down. Slowed down by place.
    ///
    /// # Errors
    /// [`ConfirmError`].
    pub async fn confirm_identity(&self, session: &SeatSession, said: &str) -> Result<(), ConfirmError> {
        let target = Target::confirmation(&session.seat.to_string());
        let visit =
            self.visit(session.visit).await.map_err(ClinicError::from)?.ok_or(ClinicError::NotFound)?;
        let line = |outcome| AuditEntry {
            actor: AuditActor::Seat(session.seat),
            action: AuditAction::IdentityConfirmed,
            visit: Some(session.visit),
            patient: Some(visit.patient),
            outcome,
        };
        if let Some(wait) = self.try_at(&target).await? {
            self.audit(line(AuditOutcome::Refused)).await?;
            return Err(ConfirmError::TooMany { wait });
        }
        let patient = self.store().patient(visit.patient).await.map_err(ClinicError::from)?;
        let patient = patient.ok_or(ClinicError::NotFound)?;
        let is_right = match self.settings().confirm_identity {
            ConfirmIdentity::None => true,
            ConfirmIdentity::BirthDate => said.trim() == patient.birth_date,
            ConfirmIdentity::Name => is_family_name(said, &patient.name),
        };
        let outcome = if is_right { AuditOutcome::Done } else { AuditOutcome::Refused };
        self.audit(line(outcome)).await?;
        if !is_right {
            return Err(ConfirmError::Wrong);
        }
        self.forget_failures(&target).await?;
        let SessionKey(hash) = &session.session;
        let mut tx = self.store().begin().await.map_err(ClinicError::from)?;
        let now = self.now();
        let taken_at = later_than_others(&mut tx, session.seat, now).await.map_err(ClinicError::from)?;
        sqlx::query(
            "UPDATE seat_sessions SET confirmed = 1, taken_at = $2 WHERE hash = $1 AND confirmed = 0",
        )
        .bind(hash.clone())
        .bind(taken_at)
        .execute(tx.connection())
        .await
        .map_err(|error| ClinicError::from(StoreError::from(error)))?;
        tx.tell(Notice::Seat(visit.provider, session.seat)).await.map_err(ClinicError::from)?;
        tx.commit().await.map_err(ClinicError::from)?;
        self.hub().tell_of_seat(visit.provider, session.seat);
        Ok(())
    }
}

/// The time zone of this name.
fn zone(name: &str) -> Option<TimeZone> {
    (!name.is_empty() && name.len() <= LONGEST_ZONE).then(|| TimeZone::get(name).ok()).flatten()
}

/// Why somebody has not confirmed who they are.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// It is not what the clinic has.
    #[error("it does not match")]
    Wrong,
    /// Too many tries.
    #[error("too many tries")]
    TooMany {
        /// How long to wait.
        wait: std::time::Duration,
    },
    /// The store failed.
    #[error(transparent)]
    Clinic(#[from] ClinicError),
}
