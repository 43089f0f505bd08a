//! Times as the REST API and the callbacks write them: ISO 8601, in UTC.

use time::{
    Date, OffsetDateTime,
    format_description::{BorrowedFormatItem, well_known::Rfc3339},
    macros::format_description,
};

const SECONDS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
const MILLISECONDS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Unix seconds, as in `2015-07-30T20:00:00Z`.
pub(super) fn seconds(unix: u64) -> String {
    write(u128::from(unix) * 1_000_000_000, SECONDS)
}

/// Unix milliseconds, as in `2015-07-30T20:00:00.123Z`.
pub(super) fn milliseconds(unix_millis: u64) -> String {
    write(u128::from(unix_millis) * 1_000_000, MILLISECONDS)
}

fn write(nanoseconds: u128, format: &[BorrowedFormatItem<'_>]) -> String {
    let time =
        i128::try_from(nanoseconds).ok().and_then(|n| OffsetDateTime::from_unix_timestamp_nanos(n).ok());
    // Neither fails before the year 9999.
    time.and_then(|time| time.format(format).ok()).unwrap_or_default()
}

/// Reads a day or a time. As Unix seconds; times before 1970 count as 1970. None if it is neither.
pub(super) fn parse(text: &str) -> Option<u64> {
    let time = OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .or_else(|| Some(Date::parse(text, DAY).ok()?.midnight().assume_utc()))?;
    Some(u64::try_from(time.unix_timestamp()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_and_read_as_twilio_does() {
        assert_eq!(seconds(1_438_286_400), "2015-07-30T20:00:00Z");
        assert_eq!(milliseconds(1_438_286_400_007), "2015-07-30T20:00:00.007Z");
        assert_eq!(parse("2015-07-30T20:00:00Z"), Some(1_438_286_400));
        assert_eq!(parse("2015-07-30"), Some(1_438_214_400));
        assert_eq!(parse("1950-01-01"), Some(0));
        for wrong in ["", "yesterday", "2015-13-01", "2015-07-30 20:00"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
