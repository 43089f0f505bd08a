//! A copy of a SQLite database in one file, made while others write, and the way back.
//!
//! A file is written aside, checked, and only then put in place, so there is never half of one. PostgreSQL has tools of its own.

use super::{
    Store, StoreError,
    file::{self, InUse, beside},
};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long to wait for somebody who writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why there is no back-up, or it was not restored. The text is for the person at the command line.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is nothing to copy.
    #[error("{path} is not there. Look at the name, or at DATA_DIR.")]
    Missing {
        /// What was to be copied.
        path: PathBuf,
    },
    /// Something is in the place of the copy.
    #[error("{path} is there already, and stays as it is. Choose another name, or add --replace.")]
    Exists {
        /// Its place.
        path: PathBuf,
    },
    /// There is a clinic where one was to be restored.
    #[error(
        "There is a clinic in {path} already, and it stays as it is. To put the back-up in its place, add --replace: what is there \
         now is kept beside it."
    )]
    Occupied {
        /// The data directory.
        path: PathBuf,
    },
    /// A server, or a tool, uses the clinic that was to be replaced.
    #[error("{path} is in use. Stop the server first; nothing was changed.")]
    InUse {
        /// The data directory.
        path: PathBuf,
    },
    /// It is no copy of a clinic, or damaged.
    #[error("{path} cannot be used: {problem}. Nothing was changed.")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A file or directory cannot be used.
    #[error("{path} cannot be used ({problem}). Check that you may read and write it. Nothing was changed.")]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the operating system says.
        problem: io::Error,
    },
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// The id of the last event.
    pub last: u64,
    /// How many visits.
    pub visits: u64,
}

/// Copies the clinic of a data directory into a file: all that was committed before this began. Others may write meanwhile.
///
/// # Errors
/// See [`BackupError`].
pub async fn back_up(data_dir: &Path, to: &Path, replace: bool) -> Result<Contents, BackupError> {
    let _in_use = InUse::shared(data_dir)?;
    if !replace && exists(to)? {
        return Err(BackupError::Exists { path: to.to_owned() });
    }
    let aside = beside(to, ".partial");
    let database = file::path(data_dir);
    let copied = match copy(&database, &aside).await {
        Ok(()) => check(&aside).await.map_err(|error| about(error, &database)),
        Err(error) => Err(error),
    };
    match copied {
        Ok(contents) => put(&aside, to).map(|()| contents),
        Err(error) => {
            remove_all(&aside)?;
            Err(error)
        }
    }
}

/// Makes a back-up the clinic of a data directory, which nobody may use meanwhile. With `replace`, what was there is kept as
/// `clinic.db.replaced`.
///
/// # Errors
/// See [`BackupError`].
pub async fn restore(from: &Path, data_dir: &Path, replace: bool) -> Result<Contents, BackupError> {
    let in_use = || BackupError::InUse { path: data_dir.to_owned() };
    let _alone = InUse::alone(data_dir)?.ok_or_else(in_use)?;
    let database = file::path(data_dir);
    let is_occupied = exists(&database)?;
    if is_occupied && !replace {
        return Err(BackupError::Occupied { path: data_dir.to_owned() });
    }
    let aside = data_dir.join("clinic.db.partial");
    let contents = match prepare(from, &aside).await {
        Ok(contents) => contents,
        Err(error) => {
            remove_all(&aside)?;
            return Err(error);
        }
    };
    if is_occupied {
        set_aside(&database).await?;
    }
    put(&aside, &database)?;
    Ok(contents)
}

/// A copy as the next start would have it: what an older version wrote is brought up to date, what a newer one wrote is refused.
async fn prepare(from: &Path, aside: &Path) -> Result<Contents, BackupError> {
    copy(from, aside).await?;
    check(aside).await.map_err(|error| about(error, from))?;
    let store = Store::open_file(aside).await?;
    let contents = contents(&store).await;
    store.close().await;
    contents
}

/// Copies one moment of a database, without anything that was deleted.
async fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    if !exists(from)? {
        return Err(BackupError::Missing { path: from.to_owned() });
    }
    remove_all(to)?;
    // Made here, since SQLite would let others read it.
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to);
    made.map_err(failed(to))?;
    let name = to.to_str().ok_or_else(|| unusable(to, "its name is no Unicode"))?;
    let mut connection = open(from).await?;
    let copied = sqlx::query("VACUUM INTO $1").bind(name).execute(&mut connection).await;
    drop(connection.close().await);
    copied.map(drop).map_err(|error| unusable(from, &plainly(&error)))
}

