//! Passwords, hashed with argon2id. Source of the parameters: OWASP, "Password Storage Cheat Sheet" (19 MiB, 2 passes), which are
//! the crate's own.

use super::AccountError;
use crate::server::clinic::hashing::Turn;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};

/// The shortest password, in characters. Source: NIST SP 800-63B-4, for a password that is the only factor.
const MIN_LENGTH: usize = 15;

/// The longest, so that nobody makes us hash for ever.
const MAX_LENGTH: usize = 256;

/// A hash that no password has, so that an unknown account takes as long as a known one.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$b3dsLWhvc3BpdGFsLW5vYm9keQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG";

/// Whether it may be somebody's password: as long as that has to be.
pub(super) fn check_length(password: &SecretString) -> Result<(), AccountError> {
    let length = password.expose_secret().chars().count();
    if (MIN_LENGTH..=MAX_LENGTH).contains(&length) { Ok(()) } else { Err(AccountError::PasswordLength) }
}

/// Hashes a password, off the threads that answer requests: it takes tens of milliseconds of pure work.
pub(super) async fn hash(turn: Turn, password: SecretString) -> Result<String, AccountError> {
    check_length(&password)?;
    let hashed = turn.run(move || {
        let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
        hash.map(|hash| hash.to_string())
    });
    hashed.await.and_then(Result::ok).ok_or(AccountError::Hashing)
}

/// Whether it is the password with this hash. Takes the same time if there is none.
pub(super) async fn verify(turn: Turn, password: SecretString, hash: Option<String>) -> bool {
    let is_known = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
    let verified = turn.run(move || {
        let Ok(hash) = PasswordHash::new(&hash) else { return false };
        Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok()
    });
    verified.await.unwrap_or(false) && is_known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::clinic::hashing::Hashing;

    #[tokio::test]
    async fn the_right_password_is_accepted_and_no_other() {
        let hashing = Hashing::default();
        let hash = hash(hashing.turn().await, "correct horse battery".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let fits = async |password: &str, hash: Option<&String>| {
            verify(hashing.turn().await, password.into(), hash.cloned()).await
        };
        assert!(fits("correct horse battery", Some(&hash)).await);
        assert!(!fits("correct horse batterz", Some(&hash)).await);
        assert!(!fits("correct horse battery", None).await);
    }

    #[tokio::test]
    async fn short_and_endless_passwords_are_refused() {
        for password in ["fourteen chars".to_owned(), "x".repeat(257)] {
            let turn = Hashing::default().turn().await;
            assert!(matches!(hash(turn, password.into()).await, Err(AccountError::PasswordLength)));
        }
    }

    #[test]
    fn the_hash_for_unknown_accounts_costs_as_much_as_a_real_one() {
        let nobodys = PasswordHash::new(NOBODYS).unwrap();
        let real = Argon2::default().hash_password(b"anything").unwrap();
        assert_eq!((&nobodys.algorithm, &nobodys.params), (&real.algorithm, &real.params));
    }
}
