//! Randomness from the operating system. The only place in `server` that draws it.

use std::fmt::Write;

/// The operating system gave no randomness. Nothing that needs a secret can go on; it is not worth a retry.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no randomness")]
pub struct RandomError;

/// `N` bytes that nobody can guess.
///
/// # Errors
/// When the operating system refuses.
pub fn bytes<const N: usize>() -> Result<[u8; N], RandomError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| RandomError)?;
    Ok(bytes)
}

/// `N` random bytes as `2 * N` lower-case hexadecimal digits.
///
/// # Errors
/// When the operating system refuses.
pub fn hex<const N: usize>() -> Result<String, RandomError> {
    Ok(bytes::<N>()?.iter().fold(String::with_capacity(2 * N), |mut text, byte| {
        // Writing into a String never fails.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
