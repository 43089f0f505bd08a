//! The core's books as files, so that rooms outlive the process. What is in them is the core's business.
//!
//! `kill -9` loses nothing of what was written, since it is in the operating system's cache; so nothing is flushed to the
//! disk itself. A power cut may lose rooms: clients are then told that their session is over, and come anew.
//!
//! A disk that is full or broken ends no call: the trouble is reported once, and books that could not be written are
//! written whole as soon as that works again.

mod alive;
mod file;
mod handles;
mod lock;

pub use lock::JournalError;
pub(super) use lock::{Lock, wait_for_lock};

use super::{clock::Clock, core::Book};
use alive::Moment;
use handles::Handles;
use std::{
    collections::HashMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// How often to leave a sign of life, from which the next process knows for how long there was none.
const PULSE: Duration = Duration::from_secs(1);
/// The file that carries it.
const ALIVE: &str = "alive";
/// A book is rewritten when it has grown to so many times its size when it was last written whole …
const GROWTH: u64 = 4;
/// … and by so many bytes, so that small ones are left alone.
const SLACK: u64 = 64 * 1024;

/// The books on disk. Owned by one process at a time.
#[derive(Debug)]
pub(super) struct Journal {
    directory: PathBuf,
    books: HashMap<Book, Volume>,
    handles: Handles,
    last_pulse: Option<SystemTime>,
    /// An error was reported, and something is still not as it should be.
    is_failing: bool,
    _lock: Lock,
}

/// What is known of a book's file.
#[derive(Debug, Default)]
struct Volume {
    size: u64,
    size_when_whole: u64,
    /// Something is missing in it: it has to be written whole, or removed.
    is_torn: bool,
}

impl Journal {
    /// The journal in a directory to which one holds the lock.
    pub fn new(lock: Lock) -> Self {
        let directory = lock.directory().to_owned();
        Self {
            directory,
            books: HashMap::new(),
            handles: Handles::default(),
            last_pulse: None,
            is_failing: false,
            _lock: lock,
        }
    }

    /// All books, in the order of their names.
    ///
    /// # Errors
    /// When the directory cannot be read. Single files that cannot be are reported and set aside.
    pub fn read(&self) -> io::Result<Vec<(Book, String)>> {
        let mut books = Vec::new();
        for entry in fs::read_dir(&self.directory)? {
            let path = entry?.path();
            if file::is_leftover(&path) {
                file::remove(&path)?;
            }
            let Some(book) = file::book(&path) else { continue };
            match file::read_lines(&path) {
                Ok(text) => books.push((book, text)),
                Err(error) => {
                    tracing::warn!(%book, %error, "a room's file cannot be read; who was in it has to join again");
                    self.set_aside(book);
                }
            }
        }
        books.sort_unstable_by_key(|(book, _)| *book);
        Ok(books)
    }

    /// Puts a damaged book where it does no harm and can be looked at.
    pub fn set_aside(&self, book: Book) {
        let (path, aside) = (self.path(book), self.directory.join(format!("{book}.damaged")));
        if let Err(error) = fs::rename(&path, &aside) {
            tracing::error!(path = %path.display(), %error, "a damaged file cannot be set aside");
        }
    }

    /// For how long there was no sign of life. None if that cannot be known.
    pub fn outage(&self, clock: Clock) -> Option<Duration> {
        alive::outage(&self.directory.join(ALIVE), moment(clock))
    }

    /// Whether something could not be kept.
    pub fn is_failing(&self) -> bool {
        self.is_failing
    }

    /// Leaves a sign of life, and tries again what could not be written, if the last time is long enough ago. `whole`
    /// gives all that has to be in a book.
    pub fn pulse(&mut self, clock: Clock, whole: impl Fn(Book) -> Option<String>) {
        let now = clock.system();
        let age = self.last_pulse.and_then(|last| now.duration_since(last).ok());
        if age.is_some_and(|age| age < PULSE) {
            return;
        }
        self.last_pulse = Some(now);
        if self.is_failing {
            self.mend(whole);
        }
        let left = alive::leave(&self.directory.join(ALIVE), moment(clock));
        self.report(left);
    }

    /// Appends lines to a book. `whole` gives all that has to be in it, these lines included.
    /// In one write, so that the end of the process cuts off at most the last lines.
    pub fn append(&mut self, book: Book, lines: &str, whole: impl FnOnce() -> Option<String>) {
        let volume = self.books.entry(book).or_default();
        if volume.is_torn {
            // Not with every message: a disk that is full is slow, too.
            return;
        }
        let size = volume.size.saturating_add(lines.len() as u64);
        if size > volume.size_when_whole.saturating_mul(GROWTH).saturating_add(SLACK) {
            return self.rewrite(book, whole());
        }
        let directory = &self.directory;
        let file = self.handles.get(book, || file::open_to_append(&file::path(directory, book)));
        let written = file.and_then(|file| file.write_all(lines.as_bytes()));
        volume.size = size;
        volume.is_torn = written.is_err();
        self.report(written);
    }

    /// Writes a book whole; without anything to write, removes it.
    pub fn rewrite(&mut self, book: Book, whole: Option<String>) {
        let path = self.path(book);
        self.handles.close(book);
        let outcome = match &whole {
            Some(text) => file::replace(&path, text).map(|file| self.handles.keep(book, file)),
            None => file::remove(&path),
        };
        let is_torn = outcome.is_err();
        if whole.is_none() && !is_torn {
            self.books.remove(&book);
        } else {
            let size = whole.map_or(0, |text| text.len() as u64);
            self.books.insert(book, Volume { size, size_when_whole: size, is_torn });
        }
        self.report(outcome);
    }

    /// Tries again what could not be written.
    fn mend(&mut self, whole: impl Fn(Book) -> Option<String>) {
        let torn: Vec<Book> =
            self.books.iter().filter(|(_, volume)| volume.is_torn).map(|(book, _)| *book).collect();
        for book in torn {
            self.rewrite(book, whole(book));
        }
    }

    fn path(&self, book: Book) -> PathBuf {
        file::path(&self.directory, book)
    }

    fn report(&mut self, outcome: io::Result<()>) {
        let is_whole = || self.books.values().all(|volume| !volume.is_torn);
        if let Err(error) = outcome {
            if !self.is_failing {
                let directory = self.directory.display();
                tracing::error!(%directory, %error, "rooms cannot be kept; calls go on, but a restart would end them");
            }
            self.is_failing = true;
        } else if self.is_failing && is_whole() {
            self.is_failing = false;
            tracing::info!("rooms are kept again");
        }
    }
}

fn moment(clock: Clock) -> Moment {
    Moment { wall: clock.system(), uptime: clock.uptime() }
}

/// The directory of a journal, made when it is missing and closed to everybody else.
pub(super) fn prepare(directory: &Path) -> io::Result<()> {
    file::private_directory(directory)
}
