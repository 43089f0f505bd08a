//! How data travel in texts: in a page, and in a stream of events.
//!
//! Postcard like server functions, since JSON's code would cost the browser 20 kB, and as hexadecimal digits, since an event
//! stream carries lines and a document no bytes. No type sent this way may leave fields out or depend on their names.

use serde::{Serialize, de::DeserializeOwned};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Writes a value. Empty if it cannot be written, which happens only to types that postcard does not know.
pub fn to_text<T: Serialize>(value: &T) -> String {
    let bytes = postcard::to_allocvec(value).unwrap_or_default();
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 0xf)]);
    bytes.into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte)]).collect()
}

/// Reads a value. None if it is none, or one of another version's.
pub fn from_text<T: DeserializeOwned>(text: &str) -> Option<T> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
    postcard::from_bytes(&bytes.collect::<Option<Vec<u8>>>()?).ok()
}

fn digit(letter: u8) -> Option<u8> {
    char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let value = (vec![0_u8, 255, 16], "Größe".to_owned(), Some(-1_i64));
        assert_eq!(from_text(&to_text(&value)), Some(value));
    }

    #[test]
    fn what_is_damaged_is_refused() {
        let text = to_text(&"owl".to_owned());
        assert_eq!(from_text::<String>(&text[1..]), None);
        assert_eq!(from_text::<String>(&text.replace('6', "x")), None);
        assert_eq!(from_text::<String>(&text[..4]), None);
        assert_eq!(from_text::<String>("é"), None);
    }
}
