//! The embedded engine's own account SID, key SID and secret: made once, kept in the data directory.
//!
//! Tokens outlive a restart, so the secret has to.

use super::{
    random::{self, RandomError},
    secret_file,
};
use crate::tokens::Credentials;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, DirBuilder},
    io::{self, ErrorKind},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

const FILE: &str = "embedded-credentials.json";

/// Why the embedded engine has no credentials. The server cannot start without.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// The data directory or the file in it cannot be read or written.
    #[error(
        "{path} cannot be used ({problem}). Check that the server's user may read and write it, or set DATA_DIR."
    )]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the operating system says.
        problem: ErrorKind,
    },
    /// The file was changed by hand, or cut short by a full disk.
    #[error(
        "{path} is damaged. Remove it and start again: a new one is made, and tokens given out until now end."
    )]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// No randomness to make a secret from.
    #[error(transparent)]
    Random(#[from] RandomError),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    account_sid: String,
    key_sid: String,
    key_secret: String,
}

/// Reads the credentials, or makes them at the first start.
///
/// # Errors
/// When the directory is not usable; see [`CredentialsError`].
pub fn load_or_create(data_dir: &Path) -> Result<Credentials, CredentialsError> {
    let path = data_dir.join(FILE);
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| CredentialsError::Io { path, problem: error.kind() }
    };
    DirBuilder::new().recursive(true).mode(0o700).create(data_dir).map_err(failed(data_dir))?;
    if !path.try_exists().map_err(failed(&path))? {
        let content = serde_json::to_vec_pretty(&made()?).map_err(|error| failed(&path)(error.into()))?;
        secret_file::create(&path, &content).map_err(failed(&path))?;
    }
    restrict(&path).map_err(failed(&path))?;
    let text = SecretString::from(fs::read_to_string(&path).map_err(failed(&path))?);
    let stored: Stored = serde_json::from_str(text.expose_secret())
        .map_err(|_| CredentialsError::Damaged { path: path.clone() })?;
    Ok(Credentials {
        account_sid: stored.account_sid,
        key_sid: stored.key_sid,
        key_secret: stored.key_secret.into(),
    })
}

fn made() -> Result<Stored, RandomError> {
    Ok(Stored {
        account_sid: format!("AC{}", random::hex::<16>()?),
        key_sid: format!("SK{}", random::hex::<16>()?),
        key_secret: random::hex::<32>()?,
    })
}

/// A copied or restored file may have lost its mode.
fn restrict(path: &Path) -> io::Result<()> {
    if secret_file::close_to_others(path)? {
        tracing::warn!(
            path = %path.display(),
            "other users of this machine could read the video engine's secret; now they cannot. If somebody may have, \
             remove the file and start again: a new secret is made"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs::Permissions, os::unix::fs::PermissionsExt};

    #[test]
    fn they_are_made_once_and_only_their_owner_can_read_them() {
        let directory = tempfile::tempdir().unwrap();
        let data_dir = directory.path().join("data");
        let first = load_or_create(&data_dir).unwrap();
        assert_eq!((first.account_sid.len(), &first.account_sid[..2]), (34, "AC"));
        assert_eq!((first.key_sid.len(), &first.key_sid[..2]), (34, "SK"));
        assert_eq!(first.key_secret.expose_secret().len(), 64);

        let second = load_or_create(&data_dir).unwrap();
        assert_eq!(second.account_sid, first.account_sid);
        assert_eq!(second.key_secret.expose_secret(), first.key_secret.expose_secret());

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&data_dir.join(FILE)), 0o600);
        assert_eq!(mode(&data_dir), 0o700);
        assert_eq!(fs::read_dir(&data_dir).unwrap().count(), 1, "nothing is left beside the file");
    }

    #[test]
    fn a_file_that_others_can_read_is_closed() {
        let directory = tempfile::tempdir().unwrap();
        load_or_create(directory.path()).unwrap();
        let path = directory.path().join(FILE);
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        load_or_create(directory.path()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_is_named_and_its_content_is_not() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join(FILE), "{\"keySecret\": \"hush").unwrap();
        let Err(error) = load_or_create(directory.path()) else { panic!("a damaged file was accepted") };
        assert!(error.to_string().contains(FILE));
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
}
