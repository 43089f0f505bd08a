//! What can be wrong with the audit, in plain words.

use jiff::Timestamp;
use std::fmt;

/// Something that is wrong with the audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Lines are not there.
    Missing {
        /// The first of them.
        from: i64,
        /// The last of them.
        to: i64,
    },
    /// A line does not fit its seal and the one before.
    Altered {
        /// Which.
        id: i64,
        /// When it says that it was written.
        at: i64,
    },
    /// A line has a number that no line can have.
    Impossible {
        /// Which.
        id: i64,
    },
    /// There are fewer lines than were written, as the database itself says.
    CutOff {
        /// How many are there.
        found: i64,
        /// How many were written.
        written: i64,
    },
    /// There are lines behind the last one that was written.
    Added {
        /// The first of them.
        from: i64,
    },
    /// The head in the database is not the last line's.
    Head,
    /// There are fewer lines than at a checkpoint.
    CutOffSince {
        /// How many are there.
        found: i64,
        /// How many there were.
        were: i64,
        /// When.
        at: i64,
    },
    /// The line up to which a checkpoint reached is another one now.
    Replaced {
        /// Which.
        id: i64,
        /// When the checkpoint was written.
        at: i64,
    },
    /// A line of the checkpoints' file was not written by this server, or has been changed since.
    Checkpoint {
        /// Which line of the file, from 1.
        line: usize,
    },
    /// Lines are not there in the checkpoints' file.
    CheckpointsMissing {
        /// The first number.
        from: u64,
        /// The last number.
        to: u64,
    },
    /// Checkpoints do not stand in their order, or count fewer lines than those before.
    CheckpointOrder {
        /// Which line of the file, from 1.
        line: usize,
    },
    /// There is no checkpoint at all.
    NoCheckpoint,
    /// There is no line, and there never was one. A server seals one at its first start.
    NothingSealed,
}

/// A time as it is told to whoever checks.
pub(super) fn time(at: i64) -> String {
    let at = Timestamp::from_millisecond(at);
    at.map_or_else(
        |_| "an impossible time".to_owned(),
        |at| format!("{}", at.strftime("%Y-%m-%d %H:%M:%S UTC")),
    )
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Missing { from, to } if from == to => write!(f, "Line {from} is missing: it was removed."),
            Self::Missing { from, to } => write!(f, "Lines {from} to {to} are missing: they were removed."),
            Self::Altered { id, at } => write!(
                f,
                "Line {id} ({}) does not fit its seal: it was altered or put in, or lines before it were removed.",
                time(at)
            ),
            Self::Impossible { id } => {
                write!(f, "Line {id} was put in: lines are numbered from 1, each once.")
            }
            Self::CutOff { found, written } => write!(
                f,
                "The last lines were removed: {written} were written, {found} are there."
            ),
            Self::Added { from } => write!(f, "Line {from} and those after it were put in: this server did not write them."),
            Self::Head => f.write_str("The last line is not the one that was written last: its row in audit_head was altered."),
            Self::CutOffSince { found, were, at } => write!(
                f,
                "The last lines were removed: at the checkpoint of {} there were {were}, now {found} are there.",
                time(at)
            ),
            Self::Replaced { id, at } => write!(
                f,
                "Line {id} is not the one that was there at the checkpoint of {}: the audit was replaced.",
                time(at)
            ),
            Self::Checkpoint { line } => write!(
                f,
                "Line {line} of the checkpoints' file was altered or put in."
            ),
            Self::CheckpointsMissing { from, to } if from == to => {
                write!(f, "Checkpoint {from} is missing in its file: it was removed.")
            }
            Self::CheckpointsMissing { from, to } => {
                write!(f, "Checkpoints {from} to {to} are missing in their file: they were removed.")
            }
            Self::CheckpointOrder { line } => write!(
                f,
                "Line {line} of the checkpoints' file is not where it was written, or the audit had fewer lines then than before."
            ),
            Self::NoCheckpoint => f.write_str(
                "There is no checkpoint: lines that were removed from the end cannot be missed. Look for the file, see \
                 AUDIT_CHECKPOINT_FILE.",
            ),
            Self::NothingSealed => f.write_str(
                "Nothing is sealed here: no server has ever started with this database. Are DATABASE_URL, DATA_DIR and \
                 AUDIT_CHECKPOINT_FILE set as for the server?",
            ),
        }
    }
}
