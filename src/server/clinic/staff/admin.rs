//! What is done for admins from the server's own command line: the first one is made, and one who cannot log in gets in again.

use super::{
    AccountChange, AccountError, account, invitation,
    manage::{end_sessions, forget_proofs, in_words},
};
use crate::{
    domain::visit::{StaffId, StaffRole},
    server::{
        clinic::{AuditActor, Clinic, throttle::Target},
        store::{Staff, StoreError},
    },
};
use sqlx::Row;

impl Clinic {
    /// Makes the first admin, with the secret of a link by which they set their password: both, or nothing. None when somebody
    /// works here already, also of two who try at once.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn make_first_admin(&self, name: &str, email: &str) -> Result<Option<String>, AccountError> {
        let staff = Staff {
            id: StaffId::random()?,
            email: account::email(email)?,
            name: account::name(name)?,
            role: StaffRole::Admin,
            disabled: false,
        };
        let mut tx = self.store().begin().await?;
        let row = sqlx::query("SELECT COUNT(*) FROM staff").fetch_one(tx.connection()).await;
        let others: i64 = row.and_then(|row| row.try_get(0)).map_err(StoreError::from)?;
        if others > 0 {
            return Ok(None);
        }
        account::put_new(&mut tx, &staff, AuditActor::System, self.now()).await?;
        let secret = invitation::invite_in(&mut tx, staff.id, AuditActor::System, self.now()).await?;
        tx.commit().await?;
        Ok(Some(secret))
    }

    /// Lets an admin in again who has lost their password, their codes, or their first link: as when another admin resets them. The
    /// secret of a link by which they set a new password. None when no active admin has this address.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn let_admin_in_again(&self, email: &str) -> Result<Option<String>, AccountError> {
        let email = account::email(email)?;
        let found = self.store().staff_by_email(&email).await?;
        let Some(found) = found else { return Ok(None) };
        let (id, now) = (found.id, self.now());
        let mut tx = self.store().begin().await?;
        // As it stands now: nobody else writes beside this.
        let is_admin = |staff: &Staff| staff.role == StaffRole::Admin && !staff.disabled;
        if !tx.staff(id).await?.as_ref().is_some_and(is_admin) {
            return Ok(None);
        }
        end_sessions(&mut tx, id, None).await?;
        forget_proofs(&mut tx, id).await?;
        Target::password(&email).forget(&mut tx).await?;
        let about = format!("staff:{id} {}", in_words(AccountChange::Reset));
        tx.audit_about(&account::changed(AuditActor::System), about, now)?;
        let secret = invitation::invite_in(&mut tx, id, AuditActor::System, now).await?;
        tx.commit().await?;
        self.sessions.changed();
        Ok(Some(secret))
    }
}
