use super::*;
use proptest::{collection::vec, option, prelude::*};
use std::path::Path;

/// What somebody does who can write the database, and not the key.
#[derive(Debug, Clone)]
enum Attack {
    /// Another text or time, here.
    Alter(usize, u8),
    /// A line with the seal of another one, or none.
    Forge(usize, bool),
    /// Away with it. `true`: and the others move up.
    Remove(usize, bool),
    /// In with a copy of another one, and the others move down.
    Insert(usize, usize),
    /// One in the place of the other, with their numbers or without.
    Swap(usize, usize, bool),
    /// Away with the last so many. `true`: and the head is made to fit.
    CutOff(usize, bool),
    /// One more at the end. `true`: and the head is made to fit.
    Append(bool),
}

fn key(directory: &Path) -> AuditKey {
    AuditKey::load_or_create(&directory.join("key")).unwrap()
}

fn a_line() -> impl Strategy<Value = Line> {
    let text = || "[a-z:0-9]{0,6}";
    (0..5_i64, text(), text(), option::of(text()), option::of(text()), option::of(text()), text()).prop_map(
        |(at, actor, action, visit, patient, about, outcome)| Line {
            at,
            actor,
            action,
            visit,
            patient,
            about,
            outcome,
        },
    )
}

fn an_attack() -> impl Strategy<Value = Attack> {
    let at = || (0..64_usize).boxed();
    prop_oneof![
        (at(), 0..8_u8).prop_map(|(at, what)| Attack::Alter(at, what)),
        (at(), any::<bool>()).prop_map(|(at, none)| Attack::Forge(at, none)),
        (at(), any::<bool>()).prop_map(|(at, up)| Attack::Remove(at, up)),
        (at(), at()).prop_map(|(at, copy)| Attack::Insert(at, copy)),
        (at(), at(), any::<bool>()).prop_map(|(one, other, numbers)| Attack::Swap(one, other, numbers)),
        (at(), any::<bool>()).prop_map(|(count, head)| Attack::CutOff(count, head)),
        any::<bool>().prop_map(Attack::Append),
    ]
}

fn sealed(key: &AuditKey, lines: &[Line]) -> Vec<SealedLine> {
    let mut before = Mac::NONE;
    (1..)
        .zip(lines)
        .map(|(id, line)| {
            before = key.seal(before, id, line);
            SealedLine { id, line: line.clone(), mac: before.to_string() }
        })
        .collect()
}

fn head(rows: &[SealedLine]) -> Head {
    let nothing = Head { last: 0, mac: Mac::NONE.to_string() };
    rows.last().map_or(nothing, |row| Head { last: row.id, mac: row.mac.clone() })
}

/// A file with a checkpoint after so many lines each.
fn checkpoints(key: &AuditKey, rows: &[SealedLine], counts: &[usize]) -> String {
    let lines = (1..).zip(counts).map(|(number, count)| {
        let Head { last, mac } = head(&rows[..*count]);
        let at = i64::try_from(number).unwrap() * 60_000;
        Checkpoint { number, at, count: last, head: Mac::parse(&mac).unwrap() }.to_line(key) + "\n"
    });
    lines.collect()
}

fn report(key: &AuditKey, rows: &[SealedLine], head: &Head, checkpoints: &str) -> Report {
    let mut evidence = Evidence::new(key, Some(checkpoints));
    for row in rows {
        evidence.show(row);
    }
    evidence.end(head)
}

fn number_anew(rows: &mut [SealedLine]) {
    (1..).zip(rows).for_each(|(id, row)| row.id = id);
}

fn carry_out(attack: &Attack, rows: &mut Vec<SealedLine>, head_now: &mut Head) {
    let count = rows.len();
    match *attack {
        Attack::Alter(at, what) => {
            let row = &mut rows[at % count];
            let turned = |text: &mut Option<String>| {
                *text = if text.is_some() { None } else { Some(String::new()) };
            };
            match what {
                0 => row.line.at += 1,
                1 => row.line.actor.push('x'),
                2 => row.line.action.push('x'),
                3 => turned(&mut row.line.visit),
                4 => turned(&mut row.line.patient),
                5 => turned(&mut row.line.about),
                6 => row.line.outcome.push('x'),
                // The end of one text becomes the beginning of the next.
                _ => {
                    let Some(last) = row.line.actor.pop() else { return };
                    row.line.action.insert(0, last);
                }
            }
        }
        Attack::Forge(at, none) => {
            let other = rows[(at / count + at + 1) % count].mac.clone();
            rows[at % count].mac = if none { String::new() } else { other };
        }
        Attack::Remove(at, up) => {
            rows.remove(at % count);
            if up {
                number_anew(rows);
                *head_now = head(rows);
            }
        }
        Attack::Insert(at, copy) => {
            let copy = rows[copy % count].clone();
            rows.insert(at % count, copy);
            number_anew(rows);
            *head_now = head(rows);
        }
        Attack::Swap(one, other, numbers) => {
            rows.swap(one % count, other % count);
            if numbers {
                number_anew(rows);
                *head_now = head(rows);
            } else {
                rows.sort_by_key(|row| row.id);
            }
        }
        Attack::CutOff(many, fits) => {
            rows.truncate(count - 1 - many % count);
            if fits {
                *head_now = head(rows);
            }
        }
        Attack::Append(fits) => {
            let mut row = rows[count - 1].clone();
            row.id += 1;
            rows.push(row);
            if fits {
                *head_now = head(rows);
            }
        }
    }
}

