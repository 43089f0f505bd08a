//! The second factor, for who wants one: codes from an app (TOTP, RFC 6238), and recovery codes for who has lost it.

use super::account::changed;
use crate::{
    domain::visit::StaffId,
    server::{
        clinic::{AuditActor, Clinic, ClinicError, StaffSession, secret},
        random,
        store::{StoreError, Tx},
    },
};
use sqlx::Row;
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 8;

/// What somebody puts into their app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// To type, in groups of four.
    pub key: String,
    /// To open on the device that has the app.
    pub address: String,
}

impl Clinic {
    /// Whether somebody logs in with codes.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn has_second_factor(&self, staff: StaffId) -> Result<bool, ClinicError> {
        Ok(self.totp_row(staff).await?.is_some_and(|row| row.confirmed))
    }

    /// Makes a new key. Nothing is asked for at log-in before it is confirmed.
    ///
    /// # Errors
    /// See [`ClinicError`]. [`ClinicError::NotFound`] when codes are in use already: they have to be switched off first.
    pub async fn begin_second_factor(&self, session: &StaffSession) -> Result<Enrolment, ClinicError> {
        let staff = self.store().staff(session.staff).await?.ok_or(ClinicError::NotFound)?;
        let key = Secret::from(random::bytes::<20>()?).to_base32();
        let totp = self.totp(&key, &staff.email)?;
        let address = totp.to_url().map_err(|_| StoreError::Damaged("key"))?;
        let mut tx = self.store().begin().await?;
        let written = sqlx::query(
            "INSERT INTO staff_totp (staff, secret, confirmed, last_step) VALUES ($1, $2, 0, 0) \
             ON CONFLICT (staff) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE staff_totp.confirmed = 0",
        )
        .bind(session.staff.to_string())
        .bind(key.clone())
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        if written.rows_affected() == 0 {
            return Err(ClinicError::NotFound);
        }
        tx.commit().await?;
        Ok(Enrolment { key: in_groups(&key), address })
    }

    /// The key that waits to be confirmed, to be shown once more. None if none does.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn begun_second_factor(
        &self,
        session: &StaffSession,
    ) -> Result<Option<Enrolment>, ClinicError> {
        let staff = self.store().staff(session.staff).await?.ok_or(ClinicError::NotFound)?;
        let Some(TotpRow { key, confirmed: false, .. }) = self.totp_row(session.staff).await? else {
            return Ok(None);
        };
        let address = self.totp(&key, &staff.email)?.to_url().map_err(|_| StoreError::Damaged("key"))?;
        Ok(Some(Enrolment { key: in_groups(&key), address }))
    }

    /// Confirms the key by a code that was made with it, and gives the recovery codes: the only time that they can be read. None if
    /// the code is wrong.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn confirm_second_factor(
        &self,
        session: &StaffSession,
        code: &str,
    ) -> Result<Option<Vec<String>>, ClinicError> {
        let Some(TotpRow { key, confirmed: false, .. }) = self.totp_row(session.staff).await? else {
            return Ok(None);
        };
        let Some(step) = self.totp(&key, "")?.check(&digits(code), self.now().0 / 1000) else {
            return Ok(None);
        };
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            let code = random::hex::<8>()?;
            let (first, second) = code.split_at(8);
            codes.push(format!("{first}-{second}"));
        }
        let mut tx = self.store().begin().await?;
        let confirmed = sqlx::query(
            "UPDATE staff_totp SET confirmed = 1, last_step = $3 WHERE staff = $1 AND secret = $2 AND confirmed = 0",
        )
        .bind(session.staff.to_string())
        .bind(key)
        .bind(number(step))
        .execute(tx.connection())
        .await
        .map_err(StoreError::from)?;
        if confirmed.rows_affected() == 0 {
            return Ok(None);
        }
        forget_recovery_codes(&mut tx, session.staff).await?;
        for code in &codes {
            sqlx::query("INSERT INTO staff_recovery_codes (hash, staff) VALUES ($1, $2)")
                .bind(recovery_hash(session.staff, code))
                .bind(session.staff.to_string())
                .execute(tx.connection())
                .await
                .map_err(StoreError::from)?;
        }
        let about = format!("staff:{} codes on", session.staff);
        tx.audit_about(&changed(AuditActor::Staff(session.staff)), about, self.now())?;
        tx.commit().await?;
        Ok(Some(codes))
    }

    /// Switches codes off for somebody.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn end_second_factor(&self, staff: StaffId, by: AuditActor) -> Result<(), ClinicError> {
        let mut tx = self.store().begin().await?;
        sqlx::query("DELETE FROM staff_totp WHERE staff = $1")
            .bind(staff.to_string())
            .execute(tx.connection())
            .await
            .map_err(StoreError::from)?;
        forget_recovery_codes(&mut tx, staff).await?;
        tx.audit_about(&changed(by), format!("staff:{staff} codes off"), self.now())?;
        Ok(tx.commit().await?)
    }

    /// Whether this is a code that somebody can log in with now. Each is taken once. Who uses none needs none.
    pub(super) async fn second_factor_fits(&self, staff: StaffId, given: &str) -> Result<bool, ClinicError> {
        let Some(TotpRow { key, confirmed: true, last_step }) = self.totp_row(staff).await? else {
            return Ok(true);
        };
        let step = self.totp(&key, "")?.check(&digits(given), self.now().0 / 1000).map(number);
        let mut tx = self.store().begin().await?;
        let used = if let Some(step) = step.filter(|step| *step > last_step) {
            sqlx::query("UPDATE staff_totp SET last_step = $2 WHERE staff = $1 AND last_step < $2")
                .bind(staff.to_string())
                .bind(step)
                .execute(tx.connection())
                .await
        } else {
            sqlx::query("DELETE FROM staff_recovery_codes WHERE hash = $1 AND staff = $2")
                .bind(recovery_hash(staff, given))
                .bind(staff.to_string())
                .execute(tx.connection())
                .await
        };
        let fits = used.map_err(StoreError::from)?.rows_affected() == 1;
        tx.commit().await?;
        Ok(fits)
    }

    async fn totp_row(&self, staff: StaffId) -> Result<Option<TotpRow>, StoreError> {
        let row = sqlx::query("SELECT secret, confirmed, last_step FROM staff_totp WHERE staff = $1")
            .bind(staff.to_string())
            .fetch_optional(self.store().pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let confirmed = row.try_get::<i64, _>(1)? != 0;
        Ok(Some(TotpRow { key: row.try_get(0)?, confirmed, last_step: row.try_get(2)? }))
    }

    fn totp(&self, key: &str, account: &str) -> Result<Totp, StoreError> {
        let damaged = || StoreError::Damaged("key");
        let secret = Secret::try_from_base32(key).map_err(|_| damaged())?;
        // Stands between the names in the address, where it may not stand in one.
        let issuer = self.settings().name.replace(':', " ");
        let account = account.replace(':', " ");
        let builder = Builder::new().with_secret(secret).with_account_name(account).with_issuer(Some(issuer));
        builder.build().map_err(|_| damaged())
    }
}

struct TotpRow {
    key: String,
    confirmed: bool,
    last_step: i64,
}

pub(super) async fn forget_recovery_codes(tx: &mut Tx, staff: StaffId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM staff_recovery_codes WHERE staff = $1")
        .bind(staff.to_string())
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn recovery_hash(staff: StaffId, code: &str) -> String {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret::hash(&format!("recovery:{staff}:{}", code.to_ascii_lowercase()))
}

fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

fn in_groups(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn number(step: u64) -> i64 {
    i64::try_from(step).unwrap_or(i64::MAX)
}
