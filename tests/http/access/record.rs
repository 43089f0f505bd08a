//! All that is written down, but for what coming and going leaves: so whatever changes anything is noticed, in tables to come too.

use super::{callers::Caller, rows::Row, world::World};
use owl_hospital::server::store::DatabaseKind;
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::{BTreeMap, BTreeSet};

/// Who was here, who tried in vain, which process runs, and what is to be done about rooms: no part of anybody's record.
const LEFT_OUT: [&str; 8] =
    ["_sqlx_migrations", "audit", "audit_head", "head", "nodes", "pages", "rooms_to_end", "throttle"];

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

/// How it stands now.
pub async fn of(world: &World) -> Record {
    let visit = world.visit.to_string();
    let mut record = Record::default();
    for table in tables(world).await {
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        let columns = columns(world, &table).await;
        let kept = columns.iter().filter(|name| !COLUMNS_LEFT_OUT.contains(&(&table, name)));
        let row = kept.map(|name| format!("COALESCE(CAST({name} AS TEXT), '-')"));
        let row = row.collect::<Vec<_>>().join(" || '|' || ");
        let about = match table.as_str() {
            "visits" => "id",
            _ if columns.iter().any(|name| name == "visit") => "visit",
            _ => "''",
        };
        let rows = pairs(world, &format!("SELECT {about}, {row} FROM {table} ORDER BY 2")).await;
        // A page that comes and goes changes nothing.
        let rows = rows.into_iter().filter(|(_, row)| !row.contains("wentAway") && !row.contains("cameBack"));
        for (about, row) in rows {
            if table.ends_with("_sessions") || !(about.is_empty() || about == visit) {
                record.of_others.insert(Other { table: table.clone(), visit: about, row });
            } else {
                record.of_the_visit.entry(table.clone()).or_default().push(row);
            }
        }
    }
    let count = "SELECT '', CAST(COUNT(*) AS TEXT) FROM visits";
    let holder = format!(
        "SELECT '', hash FROM seat_sessions WHERE visit = '{visit}' AND is_guest = 0 AND confirmed = 1 ORDER BY taken_at DESC LIMIT 1"
    );
    for (what, sql) in [("how many visits", count), ("who has the place", &holder)] {
        let rows = pairs(world, sql).await.into_iter().map(|(_, row)| row).collect();
        record.of_the_visit.insert(what.to_owned(), rows);
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

async fn tables(world: &World) -> Vec<String> {
    let sql = match kind(world) {
        DatabaseKind::Sqlite => "SELECT '', name FROM sqlite_master WHERE type = 'table'",
        DatabaseKind::Postgres => {
            "SELECT '', CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    pairs(world, sql).await.into_iter().map(|(_, name)| name).collect()
}

async fn columns(world: &World, table: &str) -> Vec<String> {
    let sql = match kind(world) {
        DatabaseKind::Sqlite => format!("SELECT '', name FROM pragma_table_info('{table}')"),
        DatabaseKind::Postgres => format!(
            "SELECT '', CAST(column_name AS TEXT) FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    pairs(world, &sql).await.into_iter().map(|(_, name)| name).collect()
}

fn kind(world: &World) -> DatabaseKind {
    world.app.application.state().clinic.store().kind()
}

async fn pairs(world: &World, sql: &str) -> Vec<(String, String)> {
    let state = world.app.application.state();
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(state.clinic.store().pool()).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}
