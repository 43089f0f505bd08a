//! Accounts: made by `owl setup` and by admins.

use super::password;
use crate::{
    api::clinic::role_value,
    domain::visit::{Millis, StaffId, StaffRole},
    server::{
        clinic::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError},
        store::{Staff, StoreError, Tx},
    },
};
use secrecy::SecretString;

/// Somebody who is to work here.
pub struct NewStaff {
    /// By which they log in.
    pub email: String,
    /// As patients read it.
    pub name: String,
    /// What they may do.
    pub role: StaffRole,
    /// Their password. None: they set one by an invitation.
    pub password: Option<SecretString>,
}

/// Why an account was not made or changed. The text is for the person who tries.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Not an address.
    #[error("This is no e-mail address. Please write it as name@clinic.example.")]
    Email,
    /// Somebody else has it.
    #[error("Somebody has this e-mail address already. Please use another one, or change that account.")]
    EmailTaken,
    /// A name is needed.
    #[error("Please give a name of at most 100 characters.")]
    Name,
    /// Too short or too long.
    #[error("A password has 15 to 256 characters. Four or five random words are good.")]
    PasswordLength,
    /// So many come at once that this one was not looked at.
    #[error("The server is very busy just now. Please try again in a moment.")]
    Busy,
    /// The password could not be hashed.
    #[error("The password could not be stored. Please try again.")]
    Hashing,
    /// There would be nobody left who can manage accounts.
    #[error("This is the last admin. Please make another one first.")]
    LastAdmin,
    /// The store failed, or there is no such account.
    #[error("The server had a problem. Please try again.")]
    Clinic(#[from] ClinicError),
}

impl From<StoreError> for AccountError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::EmailTaken,
            other => Self::Clinic(other.into()),
        }
    }
}

impl Clinic {
    /// Makes an account.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn hire(&self, new: NewStaff, by: AuditActor) -> Result<StaffId, AccountError> {
        let id = StaffId::random()?;
        let staff =
            Staff { id, email: email(&new.email)?, name: name(&new.name)?, role: new.role, disabled: false };
        let hash = match new.password {
            Some(password) => Some(password::hash(self.hashing.turn().await, password).await?),
            None => None,
        };
        let mut tx = self.store().begin().await?;
        put_new(&mut tx, &staff, by, self.now()).await?;
        if let Some(hash) = hash {
            put_password(&mut tx, id, &hash, self.now().0).await?;
        }
        tx.commit().await?;
        Ok(id)
    }
}

/// Writes a new account down.
pub(super) async fn put_new(
    tx: &mut Tx,
    staff: &Staff,
    by: AuditActor,
    now: Millis,
) -> Result<(), StoreError> {
    tx.put_staff(staff, now).await?;
    let about = format!("staff:{} made, {}", staff.id, role_value(staff.role));
    tx.audit_about(&changed(by), about, now)
}

pub(super) async fn put_password(
    tx: &mut Tx,
    staff: StaffId,
    hash: &str,
    now: u64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO staff_passwords (staff, hash, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (staff) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at",
    )
    .bind(staff.to_string())
    .bind(hash)
    .bind(i64::try_from(now).map_err(|_| StoreError::Damaged("number"))?)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) fn changed(by: AuditActor) -> AuditEntry {
    AuditEntry {
        actor: by,
        action: AuditAction::AccountChanged,
        visit: None,
        patient: None,
        outcome: AuditOutcome::Done,
    }
}

/// An address as it is stored and compared. Whether mail arrives there only mail can tell.
pub(super) fn email(text: &str) -> Result<String, AccountError> {
    let text = text.trim().to_lowercase();
    let is_one = text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
        });
    if is_one { Ok(text) } else { Err(AccountError::Email) }
}

pub(super) fn name(text: &str) -> Result<String, AccountError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.chars().count() > 100 || text.chars().any(char::is_control) {
        return Err(AccountError::Name);
    }
    Ok(text)
}