/// Looks whether a copy is whole, and a clinic's.
async fn check(path: &Path) -> Result<Contents, BackupError> {
    let mut connection = open(path).await?;
    let found = sqlx::query("PRAGMA integrity_check(1)").fetch_one(&mut connection).await;
    let found = found.and_then(|row| row.try_get::<String, _>(0));
    if found.map_err(|error| unusable(path, &plainly(&error)))? != "ok" {
        return Err(unusable(path, "it is damaged"));
    }
    let no_clinic = |_| unusable(path, "it is no back-up of a clinic");
    let row = sqlx::query(
        "SELECT (SELECT last FROM head), (SELECT COALESCE(MAX(id), 0) FROM events), (SELECT COUNT(*) FROM visits), \
         (SELECT COUNT(*) FROM _sqlx_migrations WHERE success)",
    )
    .fetch_one(&mut connection)
    .await
    .map_err(no_clinic)?;
    let number = |column: usize| row.try_get::<i64, _>(column).map_err(no_clinic);
    let [last, greatest, visits, migrations] = [number(0)?, number(1)?, number(2)?, number(3)?];
    drop(connection.close().await);
    if last != greatest || migrations == 0 {
        return Err(unusable(path, "events are missing in it"));
    }
    Ok(Contents { last: last.unsigned_abs(), visits: visits.unsigned_abs() })
}

/// Reads every event, as whoever folds its log will.
async fn contents(store: &Store) -> Result<Contents, BackupError> {
    let mut last = 0;
    loop {
        let batch = store.after(last, 1024).await?;
        let Some(event) = batch.last() else { break };
        last = event.id;
    }
    let visits: i64 = sqlx::query("SELECT COUNT(*) FROM visits")
        .fetch_one(store.pool())
        .await
        .and_then(|row| row.try_get(0))
        .map_err(StoreError::from)?;
    Ok(Contents { last, visits: visits.unsigned_abs() })
}

/// Keeps a database that is replaced, with what a killed server has left beside it.
async fn set_aside(database: &Path) -> Result<(), BackupError> {
    // Whatever is in the log beside it goes into the file. One that is damaged is kept as it is.
    if let Ok(mut connection) = open(database).await {
        drop(sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await);
        drop(connection.close().await);
    }
    let kept = beside(database, ".replaced");
    for suffix in ["", "-wal", "-shm"] {
        let (from, to) = (beside(database, suffix), beside(&kept, suffix));
        remove(&to)?;
        if exists(&from)? {
            fs::rename(&from, &to).map_err(failed(&from))?;
        }
    }
    Ok(())
}

/// Puts a file that is whole in its place, so that it is there also after the power has failed.
fn put(aside: &Path, to: &Path) -> Result<(), BackupError> {
    let directory = match to.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    File::open(aside).and_then(|file| file.sync_all()).map_err(failed(aside))?;
    fs::rename(aside, to).map_err(failed(to))?;
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(failed(directory))
}

async fn open(path: &Path) -> Result<SqliteConnection, BackupError> {
    let options =
        SqliteConnectOptions::new().filename(path).busy_timeout(PATIENCE).disable_statement_logging();
    options.connect().await.map_err(|error| unusable(path, &plainly(&error)))
}

fn exists(path: &Path) -> Result<bool, BackupError> {
    path.try_exists().map_err(failed(path))
}

fn remove(path: &Path) -> Result<(), BackupError> {
    match fs::remove_file(path) {
        Err(problem) if problem.kind() != ErrorKind::NotFound => Err(failed(path)(problem)),
        _ => Ok(()),
    }
}

/// Removes a database, with what is beside it.
fn remove_all(path: &Path) -> Result<(), BackupError> {
    ["", "-wal", "-shm", "-journal"].into_iter().try_for_each(|suffix| remove(&beside(path, suffix)))
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |problem| BackupError::Io { path, problem }
}

fn unusable(path: &Path, problem: &str) -> BackupError {
    BackupError::Unusable { path: path.to_owned(), problem: problem.to_owned() }
}

/// What is wrong with a copy is wrong with what it was made from.
fn about(error: BackupError, path: &Path) -> BackupError {
    match error {
        BackupError::Unusable { problem, .. } => BackupError::Unusable { path: path.to_owned(), problem },
        error => error,
    }
}

/// What SQLite says: it names tables, never values.
fn plainly(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        _ => "it cannot be read".to_owned(),
    }
}
