//! A provider's private note, which more than one page may be open on.

use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Stands for a note's words, so that a page can say on which words it builds without sending them.
///
/// Not the same in every version of the program, and not secret: only for pages and servers of one build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteMark(u64);

impl NoteMark {
    /// Of these words.
    pub fn of(words: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// What comes of saving a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteSaved {
    /// It is written down.
    Yes,
    /// Nothing was: meanwhile somebody, as a rule the same person in another tab, has written this.
    Changed(String),
}
