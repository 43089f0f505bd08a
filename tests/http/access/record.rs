//! All that is written down, but for what coming and going leaves: so whatever changes anything is noticed, in tables to come too.

use super::{callers::Caller, rows::Row, world::World};
use owl_hospital::server::store::DatabaseKind;
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::{BTreeMap, BTreeSet};

/// Who was here, who tried in vain, which process runs, and what is to be done about rooms: no part of anybody's record.
const LEFT_OUT: [&str; 9] = [
    "_sqlx_migrations",
    "audit",
    "audit_head",
    "desk_log",
    "head",
    "nodes",
    "pages",
    "rooms_to_end",
    "throttle",
];

/// What changes whenever somebody comes and goes.
const COLUMNS_LEFT_OUT: [(&str, &str); 2] = [("staff_sessions", "seen_at"), ("visits", "seq")];

/// Who may do these ends sessions of the visit's own people.
const END_SESSIONS: [&str; 3] = [
    "POST /clinic/appointments/{id}/revoke",
    "POST /clinic/appointments/{id}/guest/remove",
    "POST /clinic/appointments/{id}/erase",
];

#[derive(Clone, Default)]
pub struct Record {
    /// Rows by table: of the visit that everybody is after, and of accounts and patients.
    pub of_the_visit: BTreeMap<String, Vec<String>>,
    /// Everybody's sessions, and whatever belongs to other visits.
    of_others: BTreeSet<Other>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Other {
    table: String,
    /// The visit. Empty: it is about none.
    visit: String,
    row: String,
}

/// How it stands now. All tables are read by one statement: it is asked thousands of times.
pub async fn of(world: &World) -> Record {
    let visit = world.visit.to_string();
    let mut parts = Vec::new();
    for (table, columns) in schema(world).await {
        let kept = columns.iter().filter(|name| !COLUMNS_LEFT_OUT.contains(&(&table, name)));
        let row = kept.map(|name| format!("COALESCE(CAST({name} AS TEXT), '-')"));
        let row = row.collect::<Vec<_>>().join(" || '|' || ");
        let about = match table.as_str() {
            "visits" => "id",
            _ if columns.iter().any(|name| name == "visit") => "visit",
            _ => "''",
        };
        parts.push(format!("SELECT '{table}', {about}, {row} FROM {table}"));
    }
    parts.push("SELECT 'how many visits', '', CAST(COUNT(*) AS TEXT) FROM visits".to_owned());
    parts.push(format!(
        "SELECT * FROM (SELECT 'who has the place', '', hash FROM seat_sessions WHERE visit = '{visit}' AND is_guest = 0 \
         AND confirmed = 1 ORDER BY taken_at DESC LIMIT 1) AS holder"
    ));
    let mut record = Record::default();
    for [table, about, row] in texts(world, &format!("{} ORDER BY 1, 3", parts.join(" UNION ALL "))).await {
        // A page that comes and goes changes nothing.
        if row.contains("wentAway") || row.contains("cameBack") {
            continue;
        }
        if table.ends_with("_sessions") || !(about.is_empty() || about == visit) {
            record.of_others.insert(Other { table, visit: about, row });
        } else {
            record.of_the_visit.entry(table).or_default().push(row);
        }
    }
    record
}

impl Record {
    /// What of others has changed by a call that may change nothing of theirs, though it `may` change the visit.
    pub fn trespass(
        &self,
        after: &Self,
        world: &World,
        caller: Caller,
        (asked, may): (&Row, bool),
    ) -> Vec<String> {
        let known: BTreeSet<&str> = self.of_others.iter().map(|other| other.visit.as_str()).collect();
        let own = world.stored(caller);
        let changed = self.of_others.symmetric_difference(&after.of_others);
        let changed = changed.filter(|other| {
            let is_own = own.as_ref().is_some_and(|own| other.row.contains(own))
                || (caller.letter == 'Q' && other.visit == world.other.to_string());
            // What nobody can use may be swept at any time.
            let is_worthless = world.worthless.iter().any(|hash| other.row.contains(hash))
                || (other.table == "links" && other.visit == world.expired.to_string());
            let is_new = may && !known.contains(other.visit.as_str());
            let is_ended = may
                && other.table == "seat_sessions"
                && other.visit == world.visit.to_string()
                && END_SESSIONS.contains(&asked.route);
            !(is_own || is_worthless || is_new || is_ended)
        });
        changed.map(|other| format!("{} of visit “{}”", other.table, other.visit)).collect()
    }
}

/// Each table with its columns.
async fn schema(world: &World) -> BTreeMap<String, Vec<String>> {
    let sql = match world.app.application.state().clinic.store().kind() {
        DatabaseKind::Sqlite => {
            "SELECT tables.name, columns.name, '' FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table' ORDER BY tables.name, columns.cid"
        }
        DatabaseKind::Postgres => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), '' FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        }
    };
    let mut tables = BTreeMap::new();
    for [table, column, _] in texts(world, sql).await {
        if !LEFT_OUT.contains(&table.as_str()) {
            tables.entry(table).or_insert_with(Vec::new).push(column);
        }
    }
    tables
}

async fn texts(world: &World, sql: &str) -> Vec<[String; 3]> {
    let state = world.app.application.state();
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(state.clinic.store().pool()).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter().map(|row| [row.get(0), row.get(1), row.get(2)]).collect()
}
