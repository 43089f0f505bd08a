//! The key of the seals: in a file, never in the database. Whoever has both can forge the audit.

use super::{Line, Mac};
use crate::server::{
    file_trouble::remedy,
    random::{self, RandomError},
    secret_file,
};
use hmac::{Hmac, Mac as _};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::Sha256;
use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// Why the audit has no key. The server cannot start without.
#[derive(Debug, thiserror::Error)]
pub enum AuditKeyError {
    /// The file cannot be read or written.
    #[error(
        "The audit's key {path} cannot be used ({problem}). {} It has to be the server's user's own. Or set AUDIT_KEY_FILE.",
        remedy(*.problem)
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        problem: ErrorKind,
    },
    /// The file was changed by hand.
    #[error(
        "The audit's key {path} is damaged: it should hold 64 hexadecimal digits. Put it back from its copy."
    )]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The database knows a key, and there is none.
    #[error(
        "The audit's key {path} is not there, but this database's audit is sealed with it. Put it back from its copy, or set \
         AUDIT_KEY_FILE to where it lies. Several nodes of one database share one key."
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The database knows another key.
    #[error(
        "{path} is not the key with which this database's audit is sealed. Put the right one back from its copy, or set \
         AUDIT_KEY_FILE to where it lies. Several nodes of one database share one key."
    )]
    Another {
        /// The file.
        path: PathBuf,
    },
    /// No randomness to make a key from.
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// The key of the seals: 32 bytes, filled up with zeros as HMAC does it. Without `Debug`.
pub struct AuditKey(SecretBox<[u8; 64]>);

impl AuditKey {
    /// Reads the key.
    ///
    /// # Errors
    /// [`AuditKeyError::Missing`], and others.
    pub fn load(path: &Path) -> Result<Self, AuditKeyError> {
        let failed = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => AuditKeyError::Missing { path: path.to_owned() },
            problem => AuditKeyError::Io { path: path.to_owned(), problem },
        };
        if secret_file::close_to_others(path).map_err(failed)? {
            tracing::warn!(
                path = %path.display(),
                "other users of this machine could read the key of the audit; now they cannot"
            );
        }
        let text = SecretString::from(fs::read_to_string(path).map_err(failed)?);
        // The same digits as those of a seal.
        let Mac(bytes) = Mac::parse(text.expose_secret().trim())
            .ok_or_else(|| AuditKeyError::Damaged { path: path.to_owned() })?;
        let mut key = [0; 64];
        key[..32].copy_from_slice(&bytes);
        Ok(Self(SecretBox::new(Box::new(key))))
    }

    /// Reads the key, or makes it if there is none.
    ///
    /// # Errors
    /// See [`AuditKeyError`].
    pub fn load_or_create(path: &Path) -> Result<Self, AuditKeyError> {
        match Self::load(path) {
            Err(AuditKeyError::Missing { .. }) => {}
            outcome => return outcome,
        }
        let content = SecretString::from(format!("{}\n", random::hex::<32>()?));
        secret_file::create(path, content.expose_secret().as_bytes())
            .map_err(|error| AuditKeyError::Io { path: path.to_owned(), problem: error.kind() })?;
        Self::load(path)
    }

    /// Tells this key from others, and nothing about it.
    pub fn check(&self) -> Mac {
        self.mac("owl audit key", &[])
    }

    /// The seal of a line: it holds all lines before it by the seal of the last one.
    pub fn seal(&self, before: Mac, id: i64, line: &Line) -> Mac {
        self.mac("owl audit line", &[&before.0, &line.bytes(id)])
    }

    /// A digest of a value that only who has the key can try values against.
    pub fn digest(&self, name: &str, value: &str) -> Mac {
        self.mac("owl setting", &[&(name.len() as u64).to_be_bytes(), name.as_bytes(), value.as_bytes()])
    }

    /// `purpose` keeps seals of one kind from being taken for another's.
    pub(super) fn mac(&self, purpose: &'static str, parts: &[&[u8]]) -> Mac {
        let mut mac = Hmac::<Sha256>::new(self.0.expose_secret().into());
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        for part in parts {
            mac.update(part);
        }
        Mac(mac.finalize().into_bytes().into())
    }
}
