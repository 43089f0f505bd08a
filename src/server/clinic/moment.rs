//! A time in the words of a patient, and by which clock.

use super::on_the_wall;
use crate::{
    api::clinic::Lang,
    app::clinic::{Words, fill, words},
    domain::visit::Millis,
};
use jiff::{Zoned, tz::TimeZone};

/// A time in words. `own`: the clock of whoever reads, as far as it is known; where it is not, the words say that this is the clinic's.
pub(super) fn in_words(
    at: Millis,
    now: Millis,
    lang: Lang,
    clinics: &TimeZone,
    own: Option<&TimeZone>,
) -> String {
    let words = words(lang);
    let by = |zone: &TimeZone| (on_the_wall(zone, at), on_the_wall(zone, now));
    let (then, today) = by(clinics);
    let clock = clock(&then);
    let Some(own) = own else {
        return said(words, &then, &today, &fill(words.clinics_clock, &[&clock]));
    };
    let (own_then, own_today) = by(own);
    let own_words = said(words, &own_then, &own_today, &self::clock(&own_then));
    if own_then.offset() == then.offset() {
        return own_words;
    }
    fill(words.two_clocks, &[&own_words, &said(words, &then, &today, &clock)])
}

/// The clock's short name: CET. Some have none, but a number.
fn clock(then: &Zoned) -> String {
    let name = then.strftime("%Z").to_string();
    if name.starts_with(['+', '-']) { format!("UTC{name}") } else { name }
}

fn said(words: &Words, then: &Zoned, today: &Zoned, clock: &str) -> String {
    let time = format!("{:02}:{:02}", then.hour(), then.minute());
    if then.date() == today.date() {
        return fill(words.today_at, &[&time, clock]);
    }
    let weekday = words.weekdays[usize::try_from(then.weekday().to_monday_zero_offset()).unwrap_or(0) % 7];
    let month = words.months[usize::try_from(then.month() - 1).unwrap_or(0) % 12];
    fill(words.date_at, &[weekday, &then.day().to_string(), month, &time, clock])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-24, 20:00 UTC.
    const AT: Millis = Millis(1_795_550_400_000);

    fn told(now: Millis, lang: Lang, own: Option<&str>) -> String {
        let zone = |name: &str| TimeZone::get(name).unwrap();
        in_words(AT, now, lang, &zone("America/New_York"), own.map(zone).as_ref())
    }

    #[test]
    fn who_is_elsewhere_reads_both_clocks_and_who_is_not_one() {
        assert_eq!(told(AT, Lang::En, Some("America/New_York")), "today at 15:00 (EST)");
        assert_eq!(told(AT, Lang::En, Some("America/Toronto")), "today at 15:00 (EST)", "the same clock");
        assert_eq!(
            told(AT, Lang::En, Some("Europe/Madrid")),
            "today at 21:00 (CET). At the clinic that is today at 15:00 (EST)"
        );
        assert_eq!(
            told(AT, Lang::Es, Some("Asia/Tokyo")),
            "hoy a las 05:00 (JST). En la clínica es hoy a las 15:00 (EST)"
        );
        assert_eq!(
            told(AT, Lang::En, Some("America/Sao_Paulo")),
            "today at 17:00 (UTC-03). At the clinic that is today at 15:00 (EST)"
        );
    }

    #[test]
    fn where_nothing_is_known_the_words_say_whose_clock_it_is() {
        assert_eq!(told(AT, Lang::En, None), "today at 15:00 (EST, the clinic\u{2019}s time)");
        assert_eq!(told(AT, Lang::Es, None), "hoy a las 15:00 (EST, hora de la clínica)");
    }

    #[test]
    fn each_clock_has_a_date_of_its_own() {
        // The day before, 17:00 in New York; already this day in Tokyo.
        let before = Millis(AT.0 - 22 * 3_600_000);
        assert_eq!(
            told(before, Lang::En, Some("Asia/Tokyo")),
            "Wednesday 25 November at 05:00 (JST). At the clinic that is Tuesday 24 November at 15:00 (EST)"
        );
    }
}
