//! The tables' history. Forward only: what is released is never changed, only followed by more.

use super::{
    DatabaseKind, StoreError,
    connect::{opening, options},
};
use sqlx::{
    AnyConnection, AnyPool, Connection, Row, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};
use std::borrow::Cow;

/// Number, name, SQL. In order.
const ALL: [(i64, &str, &str); 12] = [
    (1, "log", include_str!("../../../migrations/0001_log.sql")),
    (2, "people", include_str!("../../../migrations/0002_people.sql")),
    (3, "staff", include_str!("../../../migrations/0003_staff.sql")),
    (4, "links", include_str!("../../../migrations/0004_links.sql")),
    (5, "audit", include_str!("../../../migrations/0005_audit.sql")),
    (6, "notes", include_str!("../../../migrations/0006_notes.sql")),
    (7, "audit_chain", include_str!("../../../migrations/0007_audit_chain.sql")),
    (8, "nodes", include_str!("../../../migrations/0008_nodes.sql")),
    (11, "time_zones", include_str!("../../../migrations/0011_time_zones.sql")),
    (12, "desk", include_str!("../../../migrations/0012_desk.sql")),
    (13, "desk_log", include_str!("../../../migrations/0013_desk_log.sql")),
    (14, "throttle_by_time", include_str!("../../../migrations/0014_throttle_by_time.sql")),
];

/// Whether any has been run in the database at this address. Changes nothing there.
pub(super) async fn are_begun(url: &str, kind: DatabaseKind) -> Result<bool, StoreError> {
    let sql = match kind {
        DatabaseKind::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
        DatabaseKind::Postgres => {
            "SELECT COUNT(*) FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = '_sqlx_migrations'"
        }
    };
    let mut connection =
        AnyConnection::connect_with(&options(url)?).await.map_err(|error| opening(&error))?;
    let row = sqlx::query(sql).fetch_one(&mut connection).await.map_err(|error| opening(&error))?;
    let tables: i64 = row.try_get(0)?;
    // It has read, and there is nothing to lose.
    drop(connection.close().await);
    Ok(tables > 0)
}

/// Runs those that this database has not seen. Of several processes that start at once one does it, the others wait: on PostgreSQL
/// for a lock that sqlx takes there, on SQLite for the one that whoever [opens](super::Store::open) it holds.
pub(super) async fn run(pool: &AnyPool) -> Result<(), StoreError> {
    let migrations = ALL.map(|(number, name, sql)| {
        Migration::new(number, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    let migrator = Migrator { migrations: Cow::Owned(migrations.into()), ..Migrator::DEFAULT };
    migrator.run(pool).await.map_err(|error| StoreError::Migrate { problem: error.to_string() })
}
