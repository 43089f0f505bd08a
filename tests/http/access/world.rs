//! A clinic with everybody in it, as it stands at each stage of one visit. Made once, and opened anew from a copy for each row.

use super::{
    callers::Caller,
    people::{Known, SETTINGS, people},
    record::Record,
};
use crate::{
    app::{DATABASE_URL, TestApp, config},
    database,
};
use owl_hospital::{
    domain::visit::{Actor, Command, Outcome, RoomName, SeatId, StaffId, StaffRole, VisitId},
    server::Application,
};
use sha2::{Digest, Sha256};
use sqlx::Row;
use std::{collections::HashMap, path::Path, sync::Arc};
use tempfile::TempDir;

/// Where the visit stands that everybody is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    Scheduled,
    CheckedIn,
    Waiting,
    /// The notice that the patient will be seen in a moment is on.
    Admitted,
    Seen,
    Left,
}

/// Sessions that were good once, and one that never was. Each has to open as much as none.
pub const WORTHLESS: [&str; 9] = [
    "by a link that was taken away",
    "by a link that is expired",
    "a guest who was removed",
    "a seat that somebody made up",
    "idle for too long",
    "logged in for too long",
    "logged out",
    "disabled",
    "a log-in that somebody made up",
];

/// Those of them that are log-ins.
pub const NO_LOG_IN: &[&str] = WORTHLESS.split_at(4).1;

/// What a server has left.
struct Kept {
    directory: TempDir,
    /// Of a PostgreSQL: its address.
    database: Option<String>,
}

/// One clinic, to be called.
pub struct World {
    pub app: TestApp,
    pub visit: VisitId,
    pub patient: String,
    pub birth_date: String,
    pub reason: String,
    /// By which a correction says what it corrects.
    pub seen: String,
    pub colleague: StaffId,
    /// Somebody whose account admins may change without anybody here being thrown out.
    pub spare: StaffId,
    /// The guest's place.
    pub guest: SeatId,
    /// A day to come.
    pub day: String,
    /// The room that is open, or was last.
    pub room: Option<String>,
    /// Another patient's, who calls too.
    pub other: VisitId,
    /// One whose link is expired.
    pub expired: VisitId,
    /// Under which the sessions are stored that are good for nothing.
    pub worthless: Vec<String>,
    pub record: Record,
    cookies: Arc<HashMap<&'static str, String>>,
    seats: Arc<HashMap<&'static str, SeatId>>,
    /// Of a PostgreSQL: its address.
    database: Option<String>,
}

pub struct Worlds {
    known: Known,
    stages: HashMap<Stage, Kept>,
}

impl World {
    /// What a caller's browser sends along.
    pub fn cookie(&self, caller: Caller) -> &str {
        self.cookies.get(caller.name).map_or("", String::as_str)
    }

    /// The place in a visit that a caller has, as their pages name it.
    pub fn seat(&self, caller: Caller) -> SeatId {
        self.seats.get(caller.name).copied().unwrap_or(SeatId(0))
    }

    /// Under which a caller's session is stored.
    pub fn stored(&self, caller: Caller) -> Option<String> {
        self.cookies.get(caller.name).map(|cookie| stored(cookie))
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.app.application.state().stopping.cancel();
    }
}

impl Worlds {
    pub async fn make() -> Self {
        let (app, known) = people().await;
        let provider = Actor::Staff(known.provider, StaffRole::Provider);
        let visit = known.visit;
        let mut stages = HashMap::new();
        let mut app = app;
        let steps: [(Stage, &[(Command, Actor)]); 6] = [
            (Stage::Scheduled, &[]),
            (Stage::CheckedIn, &[(Command::CheckIn, Actor::Patient)]),
            (Stage::Waiting, &[(Command::Wait, Actor::Patient)]),
            (Stage::Admitted, &[(Command::Admit { room: RoomName(0xfeed_5eed) }, provider)]),
            (Stage::Seen, &[(Command::End { outcome: Outcome::Seen }, provider)]),
            (Stage::Left, &[(Command::End { outcome: Outcome::LeftWithoutBeingSeen }, Actor::Patient)]),
        ];
        for (stage, commands) in steps {
            // Who leaves leaves the waiting room.
            let app_then = if stage == Stage::Left { open(&stages[&Stage::Waiting]).await } else { app };
            for (command, actor) in commands {
                app_then.application.state().clinic.carry_out(visit, command.clone(), *actor).await.unwrap();
            }
            hold_the_notice(&app_then).await;
            let kept = close(app_then).await;
            app = open(&kept).await;
            stages.insert(stage, kept);
        }
        remove(close(app).await).await;
        Self { known, stages }
    }

