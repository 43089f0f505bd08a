//! Databases for tests: SQLite in a directory of its own; PostgreSQL in a temporary cluster that all tests of a binary share, each
//! with a database of its own.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

use owl_hospital::server::{
    clinic::Clinic,
    config::Config,
    store::{Store, StoreError},
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    io::{BufRead, BufReader, Write},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};
use tempfile::TempDir;

/// Where a clinic keeps its data. Several clinics at the same place are several processes at one database.
pub struct Place {
    pub directory: TempDir,
    /// Of a PostgreSQL.
    pub url: Option<String>,
}

impl Place {
    pub fn sqlite() -> Self {
        Self { directory: tempfile::tempdir().expect("a directory"), url: None }
    }

    /// None when this machine has no PostgreSQL, which is said.
    pub async fn postgres() -> Option<Self> {
        let cluster = cluster()?;
        let name = new_name();
        cluster.run(format!("CREATE DATABASE {name}")).await;
        Some(Self { url: Some(cluster.url(&name)), ..Self::sqlite() })
    }

    /// The settings that lead to it.
    pub fn config(&self) -> Config {
        let setting = |name: &str| match name {
            "DATABASE_URL" => self.url.as_ref().map(Into::into),
            "DATA_DIR" => Some(self.directory.path().into()),
            _ => None,
        };
        Config::read(["owl".into()], setting).expect("a configuration")
    }

    pub async fn store(&self) -> Store {
        Store::open(&self.config().clinic.database, self.directory.path()).await.expect("a store")
    }

    /// A process's clinic.
    pub async fn clinic(&self) -> Clinic {
        self.open().await.expect("a clinic")
    }

    /// The same, where it may be refused.
    pub async fn open(&self) -> Result<Clinic, StoreError> {
        Clinic::open(self.store().await, self.config().clinic).await
    }
}

fn new_name() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("test{}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// The address of a copy of a database, which nobody may use any more.
pub async fn copied(url: &str) -> String {
    let (cluster, name) = (cluster().expect("a cluster"), new_name());
    let original = name_in(url);
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname";
    cluster.run(format!("{others} = '{original}'")).await;
    cluster.run(format!("CREATE DATABASE {name} TEMPLATE {original}")).await;
    cluster.url(&name)
}

/// Removes a database, whoever uses it.
pub async fn removed(url: &str) {
    cluster().expect("a cluster").run(format!("DROP DATABASE {} WITH (FORCE)", name_in(url))).await;
}

fn name_in(url: &str) -> &str {
    url.rsplit_once("localhost/")
        .and_then(|(_, rest)| rest.split_once('?'))
        .expect("an address of the cluster")
        .0
}

/// Each of these runs twice: on SQLite, and on PostgreSQL.
macro_rules! on_every_database {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $test() {
                super::$test(crate::database::Place::sqlite()).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $test() {
                if let Some(place) = crate::database::Place::postgres().await {
                    super::$test(place).await;
                }
            })*
        }
    };
}
pub(crate) use on_every_database;

struct Cluster {
    directory: String,
    /// It ends the cluster when its input ends, so with this process.
    _guardian: Child,
}

impl Cluster {
    async fn run(&self, sql: String) {
        let mut connection = PgConnection::connect(&self.url("postgres")).await.expect("the cluster");
        connection.execute(AssertSqlSafe(sql)).await.expect("done");
        connection.close().await.expect("closed");
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://owl@localhost/{database}?host={}", self.directory)
    }
}

fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(start).as_ref()
}

fn start() -> Option<Cluster> {
    let mut guardian = Command::new("sh")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/postgres.sh"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Control-C ends the tests, and thereby the cluster.
        .process_group(0)
        .spawn()
        .expect("a shell");
    let mut line = String::new();
    BufReader::new(guardian.stdout.as_mut().expect("piped")).read_line(&mut line).expect("an answer");
    match line.trim().split_once(' ') {
        Some(("ready", directory)) => Some(Cluster { directory: directory.to_owned(), _guardian: guardian }),
        None if line.trim() == "missing" => {
            // Past the harness, which keeps what passing tests print.
            let note =
                "NOT TESTED ON POSTGRESQL: this machine has no initdb. Install PostgreSQL to test on it.\n";
            std::io::stderr().write_all(note.as_bytes()).expect("said");
            None
        }
        _ => panic!("the temporary PostgreSQL does not start; its log is above"),
    }
}
