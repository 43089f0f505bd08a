//! The sign of life, from which the next process knows for how long there was none.
//!
//! By the time of the machine, where that was not started anew meanwhile: a wall clock that is put right in the same moment
//! would tell of an hour in which nobody was heard, and everybody would be given up. Otherwise by the file's date.

use super::file;
use crate::rooms::core::Uptime;
use std::{
    fs,
    io::{self, Write},
    path::Path,
    time::{Duration, SystemTime},
};

/// A moment that another process can compare with one of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub wall: SystemTime,
    pub uptime: Option<Uptime>,
}

/// Leaves a sign of life in a file, which is made when it is missing.
pub(super) fn leave(path: &Path, now: Moment) -> io::Result<()> {
    let mut file = file::open(path)?;
    // Always as long, and in one write: never half of the one and half of the other.
    let text = now.uptime.map(|now| format!("{:032x} {:020}\n", now.boot, now.since.as_millis()));
    let text = text.unwrap_or_default();
    file.write_all(text.as_bytes())?;
    file.set_len(text.len() as u64)?;
    file.set_modified(now.wall)
}

/// For how long there was no sign of life. None if there never was one, or if there is nothing to measure it by: the machine was
/// started anew, and its wall clock was set back.
pub(super) fn outage(path: &Path, now: Moment) -> Option<Duration> {
    let by_uptime = || now.uptime?.elapsed_since(read(path)?);
    let by_date = || now.wall.duration_since(fs::metadata(path).ok()?.modified().ok()?).ok();
    by_uptime().or_else(by_date)
}

fn read(path: &Path) -> Option<Uptime> {
    let text = fs::read_to_string(path).ok()?;
    let (boot, since) = text.trim().split_once(' ')?;
    let boot = u128::from_str_radix(boot, 16).ok()?;
    Some(Uptime { boot, since: Duration::from_millis(since.parse().ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    const HOUR: Duration = Duration::from_hours(1);

    fn at(wall: u64, uptime: Option<(u128, u64)>) -> Moment {
        let uptime = uptime.map(|(boot, since)| Uptime { boot, since: Duration::from_secs(since) });
        Moment { wall: UNIX_EPOCH + HOUR * 1000 + Duration::from_secs(wall), uptime }
    }

    #[test]
    fn within_one_boot_the_wall_clock_does_not_matter() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("alive");
        assert_eq!(outage(&path, at(0, Some((7, 50)))), None, "there never was one");
        leave(&path, at(10_000, Some((7, 100)))).expect("left");
        for wall in [10_003, 0, 20_000] {
            assert_eq!(outage(&path, at(wall, Some((7, 103)))), Some(Duration::from_secs(3)), "{wall}");
        }
        leave(&path, at(10_003, Some((7, 103)))).expect("left");
        assert_eq!(outage(&path, at(0, Some((7, 103)))), Some(Duration::ZERO));
    }

    #[test]
    fn otherwise_the_files_date_is_what_there_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("alive");
        let date = at(10_000, None).wall;
        for text in ["", "nonsense", "00000000000000000000000000000007 \n", "7 100 and more"] {
            fs::write(&path, text).expect("written");
            file::open(&path).and_then(|file| file.set_modified(date)).expect("dated");
            assert_eq!(outage(&path, at(10_003, Some((7, 103)))), Some(Duration::from_secs(3)), "{text}");
            assert_eq!(outage(&path, at(9_999, Some((7, 103)))), None);
        }
        leave(&path, at(10_000, Some((7, 100)))).expect("left");
        for now in [None, Some((8, 103)), Some((7, 99))] {
            assert_eq!(outage(&path, at(10_003, now)), Some(Duration::from_secs(3)), "{now:?}");
        }
        // Who knows no time of the machine leaves none that another would go on with.
        leave(&path, at(10_000, None)).expect("left");
        assert_eq!(outage(&path, at(10_003, Some((7, 900)))), Some(Duration::from_secs(3)));
    }
}
