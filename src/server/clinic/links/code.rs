//! The code beside a link, for whoever cannot open it: ten characters that nobody mixes up, read out or typed.

use crate::server::{
    clinic::hashing::Turn,
    random::{self, RandomError},
};
use argon2::Argon2;
use std::fmt::Write;

/// Crockford's base 32: without I, L, O and U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const LENGTH: usize = 10;

/// A code, 50 random bits. Shown as `ABCDE-12345`.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Code(String);

impl Code {
    /// A new one.
    pub fn random() -> Result<Self, RandomError> {
        let letters = random::bytes::<LENGTH>()?.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        Ok(Self(letters.iter().collect()))
    }

    /// What somebody has typed: in any case, with any spaces and dashes, and with the letters that look alike.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '_' | '.'));
        let code: Option<String> = letters
            .map(|letter| match letter.to_ascii_uppercase() {
                'O' => Some('0'),
                'I' | 'L' => Some('1'),
                letter if u8::try_from(letter).is_ok_and(|byte| LETTERS.contains(&byte)) => Some(letter),
                _ => None,
            })
            .take(LENGTH + 1)
            .collect();
        code.filter(|code| code.len() == LENGTH).map(Self)
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        let (first, second) = self.0.split_at(LENGTH / 2);
        format!("{first}-{second}")
    }

    /// What is stored. Slow on purpose, some tens of milliseconds: 50 bits could be tried out against a fast hash by somebody
    /// who has stolen the table.
    pub async fn hash(self, turn: Turn) -> Option<String> {
        let hash = turn.run(move || {
            let mut hash = [0; 32];
            // The same for all codes, since they are looked up by it; a code is random, so nobody can have computed it before.
            let salt = b"owl-hospital-link-codes";
            Argon2::default().hash_password_into(self.0.as_bytes(), salt, &mut hash).ok()?;
            Some(hash)
        });
        let hash = hash.await??;
        Some(hash.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing into a String never fails.
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::clinic::hashing::Hashing;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::random().unwrap();
        assert_eq!(Code::parse(&code.shown()).unwrap().0, code.0);
        assert_eq!(Code::parse(" ilo01-abcde ").unwrap().0, "11001ABCDE");
        for wrong in ["", "ABCDE-1234", "ABCDE-123456", "ABCDE-1234U", "ABCDE-1234é"] {
            assert!(Code::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn the_same_code_has_the_same_hash_and_another_has_another() {
        let hashing = Hashing::default();
        let hash = async |text| Code::parse(text).unwrap().hash(hashing.turn().await).await;
        assert_eq!(hash("ABCDE-12345").await, hash("abcde12345").await);
        assert_ne!(hash("ABCDE-12345").await, hash("ABCDE-12346").await);
    }
}
