//! One-time links by which somebody sets a password: a new account's first, or one that was forgotten.

use super::{AccountError, account, password};
use crate::{
    domain::visit::{Millis, StaffId},
    server::{
        clinic::{AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, Whence, hashing::Busy, secret},
        store::{StoreError, Tx},
    },
};
use secrecy::SecretString;
use sqlx::Row;
use std::time::Duration;

/// How long an invitation is good for.
const GOOD_FOR: Duration = Duration::from_hours(24);

/// Why a password was not set. The text is for the person who tries.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// It was used, or is too old, or mistyped.
    #[error("This link was used already, or is older than a day. Please ask your admin for a new one.")]
    Unknown,
    /// The password cannot be taken.
    #[error(transparent)]
    Account(#[from] AccountError),
}

impl Clinic {
    /// Makes the secret of a link by which somebody sets their password. An earlier one is worth nothing then.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn invite(&self, staff: StaffId, by: AuditActor) -> Result<String, ClinicError> {
        let mut tx = self.store().begin().await?;
        let secret = invite_in(&mut tx, staff, by, self.now()).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Sets the password of whoever was invited. All their sessions end: whoever had the old password is out. `from`: where they are
    /// on the network.
    ///
    /// # Errors
    /// See [`InvitationError`].
    pub async fn accept_invitation(
        &self,
        given: &str,
        password: SecretString,
        from: Whence,
    ) -> Result<(), InvitationError> {
        let hash = secret::hash(given.trim());
        let now = i64::try_from(self.now().0).unwrap_or(i64::MAX);
        let clinic = |error: sqlx::Error| AccountError::from(StoreError::from(error));
        let row = sqlx::query("SELECT staff FROM staff_invitations WHERE hash = $1 AND expires_at > $2")
            .bind(hash.clone())
            .bind(now)
            .fetch_optional(self.store().pool())
            .await
            .map_err(clinic)?;
        let Some(row) = row else {
            let line = AuditEntry { outcome: AuditOutcome::Refused, ..account::changed(AuditActor::Nobody) };
            self.audit_stranger(line, "an unknown invitation".to_owned(), from)
                .await
                .map_err(AccountError::from)?;
            return Err(InvitationError::Unknown);
        };
        let staff = StaffId::try_from(row.try_get::<String, _>(0).map_err(clinic)?)
            .map_err(|_| AccountError::from(StoreError::Damaged("id")))?;
        password::check_length(&password)?;
        let turn = self.hashing.turn_of_stranger(from).await.map_err(|Busy| AccountError::Busy)?;
        let password_hash = password::hash(turn, password).await?;
        let mut tx = self.store().begin().await.map_err(AccountError::from)?;
        // Of two who use it at once, one has it.
        let used = sqlx::query("DELETE FROM staff_invitations WHERE hash = $1")
            .bind(hash)
            .execute(tx.connection())
            .await
            .map_err(clinic)?;
        if used.rows_affected() == 0 {
            return Err(InvitationError::Unknown);
        }
        account::put_password(&mut tx, staff, &password_hash, self.now().0)
            .await
            .map_err(AccountError::from)?;
        sqlx::query("DELETE FROM staff_sessions WHERE staff = $1")
            .bind(staff.to_string())
            .execute(tx.connection())
            .await
            .map_err(clinic)?;
        let about = format!("staff:{staff} set a password by invitation");
        tx.audit_about(&account::changed(AuditActor::Staff(staff)), about, self.now())
            .map_err(AccountError::from)?;
        tx.commit().await.map_err(AccountError::from)?;
        self.sessions.changed();
        Ok(())
    }
}

/// The same as [`Clinic::invite`], together with what else is written.
pub(super) async fn invite_in(
    tx: &mut Tx,
    staff: StaffId,
    by: AuditActor,
    now: Millis,
) -> Result<String, ClinicError> {
    let secret = secret::new()?;
    let expires_at = i64::try_from(now.plus(GOOD_FOR).0).map_err(|_| StoreError::Damaged("number"))?;
    sqlx::query("DELETE FROM staff_invitations WHERE staff = $1")
        .bind(staff.to_string())
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
    sqlx::query("INSERT INTO staff_invitations (hash, staff, expires_at) VALUES ($1, $2, $3)")
        .bind(secret::hash(&secret))
        .bind(staff.to_string())
        .bind(expires_at)
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
    tx.audit_about(&account::changed(by), format!("staff:{staff} invited"), now)?;
    Ok(secret)
}
