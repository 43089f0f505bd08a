//! Lengths of time, as people write them: `30`, `30s`, `10m`, `4h`, `500ms`.

use std::time::Duration;

/// Reads a length of time. A bare number counts seconds.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    match unit.trim() {
        "ms" => Some(Duration::from_millis(number)),
        "" | "s" => Some(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        "h" => number.checked_mul(3600).map(Duration::from_secs),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::time::Duration;

    #[test]
    fn units_are_understood_and_anything_else_is_not() {
        assert_eq!(parse("30"), Some(Duration::from_secs(30)));
        assert_eq!(parse("30 s"), Some(Duration::from_secs(30)));
        assert_eq!(parse("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(parse("4h"), Some(Duration::from_hours(4)));
        for text in ["", "h", "-1", "1d", "1.5h", "18446744073709551615h"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
