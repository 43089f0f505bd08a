//! Files that stay open between one line and the next: opening and closing costs more than writing.
//!
//! Never all: there may be more rooms than a process may have open files, and each of their people needs a socket. Those that
//! were opened first are closed first.

use crate::rooms::core::Book;
use std::{
    collections::{HashMap, VecDeque},
    fs::{self, File},
    io,
};

/// So much of what the process may have open is for rooms; the rest is for sockets.
const SHARE: usize = 8;
/// Where the system does not say how many that are.
const USUAL: usize = 1024;
/// More are of no use: so many rooms do not speak within one second.
const MOST: usize = 4096;

/// The files that are open.
#[derive(Debug)]
pub(super) struct Handles {
    files: HashMap<Book, File>,
    /// In the order of their opening. Some may be closed meanwhile.
    order: VecDeque<Book>,
    most: usize,
}

impl Default for Handles {
    fn default() -> Self {
        Self::with(most_open_files().unwrap_or(USUAL) / SHARE)
    }
}

impl Handles {
    /// At most so many at a time, but one.
    fn with(most: usize) -> Self {
        Self { files: HashMap::new(), order: VecDeque::new(), most: most.clamp(1, MOST) }
    }

    /// The file of a book, opened if it is not open, or not there any more: what is written into a file that somebody removed
    /// is lost when the process ends.
    ///
    /// # Errors
    /// Those of `open`, which is tried again with everything else closed.
    pub fn get(&mut self, book: Book, open: impl Fn() -> io::Result<File>) -> io::Result<&mut File> {
        if self.files.get(&book).is_some_and(is_removed) {
            self.close(book);
        }
        if !self.files.contains_key(&book) {
            let file = open().or_else(|_| {
                self.files.clear();
                self.order.clear();
                open()
            })?;
            self.keep(book, file);
        }
        self.files.get_mut(&book).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Keeps a file open.
    pub fn keep(&mut self, book: Book, file: File) {
        while self.order.len() >= self.most {
            let Some(first) = self.order.pop_front() else { break };
            self.files.remove(&first);
        }
        self.files.insert(book, file);
        self.order.push_back(book);
    }

    /// Closes a file: another one is about to take its place.
    pub fn close(&mut self, book: Book) {
        if self.files.remove(&book).is_some() {
            self.order.retain(|open| *open != book);
        }
    }
}

#[cfg(unix)]
fn is_removed(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    // Who cannot tell opens it again, and learns there what is wrong.
    file.metadata().map_or(true, |metadata| metadata.nlink() == 0)
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
fn is_removed(_: &File) -> bool {
    false
}

/// How many files the process may have open, as Linux tells it.
fn most_open_files() -> Option<usize> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rooms::core::RoomSid;
    use std::{cell::Cell, io::Write};

    fn book(number: u128) -> Book {
        Book::Room(RoomSid(number))
    }

    #[test]
    fn a_file_stays_open_until_too_many_others_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let opened = Cell::new(0);
        let open = || {
            opened.set(opened.get() + 1);
            File::create(folder.path().join(opened.get().to_string()))
        };
        let mut handles = Handles::with(2);
        for number in [1, 2, 1, 2, 1] {
            handles.get(book(number), open).and_then(|file| file.write_all(b"line")).expect("written");
        }
        assert_eq!(opened.get(), 2);
        handles.get(book(3), open).expect("opened");
        assert_eq!((handles.files.len(), handles.order.len()), (2, 2));
        handles.get(book(1), open).expect("opened");
        assert_eq!(opened.get(), 4, "the first to be opened was closed");
        handles.close(book(1));
        handles.get(book(1), open).expect("opened");
        assert_eq!((opened.get(), handles.files.len(), handles.order.len()), (5, 2, 2));
    }

    #[test]
    fn a_file_that_somebody_removed_is_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("room");
        let mut handles = Handles::with(10);
        let mut write =
            || handles.get(book(1), || File::create(&path)).and_then(|file| file.write_all(b"line"));
        write().expect("written");
        fs::remove_file(&path).expect("removed");
        write().expect("written");
        assert_eq!(fs::read(&path).expect("it is there"), b"line");
        fs::remove_dir_all(folder.path()).expect("removed");
        assert!(write().is_err(), "nowhere to write to");
    }

    #[test]
    fn where_no_more_can_be_opened_the_others_are_closed() {
        let mut handles = Handles::with(10);
        handles.get(book(1), tempfile::tempfile).expect("opened");
        let tries = Cell::new(0);
        let second = handles.get(book(2), || {
            tries.set(tries.get() + 1);
            if tries.get() == 1 { Err(io::Error::other("too many open files")) } else { tempfile::tempfile() }
        });
        assert!(second.is_ok());
        assert!(!handles.files.contains_key(&book(1)), "its place was needed");
        assert!(handles.get(book(3), || Err(io::Error::other("a full disk"))).is_err());
    }

    #[test]
    fn linux_says_how_many_files_may_be_open() {
        assert!(most_open_files().is_some_and(|most| most > 0));
    }
}
