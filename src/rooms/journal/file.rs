//! Files that only the server's user can read: they hold session secrets and addresses.

use crate::rooms::core::Book;
use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

const SUFFIX: &str = "jsonl";
/// Of a file that is being written.
const ASIDE: &str = "new";

/// The file of a book.
pub(super) fn path(directory: &Path, book: Book) -> PathBuf {
    directory.join(format!("{book}.{SUFFIX}"))
}

/// The book of a file. None if it is something else.
pub(super) fn book(path: &Path) -> Option<Book> {
    if path.extension()? != SUFFIX {
        return None;
    }
    path.file_stem()?.to_str()?.parse().ok()
}

/// Reads the whole lines of a file. What follows the last one was being written when the process ended.
pub(super) fn read_lines(path: &Path) -> io::Result<String> {
    let mut bytes = fs::read(path)?;
    let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    bytes.truncate(end);
    String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error.utf8_error()))
}

/// Whether it was being written when the process ended.
pub(super) fn is_leftover(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == ASIDE)
}

/// Makes a directory that nobody else can enter.
pub(super) fn private_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    fs::set_permissions(path, Permissions::from_mode(0o700))
}

/// Opens a file to append to it.
pub(super) fn open_to_append(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)
}

/// Writes a file aside and puts it in place, so that there is always a whole one. What is written to the file that is
/// returned follows.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<File> {
    let aside = path.with_extension(ASIDE);
    remove(&aside)?;
    let mut file = open_to_append(&aside)?;
    file.write_all(text.as_bytes())?;
    fs::rename(&aside, path)?;
    Ok(file)
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Opens a file for its lock or to write over it.
pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)
}
