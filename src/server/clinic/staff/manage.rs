//! What admins do with accounts, and what everybody does with their own.

use super::{
    AccountError,
    account::{changed, put_password},
    password, second,
};
use crate::{
    domain::visit::{Millis, StaffId, StaffRole},
    server::{
        clinic::{
            AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, LogInError, SessionKey, StaffSession,
            Target,
        },
        store::{StoreError, Tx},
    },
};
use secrecy::SecretString;
use sqlx::Row;

/// What an admin changes about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountChange {
    /// What they may do.
    Role(StaffRole),
    /// Nobody can log in with it any more; who has is logged out.
    Disable,
    /// Again, with the password of before.
    Enable,
    /// A forgotten password, a lost device: a new link is needed then, and codes are off.
    Reset,
}

/// One browser that somebody has logged in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSession {
    /// When they did.
    pub since: Millis,
    /// When they last used it.
    pub seen: Millis,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Why a password was not changed. The text is for the person who tries.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The old one is wrong, or was tried too often.
    #[error(transparent)]
    Old(#[from] LogInError),
    /// The new one cannot be taken.
    #[error(transparent)]
    New(#[from] AccountError),
}

impl Clinic {
    /// Changes somebody's account. Takes effect with their next request, and they are put out of the call that they are in.
    ///
    /// # Errors
    /// [`AccountError::LastAdmin`] when nobody would be left who can undo it.
    pub async fn change_account(
        &self,
        id: StaffId,
        change: AccountChange,
        by: &StaffSession,
    ) -> Result<(), AccountError> {
        let mut tx = self.store().begin().await?;
        // Two admins who disable each other at once wait for one another here.
        sqlx::query("UPDATE staff SET disabled = disabled WHERE role = 'admin'")
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        let mut staff = tx.staff(id).await?.ok_or(ClinicError::NotFound)?;
        match change {
            AccountChange::Role(role) => staff.role = role,
            AccountChange::Disable => staff.disabled = true,
            AccountChange::Enable => staff.disabled = false,
            AccountChange::Reset => {}
        }
        tx.put_staff(&staff, self.now()).await?;
        if tx.active_admins().await? == 0 {
            return Err(AccountError::LastAdmin);
        }
        if change != AccountChange::Enable {
            end_sessions(&mut tx, id, None).await?;
        }
        if matches!(change, AccountChange::Disable | AccountChange::Reset) {
            delete_of(&mut tx, "DELETE FROM staff_invitations WHERE staff = $1", id).await?;
        }
        if change == AccountChange::Reset {
            forget_proofs(&mut tx, id).await?;
        }
        let about = format!("staff:{id} {}", in_words(change));
        tx.audit_about(&changed(AuditActor::Staff(by.staff)), about, self.now())?;
        tx.commit().await?;
        self.sessions.changed();
        if change != AccountChange::Enable {
            self.change_rooms_of(id).await?;
        }
        Ok(())
    }

    /// Changes one's own password. Every other browser is logged out.
    ///
    /// # Errors
    /// See [`PasswordError`].
    pub async fn change_password(
        &self,
        session: &StaffSession,
        old: SecretString,
        new: SecretString,
    ) -> Result<(), PasswordError> {
        self.check_password(session, old).await?;
        let hash = password::hash(self.hashing.turn().await, new).await?;
        let mut tx = self.store().begin().await.map_err(AccountError::from)?;
        let written = async {
            put_password(&mut tx, session.staff, &hash, self.now().0).await?;
            end_sessions(&mut tx, session.staff, Some(&session.session)).await?;
            let about = format!("staff:{} new password", session.staff);
            tx.audit_about(&changed(AuditActor::Staff(session.staff)), about, self.now())?;
            tx.commit().await
        };
        written.await.map_err(AccountError::from)?;
        self.sessions.changed();
        Ok(())
    }

    /// Whether it is the password of who asks, for what only they themselves may do. Slowed down like a log-in.
    ///
    /// # Errors
    /// See [`LogInError`].
    pub async fn check_password(
        &self,
        session: &StaffSession,
        given: SecretString,
    ) -> Result<(), LogInError> {
        let staff = self.store().staff(session.staff).await?.ok_or(ClinicError::NotFound)?;
        let target = Target::password(&staff.email);
        let refused =
            AuditEntry { outcome: AuditOutcome::Refused, ..changed(AuditActor::Staff(session.staff)) };
        let about = || format!("staff:{} wrong password", session.staff);
        // Before the throttle, whose transaction others wait for.
        let turn = self.hashing.turn().await;
        if let Some(wait) = self.try_at(&target).await? {
            self.audit_about(refused, about()).await?;
            return Err(LogInError::TooMany { wait });
        }
        let hash = self.password_hash(&staff).await?;
        if password::verify(turn, given, hash).await {
            return Ok(self.forget_failures(&target).await?);
        }
        self.audit_about(refused, about()).await?;
        Err(LogInError::Wrong)
    }

    /// Every browser that somebody is logged in with, the newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn sessions_of(&self, session: &StaffSession) -> Result<Vec<OpenSession>, ClinicError> {
        let rows = sqlx::query(
            "SELECT hash, created_at, seen_at FROM staff_sessions WHERE staff = $1 ORDER BY created_at DESC, hash",
        )
        .bind(session.staff.to_string())
        .fetch_all(self.store().pool())
        .await
        .map_err(StoreError::from)?;
        let now = self.now();
        let sessions = rows.iter().map(|row| -> Result<_, StoreError> {
            let time = |column: usize| -> Result<Millis, StoreError> {
                Ok(Millis(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0)))
            };
            let is_this = SessionKey(row.try_get(0)?) == session.session;
            Ok(OpenSession { since: time(1)?, seen: time(2)?, is_this })
        });
        let sessions = sessions.collect::<Result<Vec<_>, _>>()?;
        Ok(sessions
            .into_iter()
            .filter(|one| {
                one.is_this
                    || (one.seen.plus(super::IDLE_LIMIT) > now && one.since.plus(super::ABSOLUTE_LIMIT) > now)
            })
            .collect())
    }
}

/// Takes away by what somebody proves who they are: the password, and codes.
pub(super) async fn forget_proofs(tx: &mut Tx, staff: StaffId) -> Result<(), StoreError> {
    delete_of(tx, "DELETE FROM staff_passwords WHERE staff = $1", staff).await?;
    delete_of(tx, "DELETE FROM staff_totp WHERE staff = $1", staff).await?;
    second::forget_recovery_codes(tx, staff).await
}

pub(super) fn in_words(change: AccountChange) -> &'static str {
    match change {
        AccountChange::Role(StaffRole::Admin) => "is admin now",
        AccountChange::Role(StaffRole::Provider) => "is provider now",
        AccountChange::Role(StaffRole::FrontDesk) => "is front desk now",
        AccountChange::Disable => "disabled",
        AccountChange::Enable => "enabled",
        AccountChange::Reset => "password and codes reset",
    }
}

/// Ends somebody's sessions, but for one.
pub(super) async fn end_sessions(
    tx: &mut Tx,
    staff: StaffId,
    but: Option<&SessionKey>,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM staff_sessions WHERE staff = $1 AND hash <> $2")
        .bind(staff.to_string())
        .bind(but.map(|SessionKey(hash)| hash.clone()).unwrap_or_default())
        .execute(tx.connection())
        .await?;
    Ok(())
}

async fn delete_of(tx: &mut Tx, sql: &'static str, staff: StaffId) -> Result<(), StoreError> {
    sqlx::query(sql).bind(staff.to_string()).execute(tx.connection()).await?;
    Ok(())
}
