//! Files that hold a secret: made once, read by their owner only.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, Permissions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

/// Makes the file, unless it is there. Written aside, then linked to its name: a reader sees all of it or nothing, and of two
/// processes that start at once the first one wins.
///
/// # Errors
/// When the directory or the disk refuses.
pub(super) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let (aside, mut file) = aside(path)?;
    let written =
        file.write_all(content).and_then(|()| file.sync_all()).and_then(|()| fs::hard_link(&aside, path));
    fs::remove_file(&aside)?;
    match written {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => sync_directory(path),
    }
}

/// Takes the file from everybody but its owner: one that was copied or restored may have lost its mode. Says whether it had.
///
/// # Errors
/// When the file is not there, or another user's.
pub(super) fn close_to_others(path: &Path) -> io::Result<bool> {
    let is_open = fs::metadata(path)?.permissions().mode() & 0o077 != 0;
    if is_open {
        fs::set_permissions(path, Permissions::from_mode(0o600))?;
    }
    Ok(is_open)
}

/// A file's name is on the disk once its directory is.
pub(super) fn sync_directory(path: &Path) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

/// Puts a new content in the place of the old one: a reader sees one or the other.
///
/// # Errors
/// When the directory or the disk refuses.
pub(super) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let (aside, mut file) = aside(path)?;
    let written =
        file.write_all(content).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&aside, path));
    if written.is_err() {
        fs::remove_file(&aside)?;
    }
    written.and_then(|()| sync_directory(path))
}

fn aside(path: &Path) -> io::Result<(OsString, File)> {
    let mut aside = OsString::from(path);
    aside.push(format!(".{}", std::process::id()));
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    Ok((aside, file))
}
