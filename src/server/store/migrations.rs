//! The tables' history. Forward only: what is released is never changed, only followed by more.

use super::StoreError;
use sqlx::{
    AnyPool, SqlSafeStr,
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

/// Runs those that this database has not seen. Of several processes that start at once one does it, the others wait.
pub(super) async fn run(pool: &AnyPool) -> Result<(), StoreError> {
    let migrations = ALL.map(|(number, name, sql)| {
        Migration::new(number, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    let migrator = Migrator { migrations: Cow::Owned(migrations.into()), ..Migrator::DEFAULT };
    migrator.run(pool).await.map_err(|error| StoreError::Migrate { problem: error.to_string() })
}