proptest! {
    #[test]
    fn no_alteration_insertion_removal_swap_or_truncation_stays_hidden(
        lines in vec(a_line(), 1..12),
        attack in an_attack(),
        early in any::<prop::sample::Index>(),
    ) {
        let directory = tempfile::tempdir().unwrap();
        let key = key(directory.path());
        let rows = sealed(&key, &lines);
        let file = checkpoints(&key, &rows, &[early.index(rows.len()), rows.len()]);
        let untouched = report(&key, &rows, &head(&rows), &file);
        prop_assert!(untouched.is_whole(), "{untouched}");

        let (mut attacked, mut head_now) = (rows.clone(), head(&rows));
        carry_out(&attack, &mut attacked, &mut head_now);
        let found = report(&key, &attacked, &head_now, &file);
        let is_as_before = attacked == rows && head_now == head(&rows);
        prop_assert_eq!(found.is_whole(), is_as_before, "{}", found);
    }

    #[test]
    fn another_key_seals_nothing_that_this_one_takes(lines in vec(a_line(), 1..5)) {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (key, forger) = (key(one.path()), key(other.path()));
        let rows = sealed(&forger, &lines);
        let found = report(&key, &rows, &head(&rows), &checkpoints(&forger, &rows, &[rows.len()]));
        let altered = found.problems.iter().filter(|problem| matches!(problem, Problem::Altered { .. })).count();
        prop_assert_eq!(altered, rows.len());
        prop_assert!(found.problems.contains(&Problem::Checkpoint { line: 1 }), "{}", found);
    }
}

fn some_rows(key: &AuditKey) -> Vec<SealedLine> {
    let line = |at| Line {
        at,
        actor: "system".into(),
        action: "log-in".into(),
        visit: None,
        patient: None,
        about: None,
        outcome: "done".into(),
    };
    sealed(key, &(1..=9).map(line).collect::<Vec<_>>())
}

#[test]
fn lines_cut_off_with_the_head_are_missed_by_the_checkpoint_and_named() {
    let directory = tempfile::tempdir().unwrap();
    let key = key(directory.path());
    let rows = some_rows(&key);
    let file = checkpoints(&key, &rows, &[5, 7]);
    let found = report(&key, &rows[..6], &head(&rows[..6]), &file);
    assert_eq!(found.problems, [Problem::CutOffSince { found: 6, were: 7, at: 120_000 }]);
    // After the last checkpoint it is only the head that tells.
    assert!(report(&key, &rows[..8], &head(&rows[..8]), &file).is_whole());
    let found = report(&key, &rows[..8], &head(&rows), &file);
    assert_eq!(found.problems, [Problem::CutOff { found: 8, written: 9 }]);
    assert!(found.to_string().contains("9 were written, 8 are there"), "{found}");
}

#[test]
fn one_altered_line_is_one_problem_and_much_is_told_in_short() {
    let directory = tempfile::tempdir().unwrap();
    let key = key(directory.path());
    let mut rows = some_rows(&key);
    let file = checkpoints(&key, &rows, &[9]);
    rows[3].line.actor = "nobody".into();
    let found = report(&key, &rows, &head(&rows), &file);
    assert_eq!(found.problems, [Problem::Altered { id: 4, at: 4 }]);

    let many: Vec<Line> = (0..50).map(|_| rows[0].line.clone()).collect();
    let mut rows = sealed(&key, &many);
    for row in &mut rows {
        row.line.at += 1;
    }
    let found = report(&key, &rows, &head(&rows), &checkpoints(&key, &rows, &[50]));
    assert_eq!((found.problems.len(), found.untold), (20, 30));
    assert!(found.to_string().contains("And 30 problems more."), "{found}");
}

