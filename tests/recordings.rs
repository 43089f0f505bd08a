//! Old logs are a test corpus: every recording in `tests/recordings/` still folds, and still shows what it showed when it was made.
//! Recordings come from `/clinic/visits/{id}/replay`, and are never changed: what they hold may be in somebody's database.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use owl_hospital::domain::{
    others::{ProviderStatus, Why},
    visit::{Change, FORMAT, Recording, VERSION, Visit},
};
use std::{collections::BTreeSet, fs, path::PathBuf};

fn corpus() -> Vec<(PathBuf, Recording)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let recording =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path, recording)
        })
        .collect()
}

#[test]
fn old_visits_fold_and_show_what_they_showed() {
    let corpus = corpus();
    assert!(corpus.len() >= 5, "the corpus is missing");
    for (path, recording) in corpus {
        let name = path.display();
        assert_eq!(recording.format, FORMAT, "{name}");
        assert!(recording.version <= VERSION, "{name}");
        let (then, now) = (&recording.moments, recording.replayed());
        for (then, now) in then.iter().zip(&now) {
            assert_eq!(then, now, "{name}: something has changed what old logs mean");
        }
        assert_eq!(then.len(), now.len(), "{name}");
        let last = then.last().map(|moment| moment.visit.clone());
        assert_eq!(Visit::of(&recording.log), last, "{name}");
    }
}

/// The corpus is worth something only if it holds what can happen.
#[test]
fn every_kind_of_event_of_version_1_is_in_the_corpus() {
    let kinds: BTreeSet<String> =
        corpus().iter().flat_map(|(_, recording)| &recording.log).map(|event| kind(&event.change)).collect();
    let all = "admitted assigned cameBack checkedIn devicesTried ended guestInvited guestRemoved moved putOff readyToWait returned \
               roomChanged scheduled sentBack startedNow steppedBack steppedOut wentAway";
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>().join(" "), all);
}

#[test]
fn what_pages_said_of_others_is_in_the_corpus() {
    let corpus = corpus();
    let recording =
        corpus.iter().map(|(_, recording)| recording).find(|recording| !recording.others.is_empty());
    let others = &recording.unwrap().others;
    for status in [ProviderStatus::NotHere, ProviderStatus::Here, ProviderStatus::WithAnother] {
        assert!(others.iter().any(|retold| retold.told.status == Some(status)), "{status:?}");
    }
    assert!(others.iter().any(|retold| retold.why == Some(Why::Queue)));
    assert!(others.iter().any(|retold| matches!(retold.why, Some(Why::Desk { .. }))));
    assert!(others.iter().any(|retold| retold.told.wait.is_some() && retold.told.before == Some(1)));
}

fn kind(change: &Change) -> String {
    match serde_json::to_value(change).unwrap() {
        serde_json::Value::Object(fields) => fields.keys().next().unwrap().clone(),
        name => name.as_str().unwrap().to_owned(),
    }
}
