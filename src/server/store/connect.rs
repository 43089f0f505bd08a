//! Opening the database.

use super::{StoreError, migrations};
use crate::server::config;
use futures_util::FutureExt;
use sqlx::{
    AnyConnection, AnyPool, ConnectOptions,
    any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers},
};
use std::{fmt, path::Path, sync::Arc, time::Duration};
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
    /// SQLite has one writer at a time: who writes waits here, not in a loop of the database.
    pub(super) writing: Option<Arc<Mutex<()>>>,
}

impl Store {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`], [`StoreError::Migrate`].
    pub async fn open(database: &config::Database, data_dir: &Path) -> Result<Self, StoreError> {
        install_default_drivers();
        let opening = |error: sqlx::Error| StoreError::Open { problem: plainly(&error) };
        let (url, kind) = match database {
            config::Database::Sqlite => {
                let path = data_dir.join("clinic.db");
                let path = path.to_str().ok_or_else(|| StoreError::Open {
                    problem: "the directory's name is no Unicode".to_owned(),
                })?;
                // Characters that would end the path of a URL.
                let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
                (format!("sqlite://{path}?mode=rwc"), DatabaseKind::Sqlite)
            }
            config::Database::Postgres(url) => {
                use secrecy::ExposeSecret;
                (url.expose_secret().to_owned(), DatabaseKind::Postgres)
            }
        };
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(PATIENCE)
            .after_connect(move |connection, _| prepare(connection, kind).boxed())
            // Statements are no news, and nobody can promise that no value is ever in one.
            .connect_with(url.parse::<AnyConnectOptions>().map_err(opening)?.disable_statement_logging())
            .await
            .map_err(opening)?;
        migrations::run(&pool).await?;
        let writing = (kind == DatabaseKind::Sqlite).then(Arc::default);
        Ok(Self { pool, kind, writing })
    }

    /// The connections, for reading.
    pub fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Which database it is.
    pub fn kind(&self) -> DatabaseKind {
        self.kind
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

/// A commit is on the disk before it is answered, also if the power fails then: `NORMAL` would lose it in WAL mode.
async fn prepare(connection: &mut AnyConnection, kind: DatabaseKind) -> sqlx::Result<()> {
    if kind == DatabaseKind::Sqlite {
        for pragma in [
            "PRAGMA busy_timeout = 5000",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
        ] {
            sqlx::query(pragma).execute(&mut *connection).await?;
        }
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
