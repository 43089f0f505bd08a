//! The seconds before a patient is seen and heard, as their page owes them.
//!
//! The log counts them from the press that lets the patient in. A page may learn of that late, because the phone was locked or the
//! line was down: nobody is put on camera unannounced (bug 23), so the page then counts from when it could say so.

use super::{Millis, Stage};
use std::time::Duration;

/// A page that learns of an admission while at most this share of the notice is over counts as the log does.
const LATE: u32 = 5;

/// A page that has not looked for so long was asleep, and has told nobody anything meanwhile.
const ASLEEP: Duration = Duration::from_secs(5);

/// What a page still owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owed {
    /// The patient is not in a room, or may be seen and heard.
    Nothing,
    /// Until they are told that they will be, and no time runs: the provider has stepped out before that.
    Untold,
    /// So much time.
    Time(Duration),
}

/// A notice that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Telling {
    /// Whose it is.
    opens_at: Millis,
    /// When this page ends it.
    ends: Millis,
    /// When this page last looked.
    looked: Millis,
}

/// Who has been told what, in one tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Courtesy {
    /// The admission of which the person was told to the end, by its `opens_at`. None once they wait again.
    told: Option<Millis>,
    telling: Option<Telling>,
    /// The provider has stepped out of a room in which they were together: that they come back is no surprise.
    is_excused: bool,
}

impl Courtesy {
    /// In a tab that has told its person of this admission before, maybe on an earlier page.
    pub fn after(told: Option<Millis>) -> Self {
        Self { told, ..Self::default() }
    }

    /// The admission of which the person was told to the end, for the tab to remember.
    pub fn told(&self) -> Option<Millis> {
        self.told
    }

    /// What is owed now, where a notice lasts so long. To be asked whenever the stage changes, and often while time is owed.
    pub fn look(&mut self, stage: Stage, now: Millis, notice: Duration) -> Owed {
        match stage {
            Stage::Admitted { opens_at, .. } => self.admitted(opens_at, now, notice),
            Stage::SteppedOut { .. } => {
                self.telling = None;
                self.is_excused = self.told.is_some();
                if self.is_excused { Owed::Nothing } else { Owed::Untold }
            }
            Stage::Scheduled | Stage::CheckedIn | Stage::Waiting | Stage::Ended(_) => {
                *self = Self::default();
                Owed::Nothing
            }
        }
    }

    /// The person asks to be seen and heard.
    pub fn start_now(&mut self) {
        if let Some(telling) = self.telling.take() {
            self.told = Some(telling.opens_at);
        }
    }

    fn admitted(&mut self, opens_at: Millis, now: Millis, notice: Duration) -> Owed {
        // "Start now", pressed here or elsewhere, puts it forward.
        let is_started = self.telling.is_some_and(|telling| opens_at < telling.opens_at);
        let is_told = self.told.is_some_and(|told| opens_at <= told);
        let ends = match self.telling {
            Some(telling) if telling.opens_at == opens_at && now.since(telling.looked) < ASLEEP => {
                telling.ends
            }
            _ => end(opens_at, now, notice),
        };
        if std::mem::take(&mut self.is_excused) || is_started || is_told || ends <= now {
            (self.told, self.telling) = (Some(opens_at), None);
            return Owed::Nothing;
        }
        self.telling = Some(Telling { opens_at, ends, looked: now });
        Owed::Time(ends.since(now))
    }
}

/// When a notice ends on a page that begins to give it now.
fn end(opens_at: Millis, now: Millis, notice: Duration) -> Millis {
    let whole = now.plus(notice);
    if opens_at.since(now) + notice / LATE < notice {
        whole
    } else {
        // Never longer than the whole: the page's idea of the server's clock may be some seconds behind.
        opens_at.min(whole)
    }
}
