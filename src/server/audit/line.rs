//! One line, and how it becomes bytes that can be sealed.

use std::fmt;

/// A seal: HMAC-SHA256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac(pub [u8; 32]);

impl Mac {
    /// What stands in place of the seal before the first one.
    pub const NONE: Self = Self([0; 32]);

    /// Reads 64 hexadecimal digits in lower case, as [`Mac`]s are written.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hex {
            return None;
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One line of the audit, as it is stored. Ids and words only: no names, nothing that a patient said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who: `staff:…`, `seat:…`, `nobody`, `system`.
    pub actor: String,
    /// What was done, in one word.
    pub action: String,
    /// To which visit.
    pub visit: Option<String>,
    /// To whose record.
    pub patient: Option<String>,
    /// To what else: an account, a setting, a list.
    pub about: Option<String>,
    /// How it went: `done`, `refused`.
    pub outcome: String,
}

/// A line with its number and its seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedLine {
    /// 1, 2, 3 … without gaps.
    pub id: i64,
    /// What it says.
    pub line: Line,
    /// Its seal, as it is stored: whoever can write the database can write anything here.
    pub mac: String,
}

impl Line {
    /// The bytes that are sealed. No two lines have the same: each text comes with its length, and one that is not there differs
    /// from an empty one.
    pub(super) fn bytes(&self, id: i64) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend(id.to_be_bytes());
        bytes.extend(self.at.to_be_bytes());
        let texts = [
            Some(&self.actor),
            Some(&self.action),
            self.visit.as_ref(),
            self.patient.as_ref(),
            self.about.as_ref(),
            Some(&self.outcome),
        ];
        for text in texts {
            match text {
                None => bytes.push(0),
                Some(text) => {
                    bytes.push(1);
                    bytes.extend((text.len() as u64).to_be_bytes());
                    bytes.extend(text.as_bytes());
                }
            }
        }
        bytes
    }
}
