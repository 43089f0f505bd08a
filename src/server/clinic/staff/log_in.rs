//! Logging in and out. Nobody learns by it whether an account exists: neither by what is said, nor by how long it takes.

use super::password;
use crate::server::{
    clinic::{
        AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, SessionKey, StaffSession,
        Whence, hashing::Busy, secret, throttle::Target,
    },
    store::{Staff, StoreError},
};
use secrecy::{ExposeSecret, SecretString};
use sqlx::Row;
use std::time::Duration;

/// The hash of somebody's password, unless they are disabled.
const HASH_OF_ACTIVE: &str = "SELECT p.hash FROM staff_passwords p JOIN staff s ON s.id = p.staff WHERE p.staff = $1 AND s.disabled = 0";

/// What a browser gets that has logged in.
pub struct LoggedIn {
    /// What its cookie carries.
    pub secret: String,
    /// Who it is.
    pub staff: Staff,
}

/// Why a log-in failed. The text is for the person who tries; it says nothing of accounts.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// Address, password or code is wrong, or the account is disabled.
    #[error(
        "That is not right. Please check what you have typed, also the code if you use one, or ask your admin for a new password."
    )]
    Wrong,
    /// Too many failures.
    #[error("There were too many wrong tries. Please wait a little before you try again.")]
    TooMany {
        /// How long.
        wait: Duration,
    },
    /// So many come at once that this one was not looked at.
    #[error("The server is very busy just now. Please try again in a moment.")]
    Busy,
    /// The store failed.
    #[error("The server had a problem. Please try again.")]
    Clinic(#[from] ClinicError),
}

impl From<StoreError> for LogInError {
    fn from(error: StoreError) -> Self {
        Self::Clinic(error.into())
    }
}

impl Clinic {
    /// Logs somebody in. Always with a new secret: one that a browser had before is worth nothing. `from`: where they are on the
    /// network. Nobody is kept out by what others try from there: an account is slowed down, a network only fills no disk.
    ///
    /// # Errors
    /// See [`LogInError`].
    pub async fn log_in(
        &self,
        email: &str,
        password: SecretString,
        code: &str,
        from: Whence,
    ) -> Result<LoggedIn, LogInError> {
        // First: who finds the line full costs nothing, and says nothing of accounts.
        let turn = self.hashing.turn_of_stranger(from).await.map_err(|Busy| LogInError::Busy)?;
        let email = email.trim().to_lowercase();
        let target = Target::password(&email);
        let account = self.store().staff_by_email(&email).await?;
        // Who was aimed at, where there is somebody: what was typed is not written down.
        let aimed_at =
            account.as_ref().map_or_else(|| "no account".to_owned(), |one| format!("staff:{}", one.id));
        let refused = entry(AuditActor::Nobody, AuditOutcome::Refused);
        if let Some(wait) = self.try_at(&target).await? {
            self.audit_stranger(refused, aimed_at, from).await?;
            return Err(LogInError::TooMany { wait });
        }
        let staff = account.filter(|staff| !staff.disabled);
        let hash = match &staff {
            Some(staff) => self.password_hash(staff).await?,
            None => None,
        };
        // What nobody's password can be is not hashed in full length.
        let password: SecretString = password.expose_secret().chars().take(257).collect::<String>().into();
        let is_right = password::verify(turn, password, hash.clone()).await;
        // Only after the password: a code is used up by being right.
        let is_right = match &staff {
            Some(staff) if is_right => self.second_factor_fits(staff.id, code).await?,
            _ => false,
        };
        let (true, Some(staff)) = (is_right, staff) else {
            self.audit_stranger(refused, aimed_at, from).await?;
            return Err(LogInError::Wrong);
        };
        if let Some(logged_in) = self.begin_session(staff, hash, &target).await? {
            return Ok(logged_in);
        }
        self.audit_stranger(refused, aimed_at, from).await?;
        Err(LogInError::Wrong)
    }