#[test]
fn what_is_done_to_the_checkpoints_is_found_as_well() {
    let directory = tempfile::tempdir().unwrap();
    let key = key(directory.path());
    let rows = some_rows(&key);
    let file = checkpoints(&key, &rows, &[2, 4, 6, 8]);
    let lines: Vec<&str> = file.lines().collect();
    let problems = |lines: &[&str]| {
        let text = lines.join("\n") + "\n";
        report(&key, &rows, &head(&rows), &text).problems
    };
    assert_eq!(problems(&lines), []);
    assert_eq!(problems(&lines[1..]), [], "old ones may be moved away: later ones hold what they held");
    assert_eq!(problems(&[lines[0], lines[3]]), [Problem::CheckpointsMissing { from: 2, to: 3 }]);
    let altered = lines[1].replacen(" 4 ", " 3 ", 1);
    assert_eq!(
        problems(&[lines[0], &altered, lines[2]]),
        [Problem::Checkpoint { line: 2 }, Problem::CheckpointsMissing { from: 2, to: 2 }]
    );
    assert_eq!(problems(&[lines[1], lines[0]]), [Problem::CheckpointOrder { line: 2 }]);
    assert_eq!(problems(&[]), [Problem::NoCheckpoint]);
    let empty = report(&key, &[], &head(&[]), "");
    assert_eq!(empty.problems, [Problem::NothingSealed], "an audit that has not begun proves nothing");
    let begun = checkpoints(&key, &[], &[0]);
    assert_eq!(report(&key, &[], &head(&[]), &begun).problems, [Problem::NothingSealed]);
    assert_eq!(report(&key, &[], &head(&rows), "").problems, [Problem::CutOff { found: 0, written: 9 }]);
}

#[test]
fn checkpoints_go_on_where_another_process_left_off_and_a_shortened_file_is_noticed() {
    let directory = tempfile::tempdir().unwrap();
    let key = key(directory.path());
    let path = directory.path().join("checkpoints");
    let (one, other) = (CheckpointFile::new(path.clone()), CheckpointFile::new(path.clone()));
    let mut count = 0;
    let mut append = |file: &CheckpointFile| {
        count += 1;
        file.append(&key, (count, count, Mac::NONE), false).unwrap()
    };
    for (file, number) in [(&one, 1), (&other, 2), (&one, 3), (&other, 4)] {
        assert_eq!(append(file), Appended::Written { number, is_shortened: false });
    }
    // A line that was cut off by a full disk is nobody's.
    let whole = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{whole}owl-audit-1 5 20")).unwrap();
    assert_eq!(append(&one), Appended::Written { number: 5, is_shortened: false });
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 5);
    assert!(text.lines().all(|line| Checkpoint::parse(line, &key).is_some()), "{text}");

    let shortened = text.lines().take(2).collect::<Vec<_>>().join("\n") + "\n";
    std::fs::write(&path, &shortened).unwrap();
    assert_eq!(append(&one), Appended::Written { number: 6, is_shortened: true });
    let evidence = Evidence::new(&key, Some(&std::fs::read_to_string(&path).unwrap()));
    let found = evidence.end(&Head { last: 0, mac: Mac::NONE.to_string() }).problems;
    assert!(found.contains(&Problem::CheckpointsMissing { from: 3, to: 5 }), "{found:?}");
    // Fewer lines than before are written down only by who insists.
    let fewer = |anyway| one.append(&key, (1, 1, Mac::NONE), anyway).unwrap();
    assert_eq!(fewer(false), Appended::Behind);
    assert_eq!(fewer(true), Appended::Written { number: 7, is_shortened: false });
    // A new process knows of no more than there is.
    std::fs::remove_file(&path).unwrap();
    assert_eq!(append(&CheckpointFile::new(path)), Appended::Written { number: 1, is_shortened: false });
}

#[test]
fn a_key_is_made_once_for_its_owner_alone_and_a_damaged_one_is_not_repeated() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("audit.key");
    assert!(matches!(AuditKey::load(&path), Err(AuditKeyError::Missing { .. })));
    let made = AuditKey::load_or_create(&path).unwrap().check();
    assert_eq!(AuditKey::load_or_create(&path).unwrap().check(), made);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::write(&path, "hush-hush").unwrap();
    let Err(error) = AuditKey::load_or_create(&path) else { panic!("a damaged key was accepted") };
    assert!(error.to_string().contains("audit.key") && !format!("{error} {error:?}").contains("hush"));
}

/// Computed with OpenSSL, so that anybody can: `openssl dgst -sha256 -mac HMAC -macopt hexkey:…`.
#[test]
fn a_seal_is_hmac_sha256_over_what_the_documentation_says() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("audit.key");
    std::fs::write(&path, "0b".repeat(32)).unwrap();
    let key = AuditKey::load(&path).unwrap();
    let line = Line {
        at: 1,
        actor: "system".into(),
        action: "log-in".into(),
        visit: None,
        patient: None,
        about: Some(String::new()),
        outcome: "done".into(),
    };
    assert_eq!(
        key.seal(Mac::NONE, 1, &line).to_string(),
        "70271980924c840968f03f943e95fab074128bfe1979a1882cf30c0d397ab89c"
    );
}