    /// Another one in place of one that somebody has changed.
    pub async fn anew(&self, used: World, stage: Stage) -> World {
        self.close(used).await;
        self.open(stage).await
    }

    pub async fn close(&self, mut used: World) {
        used.app.application.state().stopping.cancel();
        if let Some(database) = used.database.take() {
            database::removed(&database).await;
        }
    }

    pub async fn open(&self, stage: Stage) -> World {
        let app = open(&self.stages[&stage]).await;
        let database = DATABASE_URL.with_borrow(Clone::clone);
        let Known {
            visit,
            other,
            expired,
            patient,
            birth_date,
            reason,
            seen,
            colleague,
            spare,
            guest,
            cookies,
            seats,
            ..
        } = self.known.clone();
        let room = matches!(stage, Stage::Admitted | Stage::Seen).then(|| RoomName(0xfeed_5eed).to_string());
        let seconds = i64::try_from(owl_hospital::server::clock::unix_seconds()).unwrap() + 30 * 24 * 3600;
        let day = jiff::Timestamp::from_second(seconds).unwrap().strftime("%F").to_string();
        let mut world = World {
            app,
            visit,
            patient,
            birth_date,
            reason,
            seen,
            colleague,
            spare,
            guest,
            day,
            room,
            other,
            expired,
            worthless: WORTHLESS.iter().filter_map(|name| cookies.get(name)).map(|it| stored(it)).collect(),
            record: Record::default(),
            cookies,
            seats,
            database,
        };
        world.record = super::record::of(&world).await;
        world
    }
}

/// A server on a copy of what is kept there.
async fn open(kept: &Kept) -> TestApp {
    let directory = tempfile::tempdir().unwrap();
    copy(kept.directory.path(), directory.path());
    if let Some(database) = &kept.database {
        DATABASE_URL.set(Some(database::copied(database).await));
    }
    let application = Application::build(config(directory.path(), &SETTINGS)).await.unwrap();
    TestApp { application, directory }
}

/// Ends a server; its data can be copied then.
async fn close(app: TestApp) -> Kept {
    let state = app.application.state();
    state.stopping.cancel();
    state.clinic.store().close().await;
    Kept { directory: app.directory, database: DATABASE_URL.with_borrow(Clone::clone) }
}

async fn remove(kept: Kept) {
    if let Some(database) = kept.database {
        database::removed(&database).await;
    }
}

/// The notice of who is admitted does not end while the table is gone through.
async fn hold_the_notice(app: &TestApp) {
    let state = app.application.state();
    let mut tx = state.clinic.store().begin().await.unwrap();
    let admitted = "SELECT id, event FROM events WHERE event LIKE '%\"admitted\"%'";
    for row in sqlx::query(admitted).fetch_all(tx.connection()).await.unwrap() {
        let mut event: serde_json::Value = serde_json::from_str(row.get(1)).unwrap();
        event["change"]["admitted"]["opensAt"] = 9_000_000_000_000_u64.into();
        sqlx::query("UPDATE events SET event = $2 WHERE id = $1")
            .bind(row.get::<i64, _>(0))
            .bind(event.to_string())
            .execute(tx.connection())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

/// What a session is stored under.
pub fn stored(cookie: &str) -> String {
    let (_, secret) = cookie.split_once('=').unwrap();
    super::hexadecimal(&Sha256::digest(secret))
}

pub async fn execute(app: &TestApp, sql: &str) {
    let state = app.application.state();
    let mut tx = state.clinic.store().begin().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
}
