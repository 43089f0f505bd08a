//! Only one process at a time may keep rooms in a directory.

use super::{file, prepare};
use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long to wait for a predecessor that is still ending. It gives the directory free once its sockets are closed,
/// which takes at most five seconds.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often to look meanwhile. Every call waits for it.
const LOOK: Duration = Duration::from_millis(20);

/// Why rooms cannot be kept in a directory.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The directory or a file in it cannot be used.
    #[error(
        "{path} cannot be used ({problem}). Check that the server's user may read and write it, or set DATA_DIR."
    )]
    Io {
        /// The directory or file.
        path: PathBuf,
        /// What the operating system says.
        problem: io::Error,
    },
    /// Another process holds the lock and does not end.
    #[error(
        "{path} is in use by another owl. Stop that one first, or give this one a directory of its own (DATA_DIR)."
    )]
    InUse {
        /// The directory.
        path: PathBuf,
    },
}

impl JournalError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |problem| Self::Io { path, problem }
    }
}

/// The right to a directory, until it is dropped.
#[derive(Debug)]
pub(in crate::rooms) struct Lock {
    directory: PathBuf,
    has_waited: bool,
    /// The operating system gives the lock free when this is closed, also by `kill -9`.
    _file: File,
}

impl Lock {
    /// Where.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Whether a predecessor had it until just now.
    pub fn has_waited(&self) -> bool {
        self.has_waited
    }
}

/// Makes the directory where it is missing, and waits until it is ours, for a bounded time.
///
/// # Errors
/// See [`JournalError`].
pub(in crate::rooms) async fn wait_for_lock(directory: &Path) -> Result<Lock, JournalError> {
    prepare(directory).map_err(JournalError::io(directory))?;
    let path = directory.join("lock");
    let file = file::open(&path).map_err(JournalError::io(&path))?;
    let waiting = async {
        let mut has_waited = false;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(has_waited),
                Err(TryLockError::WouldBlock) => {
                    if !has_waited {
                        tracing::info!("another owl still uses the rooms; waiting for its end");
                    }
                    has_waited = true;
                    tokio::time::sleep(LOOK).await;
                }
                Err(TryLockError::Error(problem)) => return Err(problem),
            }
        }
    };
    let has_waited = tokio::time::timeout(PATIENCE, waiting)
        .await
        .map_err(|_| JournalError::InUse { path: directory.to_owned() })?
        .map_err(JournalError::io(&path))?;
    Ok(Lock { directory: directory.to_owned(), has_waited, _file: file })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_directory_in_use_is_waited_for_but_not_for_ever() {
        let directory = tempfile::tempdir().expect("a directory");
        let first = wait_for_lock(directory.path()).await.expect("ours");
        assert!(!first.has_waited());
        let refused = wait_for_lock(directory.path()).await.expect_err("in use");
        assert!(matches!(refused, JournalError::InUse { .. }), "{refused}");
        let ending = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            drop(first);
        };
        let (second, ()) = tokio::join!(wait_for_lock(directory.path()), ending);
        assert!(second.expect("ours").has_waited());
    }
}
