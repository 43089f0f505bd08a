//! Whether the audit is whole: all lines in order, against their seals, the database's own head, and the checkpoints.

use super::{AuditKey, Checkpoint, Mac, Problem, SealedLine, problem::time};
use std::{collections::BTreeMap, fmt};

/// So many problems are told one by one: whoever replaces a table alters every line.
const TOLD: usize = 20;

/// What the database says of the last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub last: i64,
    /// Its seal.
    pub mac: String,
}

/// Lines are shown to it one after the other.
pub struct Evidence<'k> {
    key: &'k AuditKey,
    /// By how many lines there were; the first of those with as many.
    checkpoints: BTreeMap<i64, Checkpoint>,
    latest: Option<Checkpoint>,
    /// The last line's number, and its seal if that can be read.
    last: i64,
    mac: Option<Mac>,
    lines: u64,
    problems: Vec<Problem>,
    untold: u64,
}

/// What has come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What is wrong; the first of it, if it is much.
    pub problems: Vec<Problem>,
    /// How much more is wrong.
    pub untold: u64,
    /// How many lines there are.
    pub lines: u64,
    /// The last checkpoint.
    pub latest: Option<Checkpoint>,
}

impl<'k> Evidence<'k> {
    /// `checkpoints`: what is in their file. None if there is no such file.
    pub fn new(key: &'k AuditKey, checkpoints: Option<&str>) -> Self {
        let (last, mac) = (0, Some(Mac::NONE));
        let mut evidence = Self {
            key,
            checkpoints: BTreeMap::new(),
            latest: None,
            last,
            mac,
            lines: 0,
            problems: Vec::new(),
            untold: 0,
        };
        evidence.read(checkpoints.unwrap_or_default());
        evidence
    }

    fn read(&mut self, text: &str) {
        // What comes after the last end of line was cut off while it was written.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        for (number, line) in (1..).zip(whole.lines()) {
            let Some(read) = Checkpoint::parse(line, self.key) else {
                self.tell(Problem::Checkpoint { line: number });
                continue;
            };
            if let Some(before) = self.latest {
                if read.number <= before.number || read.count < before.count {
                    self.tell(Problem::CheckpointOrder { line: number });
                } else if read.number > before.number + 1 {
                    self.tell(Problem::CheckpointsMissing { from: before.number + 1, to: read.number - 1 });
                }
            }
            self.checkpoints.entry(read.count).or_insert(read);
            self.latest = Some(read);
        }
    }

    fn tell(&mut self, problem: Problem) {
        if self.problems.len() < TOLD {
            self.problems.push(problem);
        } else {
            self.untold += 1;
        }
    }

    /// The number of the last line that was shown.
    pub fn last(&self) -> i64 {
        self.last
    }

    /// Shows the next line, in the order of numbers.
    pub fn show(&mut self, row: &SealedLine) {
        let SealedLine { id, line, mac } = row;
        self.lines += 1;
        if *id <= self.last {
            return self.tell(Problem::Impossible { id: *id });
        }
        if *id > self.last + 1 {
            self.tell(Problem::Missing { from: self.last + 1, to: id - 1 });
            // Nothing is known of the line before, so this one cannot be held against it.
            self.mac = None;
        }
        let mac = Mac::parse(mac);
        let is_altered = match self.mac {
            Some(before) => mac != Some(self.key.seal(before, *id, line)),
            None => mac.is_none(),
        };
        if is_altered {
            self.tell(Problem::Altered { id: *id, at: line.at });
        }
        if let Some(checkpoint) = self.checkpoints.get(id)
            && mac != Some(checkpoint.head)
        {
            self.tell(Problem::Replaced { id: *id, at: checkpoint.at });
        }
        // The next line is held against what stands here: so one altered line is one problem.
        (self.last, self.mac) = (*id, mac);
    }

    /// What has come of it, with what the database says of the last line.
    pub fn end(mut self, head: &Head) -> Report {
        let found = self.last;
        if found < head.last {
            self.tell(Problem::CutOff { found, written: head.last });
        } else if found > head.last {
            self.tell(Problem::Added { from: head.last + 1 });
        } else if Mac::parse(&head.mac).is_none_or(|mac| self.mac.is_some_and(|last| last != mac)) {
            self.tell(Problem::Head);
        }
        match self.latest {
            None if self.lines > 0 => self.tell(Problem::NoCheckpoint),
            // Whoever looks into the wrong database must not be told that all is well.
            latest if self.lines == 0 && head.last == 0 && latest.is_none_or(|latest| latest.count == 0) => {
                self.tell(Problem::NothingSealed);
            }
            Some(latest) if latest.count > found => {
                self.tell(Problem::CutOffSince { found, were: latest.count, at: latest.at });
            }
            _ => {}
        }
        Report { problems: self.problems, untold: self.untold, lines: self.lines, latest: self.latest }
    }
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        if self.untold > 0 {
            writeln!(f, "And {} problems more.", self.untold)?;
        }
        let lines = self.lines;
        if self.is_whole() {
            write!(f, "The audit is whole: {lines} lines.")?;
        } else {
            write!(f, "The audit is not whole: {lines} lines were read.")?;
        }
        if let Some(latest) = self.latest {
            let since = lines.saturating_sub(u64::try_from(latest.count).unwrap_or(0));
            write!(
                f,
                " The last checkpoint is number {}, of {}; {since} lines came after it.",
                latest.number,
                time(latest.at)
            )?;
        }
        Ok(())
    }
}
