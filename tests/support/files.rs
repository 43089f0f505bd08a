//! What lies in files.

use std::{fs, path::Path};

/// Whether a text stands in any file of the folder, a database's write-ahead log included. Folders in it are not looked into.
pub fn stands_in(directory: &Path, text: &str) -> bool {
    fs::read_dir(directory)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .any(|path| {
            let bytes = fs::read(path).expect("a file");
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        })
}
