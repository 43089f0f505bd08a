//! Checkpoints: how many lines there were and the seal of the last one, in a file that only grows, and that can lie on another
//! machine. So lines that are taken away from the end are missed.

use super::{AuditKey, Mac};
use jiff::Timestamp;
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Mutex,
};

/// Each line begins with it, so that a later form can be told from this one.
const FORM: &str = "owl-audit-1";

/// More than the longest line.
const TAIL: u64 = 1024;

/// The audit as it stood at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// 1, 2, 3 … in one file.
    pub number: u64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// How many lines there were.
    pub count: i64,
    /// The seal of the last one.
    pub head: Mac,
}

impl Checkpoint {
    /// As a line of the file.
    pub fn to_line(self, key: &AuditKey) -> String {
        let at = Timestamp::from_millisecond(self.at).unwrap_or_default();
        let Self { number, count, head, .. } = self;
        format!("{FORM} {number} {at:.3} {count} {head} {}", self.seal(key))
    }

    /// Reads a line of the file. None for what this key has not sealed.
    pub fn parse(line: &str, key: &AuditKey) -> Option<Self> {
        let fields: Vec<&str> = line.split(' ').collect();
        let [FORM, number, at, count, head, seal] = fields[..] else { return None };
        let at = at.parse::<Timestamp>().ok()?.as_millisecond();
        let read =
            Self { number: number.parse().ok()?, at, count: count.parse().ok()?, head: Mac::parse(head)? };
        (Mac::parse(seal)? == read.seal(key)).then_some(read)
    }

    fn seal(self, key: &AuditKey) -> Mac {
        let parts: [&[u8]; 4] =
            [&self.number.to_be_bytes(), &self.at.to_be_bytes(), &self.count.to_be_bytes(), &self.head.0];
        key.mac("owl audit checkpoint", &parts)
    }
}

/// What came of appending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It was written.
    Written {
        /// The number it got.
        number: u64,
        /// The last line of before is gone or changed: somebody has been at the file while this process ran.
        is_shortened: bool,
    },
    /// The last checkpoint counts more lines: another process may have written it meanwhile. Nothing was written.
    Behind,
}

/// The file. Several processes may write to one; each line is whole.
#[derive(Debug)]
pub struct CheckpointFile {
    path: PathBuf,
    /// The last number that this process has written, or found.
    last: Mutex<u64>,
}

impl CheckpointFile {
    /// The file at this path. It need not be there yet.
    pub fn new(path: PathBuf) -> Self {
        Self { path, last: Mutex::new(0) }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a checkpoint, and has it on the disk when it returns. Blocks. `anyway`: also when it counts fewer lines than the
    /// last one, which says that lines were removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append(
        &self,
        key: &AuditKey,
        (at, count, head): (i64, i64, Mac),
        anyway: bool,
    ) -> io::Result<Appended> {
        let mut known = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path)?;
        // Given free with the file. Some file systems of other machines know no locks: then one process writes.
        let _ = file.lock();
        let Tail { length, is_cut_off, last } = tail(&mut file)?;
        let last = last.and_then(|line| Checkpoint::parse(&line, key));
        if !anyway && last.is_some_and(|last| last.count > count) {
            return Ok(Appended::Behind);
        }
        let found = last.map_or(0, |last| last.number);
        let number = found.max(*known) + 1;
        let end = if is_cut_off { "\n" } else { "" };
        let line = format!("{end}{}\n", Checkpoint { number, at, count, head }.to_line(key));
        file.set_len(length)?;
        file.seek(SeekFrom::Start(length))?;
        file.write_all(line.as_bytes())?;
        file.sync_data()?;
        let is_shortened = found < *known;
        *known = number;
        Ok(Appended::Written { number, is_shortened })
    }
}

/// The end of the file.
struct Tail {
    /// Where the next line begins. A line of ours that a full disk has cut off says nothing, and would spoil the next one.
    length: u64,
    /// Something else does not end with an end of line.
    is_cut_off: bool,
    /// The last whole line.
    last: Option<String>,
}

fn tail(file: &mut File) -> io::Result<Tail> {
    let length = file.metadata()?.len();
    let start = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(start))?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let (lines, rest) = text.split_at(whole);
    let last = lines.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty());
    let last = last.map(|line| String::from_utf8_lossy(line).into_owned());
    let is_ours = FORM.as_bytes().starts_with(rest) || rest.starts_with(FORM.as_bytes());
    if is_ours {
        return Ok(Tail { length: length - rest.len() as u64, is_cut_off: false, last });
    }
    Ok(Tail { length, is_cut_off: true, last })
}