    /// Lets somebody in whose password had this hash when it was checked. None when that is no longer so: it was reset or changed,
    /// or they were disabled, while it was hashed, and every session that there was has ended.
    async fn begin_session(
        &self,
        staff: Staff,
        hash: Option<String>,
        target: &Target,
    ) -> Result<Option<LoggedIn>, ClinicError> {
        let secret = secret::new()?;
        let now = i64::try_from(self.now().0).map_err(|_| StoreError::Damaged("number"))?;
        let mut tx = self.store().begin().await?;
        let row =
            sqlx::query(HASH_OF_ACTIVE).bind(staff.id.to_string()).fetch_optional(tx.connection()).await;
        let current = row.map_err(StoreError::from)?.map(|row| row.try_get(0)).transpose();
        if current.map_err(StoreError::from)? != hash {
            return Ok(None);
        }
        target.forget(&mut tx).await?;
        sqlx::query("INSERT INTO staff_sessions (hash, staff, created_at, seen_at) VALUES ($1, $2, $3, $3)")
            .bind(secret::hash(&secret))
            .bind(staff.id.to_string())
            .bind(now)
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        tx.audit(&entry(AuditActor::Staff(staff.id), AuditOutcome::Done), self.now()).await?;
        tx.commit().await?;
        Ok(Some(LoggedIn { secret, staff }))
    }

    /// Ends a session; all of a person's with `everywhere`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn log_out(&self, session: &StaffSession, everywhere: bool) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        let SessionKey(hash) = &session.session;
        let deleted = if everywhere {
            sqlx::query("DELETE FROM staff_sessions WHERE staff = $1").bind(session.staff.to_string())
        } else {
            sqlx::query("DELETE FROM staff_sessions WHERE hash = $1").bind(hash.clone())
        };
        deleted.execute(tx.connection()).await.map_err(StoreError::from)?;
        let action = AuditAction::LogOut;
        tx.audit(
            &AuditEntry { action, ..entry(AuditActor::Staff(session.staff), AuditOutcome::Done) },
            self.now(),
        )
        .await?;
        tx.commit().await?;
        self.sessions.changed();
        Ok(())
    }

    pub(super) async fn password_hash(&self, staff: &Staff) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT hash FROM staff_passwords WHERE staff = $1")
            .bind(staff.id.to_string())
            .fetch_optional(self.store().pool())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

fn entry(actor: AuditActor, outcome: AuditOutcome) -> AuditEntry {
    AuditEntry { actor, action: AuditAction::LogIn, visit: None, patient: None, outcome }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::visit::StaffRole,
        server::{clinic::NewStaff, config::Config, store::Store},
    };

    /// Everything that ends all sessions of somebody while their password is hashed.
    #[tokio::test]
    async fn a_log_in_does_not_outlive_what_ends_all_sessions_while_it_is_hashed() {
        for meanwhile in [
            "DELETE FROM staff_passwords",
            "UPDATE staff_passwords SET hash = 'of another one'",
            "UPDATE staff SET disabled = 1",
            "UPDATE staff SET name = 'Sam R.'",
        ] {
            let directory = tempfile::tempdir().unwrap();
            let config = Config::read(["owl".into()], |_| None).unwrap();
            let store = Store::open(&config.clinic.database, directory.path()).await.unwrap();
            let clinic = Clinic::open(store, config.clinic).await.unwrap();
            let new = NewStaff {
                email: "desk@owl.example".to_owned(),
                name: "Sam Reyes".to_owned(),
                role: StaffRole::FrontDesk,
                password: Some("owls hunt at night".into()),
            };
            clinic.hire(new, AuditActor::System).await.unwrap();
            let staff = clinic.store().staff_by_email("desk@owl.example").await.unwrap().unwrap();
            let hash = clinic.password_hash(&staff).await.unwrap();
            let mut tx = clinic.store().begin().await.unwrap();
            sqlx::query(meanwhile).execute(tx.connection()).await.unwrap();
            tx.commit().await.unwrap();
            let target = Target::password(&staff.email);
            let logged_in = clinic.begin_session(staff, hash, &target).await.unwrap();
            let rows = sqlx::query("SELECT hash FROM staff_sessions").fetch_all(clinic.store().pool()).await;
            let expected = usize::from(meanwhile.contains("name"));
            assert_eq!(rows.unwrap().len(), expected, "{meanwhile}");
            assert_eq!(logged_in.is_some(), expected == 1, "{meanwhile}");
        }
    }
}
