//! The file of a SQLite database, in the data directory: nobody but the server's user can read it, and it is not exchanged under
//! somebody who uses it.

use super::StoreError;
use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// The database of a data directory.
pub fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("clinic.db")
}

/// A file that belongs to another one: `clinic.db-wal` is what is not in `clinic.db` yet.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Makes the file if it is missing, so that it, and what SQLite puts beside it, is private.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map(drop)
}

/// The right to use the database of a data directory, until it is dropped. Many may use it at once (`owl setup` beside the server);
/// who exchanges it must be alone. The operating system gives it back also after `kill -9`.
#[derive(Debug)]
pub struct InUse {
    _file: File,
}

impl InUse {
    /// One of many.
    ///
    /// # Errors
    /// [`StoreError::Open`] while somebody exchanges the database.
    pub(super) fn shared(data_dir: &Path) -> Result<Self, StoreError> {
        let file = lock_file(data_dir)?;
        match file.try_lock_shared() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Open {
                problem: "a back-up is being restored; try again when that is done".into(),
            }),
            Err(TryLockError::Error(problem)) => Err(StoreError::Open { problem: problem.to_string() }),
        }
    }

    /// Alone. None while anybody uses it.
    ///
    /// # Errors
    /// When the lock's file cannot be used.
    pub fn alone(data_dir: &Path) -> Result<Option<Self>, StoreError> {
        let file = lock_file(data_dir)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(problem)) => Err(StoreError::Open { problem: problem.to_string() }),
        }
    }
}

/// The turn to open the database of a data directory, until it is dropped: whoever opens it may have to make its tables, and SQLite
/// itself keeps nobody from making them twice. Waits for those who do.
///
/// # Errors
/// When the lock's file cannot be used.
pub(super) async fn opening(data_dir: &Path) -> Result<File, StoreError> {
    let file = file_to_lock(data_dir, "clinic.opening")?;
    let locked = tokio::task::spawn_blocking(move || file.lock().map(|()| file)).await;
    let locked = locked.map_err(io::Error::other).and_then(|locked| locked);
    locked.map_err(|problem| StoreError::Open { problem: problem.to_string() })
}

fn lock_file(data_dir: &Path) -> Result<File, StoreError> {
    file_to_lock(data_dir, "clinic.lock")
}

fn file_to_lock(data_dir: &Path, name: &str) -> Result<File, StoreError> {
    let open =
        OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(data_dir.join(name));
    open.map_err(|problem| StoreError::Open { problem: problem.to_string() })
}
