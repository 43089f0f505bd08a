//! Opening the database.

use super::{
    NodeId, StoreError,
    file::{self, InUse},
    migrations,
};
use crate::server::{audit::AuditKey, config};
use futures_util::FutureExt;
use secrecy::{ExposeSecret, SecretString};
use sqlx::{
    AnyConnection, AnyPool, ConnectOptions,
    any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers},
};
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::Mutex;

/// How long to wait for a connection of the pool, and for another process that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// Which database it is. Only connecting, locking and telling other processes depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// One file, one process.
    Sqlite,
    /// Several processes may share it.
    Postgres,
}

/// The database. Clones share it.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    kind: DatabaseKind,
    data_dir: PathBuf,
    /// Seals the lines of the audit.
    pub(super) audit_key: Option<Arc<AuditKey>>,
    /// Which process this is, to others at the same database.
    pub(super) node: NodeId,
    /// Of a PostgreSQL: to listen takes a connection of its own.
    pub(super) url: Option<SecretString>,
    /// There is one writer at a time: who writes waits here, not in a loop of the database.
    pub(super) writing: Arc<Mutex<()>>,
    /// Of a file: nobody exchanges it meanwhile.
    #[expect(dead_code, reason = "held, not read")]
    in_use: Option<Arc<InUse>>,
}

