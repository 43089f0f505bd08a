//! Back-ups of SQLite: made while others write, whole, private, and never put in the place of something by accident.

use super::{PROVIDER, admit, database::Place, waiting};
use owl_hospital::{
    domain::visit::Visit,
    server::{
        audit::AuditKeyError,
        clinic::Clinic,
        config::Task,
        store::{BackupError, Store, StoreError, Stored, back_up, restore},
        tools,
    },
};
use sqlx::Executor;
use std::{
    cell::Cell,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

async fn all(store: &Store) -> Vec<Stored> {
    store.after(0, u32::MAX).await.unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A clinic with somebody in the room, and where its back-up is to be.
async fn clinic() -> (Place, PathBuf) {
    let place = Place::sqlite();
    let clinic = place.clinic().await;
    let visit = waiting(&clinic).await;
    clinic.carry_out(visit, admit(), PROVIDER).await.unwrap();
    let file = place.directory.path().join("copy of the clinic?.db");
    (place, file)
}

#[tokio::test]
async fn what_was_acknowledged_before_a_backup_is_in_it_whoever_writes_meanwhile() {
    let (place, file) = clinic().await;
    let clinic = place.clinic().await;
    let done = Cell::new(false);
    let load = async {
        while !done.get() {
            waiting(&clinic).await;
        }
    };
    let backing_up = async {
        while clinic.hub().last() < 40 {
            tokio::task::yield_now().await;
        }
        let acknowledged = clinic.hub().last();
        let contents = back_up(place.directory.path(), &file, false).await.unwrap();
        done.set(true);
        (acknowledged, contents)
    };
    let ((), (acknowledged, contents)) = tokio::join!(load, backing_up);
    assert!(contents.last >= acknowledged);

    let other = Place::sqlite();
    assert_eq!(restore(&file, other.directory.path(), false).await.unwrap(), contents);
    let Err(refused) = Clinic::open(other.store().await, other.config().clinic).await else {
        panic!("the audit's key is not in a back-up");
    };
    assert!(matches!(refused, StoreError::AuditKey(AuditKeyError::Missing { .. })), "{refused}");
    fs::copy(place.directory.path().join("audit.key"), other.directory.path().join("audit.key")).unwrap();
    let restored = other.clinic().await;
    let mut logs = all(clinic.store()).await;
    logs.retain(|stored| stored.id <= contents.last);
    assert_eq!(all(restored.store()).await, logs);
    assert_eq!(restored.open_visits().len() as u64, contents.visits);
    for (id, visit) in restored.open_visits() {
        let log = logs.iter().filter(|stored| stored.visit == id).map(|stored| &stored.event);
        assert_eq!(Visit::of(log).as_ref(), Some(&*visit));
    }
    let visit = waiting(&restored).await;
    restored.carry_out(visit, admit(), PROVIDER).await.unwrap();
}

#[tokio::test]
async fn nobody_else_reads_a_backup_and_it_overwrites_nothing() {
    let (place, file) = clinic().await;
    back_up(place.directory.path(), &file, false).await.unwrap();
    assert_eq!((mode(&file), mode(&place.directory.path().join("clinic.db"))), (0o600, 0o600));
    let first = fs::read(&file).unwrap();
    waiting(&place.clinic().await).await;
    let refused = back_up(place.directory.path(), &file, false).await.unwrap_err();
    assert!(matches!(refused, BackupError::Exists { .. }), "{refused}");
    assert_eq!(fs::read(&file).unwrap(), first);
    assert_eq!(back_up(place.directory.path(), &file, true).await.unwrap().last, 7);
    assert_ne!(fs::read(&file).unwrap(), first);
    let left: Vec<_> = fs::read_dir(place.directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("copy"))
        .collect();
    assert_eq!(left, ["copy of the clinic?.db"], "nothing else is left of it");
}

#[tokio::test]
async fn a_clinic_that_is_there_or_in_use_is_replaced_only_on_purpose() {
    let (place, file) = clinic().await;
    back_up(place.directory.path(), &file, false).await.unwrap();
    let later = place.clinic().await;
    waiting(&later).await;
    let refused = restore(&file, place.directory.path(), true).await.unwrap_err();
    assert!(matches!(refused, BackupError::InUse { .. }), "{refused}");
    assert_eq!(all(later.store()).await.len(), 7);
    later.store().close().await;
    drop(later);

    let refused = restore(&file, place.directory.path(), false).await.unwrap_err();
    assert!(matches!(refused, BackupError::Occupied { .. }), "{refused}");
    assert_eq!(all(&place.store().await).await.len(), 7);

    restore(&file, place.directory.path(), true).await.unwrap();
    assert_eq!(all(&place.store().await).await.len(), 4);
    assert_eq!(mode(&place.directory.path().join("clinic.db")), 0o600);
    let kept = place.directory.path().join("clinic.db.replaced");
    restore(&kept, place.directory.path(), true).await.unwrap();
    assert_eq!(all(&place.store().await).await.len(), 7, "what was there can be had back");
}

#[tokio::test]
async fn a_server_does_not_start_in_the_middle_of_a_restore() {
    let (place, _) = clinic().await;
    let alone = owl_hospital::server::store::InUse::alone(place.directory.path()).unwrap().unwrap();
    let refused = Store::open(&place.config().clinic.database, place.directory.path()).await.unwrap_err();
    assert!(refused.to_string().contains("is being restored"), "{refused}");
    drop(alone);
    place.store().await;
}

#[tokio::test]
async fn what_is_no_whole_backup_changes_nothing() {
    let (place, file) = clinic().await;
    let missing = restore(&file, place.directory.path(), true).await.unwrap_err();
    assert!(matches!(missing, BackupError::Missing { .. }), "{missing}");

    fs::write(&file, "a letter to the editor").unwrap();
    let letter = restore(&file, place.directory.path(), true).await.unwrap_err();
    assert!(matches!(&letter, BackupError::Unusable { path, .. } if *path == file), "{letter}");

    back_up(place.directory.path(), &file, true).await.unwrap();
    let mut damaged = fs::read(&file).unwrap();
    let page = damaged.len() / 2;
    damaged[page..page + 8192].fill(0xa5);
    fs::write(&file, damaged).unwrap();
    let damaged = restore(&file, place.directory.path(), true).await.unwrap_err();
    assert!(matches!(damaged, BackupError::Unusable { .. }), "{damaged}");
    assert_eq!(all(&place.store().await).await.len(), 4);
}

#[tokio::test]
async fn a_backup_of_a_newer_version_is_refused() {
    let (place, file) = clinic().await;
    let newer = "INSERT INTO _sqlx_migrations SELECT 9999, 'tomorrow', installed_on, 1, checksum, 0 FROM _sqlx_migrations LIMIT 1";
    let store = place.store().await;
    store.pool().execute(newer).await.unwrap();
    back_up(place.directory.path(), &file, false).await.unwrap();
    let other = Place::sqlite();
    let refused = restore(&file, other.directory.path(), false).await.unwrap_err();
    assert!(matches!(refused, BackupError::Store(StoreError::Migrate { .. })), "{refused}");
    let left = fs::read_dir(other.directory.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["clinic.lock"], "nothing is left of the try");
}

#[tokio::test]
async fn with_postgresql_its_own_tools_are_named() {
    for command in ["backup", "restore"] {
        let task = Task::read(["owl", command, "file"].map(Into::into), |name| {
            (name == "DATABASE_URL").then(|| "postgres://owl:hush@localhost/clinic".into())
        });
        let refused = match task.unwrap() {
            Task::BackUp(task) => tools::back_up(task).await,
            Task::Restore(task) => tools::restore(task).await,
            _ => panic!("another task"),
        };
        let told = refused.unwrap_err().to_string();
        assert!(told.contains("pg_dump") && told.contains("pg_restore") && !told.contains("hush"), "{told}");
    }
}
