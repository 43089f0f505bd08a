//! The process dies and another takes over the directory, over real sockets and real files.
#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

use super::signalling::Host;
use serde_json::{Value, json};
use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

/// The files of rooms.
fn books(directory: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").path());
    let mut books: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl")).collect();
    books.sort();
    books
}

/// Waits until something is so that the server does on its own time.
async fn until(mut is_so: impl FnMut() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("in time");
}

#[tokio::test]
async fn everybody_is_taken_back_after_a_kill() {
    let directory = tempfile::tempdir().expect("a directory");
    let mut host = Host::restore(directory.path()).await;
    let (mut a, state) = host.join("a", "r").await;
    let (mut b, _) = host.join("b", "r").await;
    for _ in 0..3 {
        host.kill();
        host = Host::restore(directory.path()).await;
        let (client, synced) = host.sync(&a, "a").await;
        a = client;
        assert_eq!(synced["type"], "synced");
        assert_eq!(synced["sid"], state["sid"]);
        assert_eq!(synced["participant"]["sid"], state["participant"]["sid"]);
        assert_eq!(synced["participants"][0]["identity"], "b");
        assert_eq!(synced["peer_connections"][0]["id"], "pc-b");
        b = host.sync(&b, "b").await.0;
        a.until_other_is("connected").await;
    }
    let (c, joined) = host.join("c", "r").await;
    assert_eq!(joined["participants"].as_array().map(Vec::len), Some(2));

    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(directory.path()), 0o700);
    for path in fs::read_dir(directory.path()).expect("a directory") {
        let path = path.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert_eq!(books(directory.path()).len(), 1);
    for client in [a, b, c] {
        client.leave().await;
    }
    until(|| books(directory.path()).is_empty()).await;
}

#[tokio::test]
async fn who_does_not_come_back_to_a_restarted_server_is_gone() {
    let directory = tempfile::tempdir().expect("a directory");
    let host = Host::restore(directory.path()).await;
    let (a, _) = host.join("a", "r").await;
    let (_gone, _) = host.join("gone", "r").await;
    host.kill();
    let host = Host::restore(directory.path()).await;
    let (mut a, _) = host.sync(&a, "a").await;
    a.until_other_is("disconnected").await;
}

/// As by a wall clock that is put on meanwhile: by an hour, for which nobody can have waited, and by more than anybody may stay.
#[tokio::test]
async fn a_wall_clock_that_jumps_while_the_server_is_away_removes_nobody() {
    let directory = tempfile::tempdir().expect("a directory");
    let host = Host::restore(directory.path()).await;
    let (a, _) = host.join("a", "r").await;
    host.kill();
    let alive = OpenOptions::new().write(true).open(directory.path().join("alive")).expect("a sign of life");
    let date = alive.metadata().and_then(|alive| alive.modified()).expect("a date");
    alive.set_modified(date - Duration::from_hours(1)).expect("dated");
    let book = books(directory.path()).remove(0);
    let text = fs::read_to_string(&book).expect("a text");
    let moment =
        text.split("\"joined_at\":").nth(1).and_then(|rest| rest.split(',').next()).expect("a moment");
    let earlier = moment.parse::<u64>().expect("seconds") - 5 * 3600;
    fs::write(&book, text.replace(moment, &earlier.to_string())).expect("written");
    let host = Host::restore(directory.path()).await;
    assert_eq!(host.sync(&a, "a").await.1["type"], "synced");
}

