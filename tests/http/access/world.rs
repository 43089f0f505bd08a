//! A clinic with everybody in it, as it stands at each stage of one visit. Made once, and opened anew from a copy for each row.

use super::{
    callers::Caller,
    record::Record,
    secrets::{NOTE, PHONE, PLACE},
};
use crate::{
    app::{DATABASE_URL, TestApp, config},
    database,
    fixtures::{clinic, cookie, enter, leads_to, log_in, post},
};
use owl_hospital::{
    domain::visit::{Actor, Command, Outcome, RoomName, SeatId, StaffId, StaffRole, VisitId},
    server::{
        Application,
        clinic::{AuditActor, NewStaff, StaffSession},
        store::VisitDetails,
    },
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

const SETTINGS: [(&str, &str); 2] = [("CONFIRM_IDENTITY", "birth-date"), ("SHOW_PLACE", "on")];

/// What is known of the clinic, whatever stage it is in.
#[derive(Clone)]
struct Known {
    visit: VisitId,
    other: VisitId,
    expired: VisitId,
    patient: String,
    birth_date: String,
    reason: String,
    seen: String,
    provider: StaffId,
    colleague: StaffId,
    spare: StaffId,
    guest: SeatId,
    cookies: Arc<HashMap<&'static str, String>>,
}

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

/// Everybody comes in, by the ways that there are.
#[expect(clippy::too_many_lines, reason = "people come one after the other")]
async fn people() -> (TestApp, Known) {
    let (app, made) = clinic(&SETTINGS).await;
    let state = app.application.state();
    let clinic = &state.clinic;
    let mut cookies = HashMap::new();
    let id =
        |index: usize| VisitId::try_from(made["visits"][index]["id"].as_str().unwrap().to_owned()).unwrap();
    let visit = id(0);
    for (name, index, confirms) in [
        ("the patient on the device of before", 0, true),
        ("the patient", 0, true),
        ("who has the link and has not said who they are", 0, false),
        ("another patient", 2, true),
        ("by a link that was taken away", 4, true),
        ("by a link that is expired", 6, true),
    ] {
        let seat = enter(&app, &made, index).await;
        if confirms {
            let born = made["visits"][index]["birthDate"].as_str().unwrap();
            let confirmed = app.send(post("/visit/confirm", &seat, &format!("said={born}"))).await;
            assert_eq!(leads_to(&confirmed), "/visit");
        }
        cookies.insert(name, seat);
    }
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(id(2), command, Actor::Patient).await.unwrap();
    }
    let revoked = clinic.visit(id(4)).await.unwrap().unwrap();
    clinic.revoke_links(id(4), revoked.seat, AuditActor::System).await.unwrap();
    execute(&app, &format!("UPDATE links SET expires_at = 1 WHERE visit = '{}'", id(6))).await;

    let guest = SeatId::random().unwrap();
    for (name, seat) in [("a guest who was removed", SeatId::random().unwrap()), ("the guest", guest)] {
        clinic.carry_out(visit, Command::InviteGuest { seat }, Actor::Patient).await.unwrap();
        let link = clinic.issue_link(visit, seat, AuditActor::System).await.unwrap();
        let entered = app.send(post("/v/enter", "", &format!("secret={}", link.secret))).await;
        cookies.insert(name, cookie(&entered));
        if name == "a guest who was removed" {
            let remove = Command::RemoveGuest { seat, room: RoomName(1) };
            clinic.carry_out(visit, remove, Actor::Patient).await.unwrap();
        }
    }

    for (name, who) in [
        ("the provider", "okafor"),
        ("a colleague", "lindqvist"),
        ("the front desk", "desk"),
        ("the admin", "admin"),
        ("idle for too long", "okafor"),
        ("logged in for too long", "okafor"),
        ("logged out", "admin"),
    ] {
        cookies.insert(name, log_in(&app, who).await);
    }
    execute(
        &app,
        &format!(
            "UPDATE staff_sessions SET seen_at = 1 WHERE hash = '{}'",
            stored(&cookies["idle for too long"])
        ),
    )
    .await;
    execute(
        &app,
        &format!(
            "UPDATE staff_sessions SET created_at = 1 WHERE hash = '{}'",
            stored(&cookies["logged in for too long"])
        ),
    )
    .await;
    app.send(post("/logout", &cookies["logged out"], "")).await;
    let hired = |email: &str| NewStaff {
        email: format!("{email}@owl.example"),
        name: "Kim Alder".to_owned(),
        role: StaffRole::FrontDesk,
        password: Some("owls hunt at night".into()),
    };
    let disabled = clinic.hire(hired("gone"), AuditActor::System).await.unwrap();
    cookies.insert("disabled", log_in(&app, "gone").await);
    // Not by an admin, who would end the session too.
    execute(&app, &format!("UPDATE staff SET disabled = 1 WHERE id = '{disabled}'")).await;
    let spare = clinic.hire(hired("spare"), AuditActor::System).await.unwrap();
    cookies.insert("a seat that somebody made up", format!("__Host-seat={}", "0".repeat(32)));
    cookies.insert("a log-in that somebody made up", format!("__Host-staff={}", "0".repeat(32)));

    let provider = session(&app, &cookies["the provider"]).await;
    clinic.write_note(visit, &provider, NOTE).await.unwrap();
    let details = clinic.store().details(visit).await.unwrap();
    let details = VisitDetails { location: PLACE.to_owned(), call_back: PHONE.to_owned(), ..details };
    let mut tx = clinic.store().begin().await.unwrap();
    tx.put_details(visit, &details).await.unwrap();
    tx.commit().await.unwrap();
    let seen = clinic.record(visit, &provider).await.unwrap().seen;
    let known = Known {
        seen,
        visit,
        other: id(2),
        expired: id(6),
        patient: made["visits"][0]["patient"].as_str().unwrap().to_owned(),
        birth_date: made["visits"][0]["birthDate"].as_str().unwrap().to_owned(),
        reason: details.reason,
        provider: provider.staff,
        colleague: session(&app, &cookies["a colleague"]).await.staff,
        spare,
        guest,
        cookies: Arc::new(cookies),
    };
    (app, known)
}

async fn session(app: &TestApp, cookie: &str) -> StaffSession {
    let (_, secret) = cookie.split_once('=').unwrap();
    app.application.state().clinic.staff_session(secret, false).await.unwrap().unwrap()
}

/// What a session is stored under.
fn stored(cookie: &str) -> String {
    let (_, secret) = cookie.split_once('=').unwrap();
    super::hexadecimal(&Sha256::digest(secret))
}

pub async fn execute(app: &TestApp, sql: &str) {
    let state = app.application.state();
    let mut tx = state.clinic.store().begin().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
}
