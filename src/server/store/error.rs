//! What can go wrong with the store.

use crate::server::audit::AuditKeyError;

/// What can go wrong with the store. No text holds what was stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened. For the person who starts the server.
    #[error(
        "The database cannot be opened: {problem}. Look at DATA_DIR (SQLite) or DATABASE_URL (PostgreSQL)."
    )]
    Open {
        /// What the database says.
        problem: String,
    },
    /// There is no clinic in it. For the person at the command line.
    #[error(
        "There is no clinic in {place}, and none was made. Are DATABASE_URL and DATA_DIR set as for the server?"
    )]
    Empty {
        /// The file, or that it is a PostgreSQL.
        place: String,
    },
    /// The tables cannot be brought to this version. For the person who starts the server.
    #[error(
        "The database's tables cannot be brought up to date: {problem}. A newer version of this program may have written them."
    )]
    Migrate {
        /// What the database says.
        problem: String,
    },
    /// The database refused or did not answer. Trying again may help.
    #[error("the database failed: {0}")]
    Database(&'static str),
    /// Something stored cannot be read. Trying again does not help.
    #[error("a stored {0} cannot be read")]
    Damaged(&'static str),
    /// The audit has no key, or not the right one. For the person who starts the server.
    #[error(transparent)]
    AuditKey(#[from] AuditKeyError),
    /// A line of the audit was noted before its key was there. Nothing was written.
    #[error("the audit has no key yet")]
    NoAuditKey,
    /// Somebody else has appended to the same log meanwhile: read it, and decide anew.
    #[error("somebody else was quicker")]
    Conflict,
}

impl From<sqlx::Error> for StoreError {
    /// Says what kind of trouble it is, and leaves the text out: it can hold values.
    fn from(error: sqlx::Error) -> Self {
        let is_taken = error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation);
        match error {
            _ if is_taken => Self::Conflict,
            sqlx::Error::Io(_) => Self::Database("no connection"),
            sqlx::Error::PoolTimedOut => Self::Database("too many at once"),
            sqlx::Error::PoolClosed => Self::Database("it is closed"),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Damaged("value"),
            sqlx::Error::RowNotFound => Self::Damaged("row"),
            sqlx::Error::Database(error) if error.is_transient_in_connect_phase() => {
                Self::Database("it does not take connections")
            }
            sqlx::Error::Database(_) => Self::Database("it refused"),
            _ => Self::Database("something else"),
        }
    }
}
