//! All that is written down, but for what coming and going leaves: so whatever changes anything is noticed, in tables to come too.

use super::world::World;
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;

/// Who was here, who tried in vain, and what is to be done about rooms: no part of anybody's record.
const LEFT_OUT: [&str; 8] = [
    "_sqlx_migrations",
    "audit",
    "head",
    "rooms_to_end",
    "seat_sessions",
    "staff_sessions",
    "throttle",
    "visits",
];

/// Rows by table: the whole of it, or what concerns the visit where a table is about visits.
pub async fn of(world: &World) -> BTreeMap<String, Vec<String>> {
    let visit = world.visit.to_string();
    let mut record = BTreeMap::new();
    for table in column(world, "SELECT name FROM sqlite_master WHERE type = 'table'").await {
        if LEFT_OUT.contains(&table.as_str()) || table.starts_with("audit") {
            continue;
        }
        let columns = column(world, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
        let row = columns.iter().map(|name| format!("quote({name})")).collect::<Vec<_>>().join("||','||");
        let only = if columns.iter().any(|name| name == "visit") {
            format!("WHERE visit = '{visit}'")
        } else {
            String::new()
        };
        let rows = column(world, &format!("SELECT {row} FROM {table} {only} ORDER BY 1")).await;
        // A page that comes and goes changes nothing.
        let rows =
            rows.into_iter().filter(|row| !row.contains("wentAway") && !row.contains("cameBack")).collect();
        record.insert(table, rows);
    }
    record.insert(
        "how many visits".to_owned(),
        column(world, "SELECT CAST(COUNT(*) AS TEXT) FROM visits").await,
    );
    let holder = format!(
        "SELECT hash FROM seat_sessions WHERE visit = '{visit}' AND is_guest = 0 AND confirmed = 1 ORDER BY taken_at DESC LIMIT 1"
    );
    record.insert("who has the place".to_owned(), column(world, &holder).await);
    record
}

async fn column(world: &World, sql: &str) -> Vec<String> {
    let state = world.app.application.state();
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(state.clinic.store().pool()).await;
    rows.unwrap_or_else(|error| panic!("{sql}: {error}")).iter().map(|row| row.get(0)).collect()
}