#[tokio::test]
async fn an_empty_house_is_given_up_without_any_visitor() {
    let directory = tempfile::tempdir().expect("a directory");
    let host = Host::restore(directory.path()).await;
    host.join("a", "r").await;
    assert_eq!(books(directory.path()).len(), 1);
    host.kill();
    let _host = Host::restore(directory.path()).await;
    until(|| books(directory.path()).is_empty()).await;
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_costs_only_its_own_room() {
    let directory = tempfile::tempdir().expect("a directory");
    let host = Host::restore(directory.path()).await;
    let (a, _) = host.join("a", "red").await;
    let (b, state) = host.join("b", "blue").await;
    host.kill();
    let damaged = directory.path().join(format!("{}.jsonl", state["sid"].as_str().expect("a SID")));
    let text = fs::read_to_string(&damaged).expect("a text");
    fs::write(&damaged, text.replacen("\"participant\"", "\u{fffd}", 1)).expect("written");
    let binary = directory.path().join("ended.jsonl");
    fs::write(&binary, b"\xff\n").expect("written");
    let host = Host::restore(directory.path()).await;
    assert_eq!(host.sync(&a, "a").await.1["type"], "synced");
    assert_eq!(host.sync(&b, "b").await.1["code"], 53001);
    assert_eq!(books(directory.path()).len(), 1);
    for file in [damaged, binary] {
        assert!(file.with_extension("damaged").exists());
    }
}

#[tokio::test]
async fn a_line_cut_off_in_the_middle_loses_nothing_that_was_told() {
    let directory = tempfile::tempdir().expect("a directory");
    let mut host = Host::restore(directory.path()).await;
    let (mut a, _) = host.join("a", "r").await;
    for round in 1..4 {
        host.kill();
        let book = books(directory.path()).remove(0);
        let mut file = OpenOptions::new().append(true).open(book).expect("a file");
        file.write_all(b"[{\"left\":\"PA0\xc3").expect("written");
        host = Host::restore(directory.path()).await;
        a = host.sync(&a, "a").await.0;
        // What is appended to it now is read by the next one.
        let (_, joined) = host.join(&format!("guest{round}"), "r").await;
        assert_eq!(joined["participants"].as_array().map(Vec::len), Some(round));
    }
}

#[tokio::test]
async fn calls_go_on_while_nothing_can_be_kept_and_are_kept_again_when_it_can() {
    let directory = tempfile::tempdir().expect("a directory");
    let host = Host::restore(directory.path()).await;
    let (mut a, _) = host.join("a", "r").await;
    // Refuses everybody, root too.
    let book = books(directory.path()).remove(0);
    fs::remove_file(&book).expect("removed");
    fs::create_dir(&book).expect("in the way");
    let (b, _) = host.join("b", "r").await;
    assert_eq!(a.message().await["participants"][0]["identity"], "b");
    fs::remove_dir(&book).expect("removed");
    until(|| book.is_file()).await;
    host.kill();
    let host = Host::restore(directory.path()).await;
    assert_eq!(host.sync(&b, "b").await.1["participants"][0]["identity"], "a");
}

#[tokio::test]
async fn a_file_does_not_grow_for_ever() {
    let directory = tempfile::tempdir().expect("a directory");
    let host = Host::restore(directory.path()).await;
    let (mut a, _) = host.join("a", "r").await;
    let (mut b, _) = host.join("b", "r").await;
    let sdp = "x".repeat(10_000);
    let description = |kind: &str, revision: u64| json!({"id": "pc-b", "description": {"type": kind, "revision": revision, "sdp": sdp}});
    let mut largest = 0;
    for revision in 2..200 {
        a.update(&description("answer", revision - 1)).await;
        while b.message().await["peer_connections"][0]["description"]["type"] != "answer" {}
        b.update(&description("offer", revision)).await;
        while a.message().await["peer_connections"][0]["description"]["revision"] != json!(revision) {}
        largest = largest.max(fs::metadata(&books(directory.path())[0]).expect("a file").len());
    }
    // Four million bytes were written; three descriptions of 10 kB live.
    assert!(largest < 300_000, "{largest}");
    host.kill();
    let host = Host::restore(directory.path()).await;
    let (_, synced): (_, Value) = host.sync(&a, "a").await;
    assert_eq!(synced["peer_connections"][0]["description"]["revision"], 199);
}

#[tokio::test]
async fn a_server_that_stops_leaves_its_rooms_to_the_next() {
    let directory = tempfile::tempdir().expect("a directory");
    let host = Host::restore(directory.path()).await;
    let (mut a, _) = host.join("a", "r").await;
    let server = host.server.clone();
    let stopping = tokio::spawn(async move {
        server.shutdown().await;
        server.release();
    });
    assert_eq!(a.close_code().await, Some(1012));
    // Starts while the first still holds the directory, or not: it must not matter.
    let next = Host::restore(directory.path()).await;
    stopping.await.expect("stopped");
    assert_eq!(next.sync(&a, "a").await.1["type"], "synced");
}