impl Store {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`], [`StoreError::Migrate`].
    pub async fn open(database: &config::Database, data_dir: &Path) -> Result<Self, StoreError> {
        match database {
            config::Database::Sqlite => {
                let in_use = InUse::shared(data_dir)?;
                // The server, and `owl setup` beside it, may both be the first.
                let _alone = file::opening(data_dir).await?;
                let store = Self::open_file(&file::path(data_dir)).await?;
                Ok(Self { in_use: Some(Arc::new(in_use)), ..store })
            }
            config::Database::Postgres(url) => {
                let store = Self::connect(url.expose_secret(), DatabaseKind::Postgres, data_dir).await?;
                Ok(Self { url: Some(url.clone()), ..store })
            }
        }
    }

    /// Opens a database that a server has begun, for who must not make one where there is none.
    ///
    /// # Errors
    /// [`StoreError::Empty`], and as [`open`](Self::open).
    pub async fn open_begun(database: &config::Database, data_dir: &Path) -> Result<Self, StoreError> {
        let (place, is_begun) = match database {
            config::Database::Sqlite => {
                let path = file::path(data_dir);
                let is_there = path.try_exists();
                let is_there =
                    is_there.map_err(|problem| StoreError::Open { problem: problem.to_string() })?;
                let is_begun =
                    is_there && migrations::are_begun(&address(&path)?, DatabaseKind::Sqlite).await?;
                (path.display().to_string(), is_begun)
            }
            config::Database::Postgres(url) => {
                let is_begun = migrations::are_begun(url.expose_secret(), DatabaseKind::Postgres).await?;
                ("the PostgreSQL of DATABASE_URL".to_owned(), is_begun)
            }
        };
        if is_begun { Self::open(database, data_dir).await } else { Err(StoreError::Empty { place }) }
    }

    /// Opens a file that is a SQLite database, or is to be one.
    pub(super) async fn open_file(path: &Path) -> Result<Self, StoreError> {
        file::make_private(path).map_err(|problem| StoreError::Open { problem: problem.to_string() })?;
        let data_dir = path.parent().unwrap_or(Path::new("."));
        Self::connect(&address(path)?, DatabaseKind::Sqlite, data_dir).await
    }

    async fn connect(url: &str, kind: DatabaseKind, data_dir: &Path) -> Result<Self, StoreError> {
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(PATIENCE)
            .after_connect(move |connection, _| prepare(connection, kind).boxed())
            .connect_with(options(url)?)
            .await
            .map_err(|error| opening(&error))?;
        migrations::run(&pool).await?;
        let node = NodeId::random().map_err(|error| StoreError::Open { problem: error.to_string() })?;
        Ok(Self {
            pool,
            kind,
            data_dir: data_dir.to_owned(),
            audit_key: None,
            node,
            url: None,
            writing: Arc::default(),
            in_use: None,
        })
    }

    /// The connections, for reading.
    pub fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Which database it is.
    pub fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// Where files beside the database lie.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// From now on what is written can be audited.
    #[must_use]
    pub fn audited_with(mut self, key: Arc<AuditKey>) -> Self {
        self.audit_key = Some(key);
        self
    }

    /// Closes all connections, once what is under way has ended.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// How to connect to this address.
pub(super) fn options(url: &str) -> Result<AnyConnectOptions, StoreError> {
    install_default_drivers();
    // Statements are no news, and nobody can promise that no value is ever in one.
    Ok(url.parse::<AnyConnectOptions>().map_err(|error| opening(&error))?.disable_statement_logging())
}

pub(super) fn opening(error: &sqlx::Error) -> StoreError {
    StoreError::Open { problem: plainly(error) }
}

/// The address by which a file is opened, which must be there.
fn address(path: &Path) -> Result<String, StoreError> {
    let unreadable = || StoreError::Open { problem: "the directory's name is no Unicode".to_owned() };
    let path = path.to_str().ok_or_else(unreadable)?;
    // Characters that would end the path of a URL.
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Ok(format!("sqlite://{path}"))
}

/// A commit is on the disk before it is answered, also if the power fails then: `NORMAL` would lose it in WAL mode, and so would
/// a PostgreSQL that was told to hurry. What is stricter there (`remote_apply`) stays as it is.
const SQLITE: [&str; 5] = [
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    // What is erased is overwritten, not only marked as free.
    "PRAGMA secure_delete = ON",
];
const POSTGRES: [&str; 2] = [
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
    // All others wait for whoever writes: a node that is cut off in the middle must not hold them up for hours.
    "SET idle_in_transaction_session_timeout = '10s'",
];

async fn prepare(connection: &mut AnyConnection, kind: DatabaseKind) -> sqlx::Result<()> {
    let statements: &[&'static str] = match kind {
        DatabaseKind::Sqlite => &SQLITE,
        DatabaseKind::Postgres => &POSTGRES,
    };
    for statement in statements {
        sqlx::query(*statement).execute(&mut *connection).await?;
    }
    Ok(())
}

/// What the database says, without the address, which may hold a password.
fn plainly(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::Io(error) => error.to_string(),
        sqlx::Error::Configuration(_) => "its address cannot be understood".to_owned(),
        sqlx::Error::Tls(_) => "TLS failed".to_owned(),
        sqlx::Error::PoolTimedOut => "it does not answer".to_owned(),
        _ => "no connection".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Row;

    #[tokio::test]
    async fn every_pooled_connection_has_a_commit_on_the_disk_before_it_answers() {
        let directory = tempfile::tempdir().expect("a directory");
        let store = Store::open(&config::Database::Sqlite, directory.path()).await.expect("a store");
        let mut held = Vec::new();
        for _ in 0..store.pool().options().get_max_connections() {
            let mut connection = store.pool().acquire().await.expect("a connection");
            let row = sqlx::query("PRAGMA synchronous").fetch_one(&mut *connection).await.expect("an answer");
            assert_eq!(row.get::<i64, _>(0), 2, "FULL");
            let row =
                sqlx::query("PRAGMA journal_mode").fetch_one(&mut *connection).await.expect("an answer");
            assert_eq!(row.get::<String, _>(0), "wal");
            held.push(connection);
        }
        assert_eq!(held.len(), 8, "all at once, so each is another one");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_many_who_make_a_database_at_once_one_does_and_the_others_wait() {
        for _ in 0..5 {
            let directory = tempfile::tempdir().expect("a directory");
            let opened = (0..4).map(|_| {
                let path = directory.path().to_owned();
                tokio::spawn(async move { Store::open(&config::Database::Sqlite, &path).await.map(drop) })
            });
            for opened in futures_util::future::join_all(opened).await {
                opened.expect("no panic").expect("a store");
            }
        }
    }

    #[tokio::test]
    async fn who_only_reads_makes_no_database() {
        let directory = tempfile::tempdir().expect("a directory");
        let (database, path) = (config::Database::Sqlite, file::path(directory.path()));
        let begun = async || Store::open_begun(&database, directory.path()).await.map(drop);
        assert!(matches!(begun().await, Err(StoreError::Empty { .. })));
        assert_eq!(std::fs::read_dir(directory.path()).expect("a directory").count(), 0);
        std::fs::write(&path, "").expect("written");
        assert!(matches!(begun().await, Err(StoreError::Empty { .. })));
        assert_eq!(std::fs::metadata(&path).expect("a file").len(), 0, "it has no tables");
        Store::open(&database, directory.path()).await.expect("a store").close().await;
        begun().await.expect("a clinic");
    }
}
