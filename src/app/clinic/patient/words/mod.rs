//! The sentences of the patients' pages, in each language. One struct, so that none can be missing in one of them.

mod check;
mod en;
mod es;
mod others;

pub use check::check_words;
pub use others::{age_words, place_words, status_words, wait_words};

use crate::{
    api::clinic::Lang,
    app::components::NotReady,
    app::text::call::{CallWords, ENGLISH, SPANISH},
};

/// The sentences of the patients' pages. `{}` stands for what is filled in.
#[derive(Debug)]
#[expect(missing_docs, reason = "each name says which sentence it is; the English is the documentation")]
pub struct Words {
    pub skip: &'static str,
    pub trouble_title: &'static str,
    pub try_again: &'static str,
    pub emergency: &'static str,
    pub call_clinic: &'static str,
    pub call_clinic_at: &'static str,
    pub your_visit: &'static str,
    pub with_at: &'static str,
    pub confirm_title: &'static str,
    pub confirm_birth: &'static str,
    pub confirm_name: &'static str,
    pub confirm_wrong: &'static str,
    pub too_many: &'static str,
    pub go_on: &'static str,
    pub early_title: &'static str,
    pub early: &'static str,
    pub early_hint: &'static str,
    pub late_title: &'static str,
    pub late: &'static str,
    pub check_in_title: &'static str,
    pub consent: &'static str,
    pub location: &'static str,
    pub location_why: &'static str,
    pub call_back: &'static str,
    pub call_back_why: &'static str,
    pub check_in: &'static str,
    pub lacks_location: &'static str,
    pub lacks_number: &'static str,
    pub lacks_consent: &'static str,
    pub ready_title: &'static str,
    pub ready_steps: [&'static str; 3],
    pub ready: &'static str,
    pub waiting_title: &'static str,
    pub campfire: &'static str,
    pub provider_here: &'static str,
    pub provider_busy: &'static str,
    pub provider_away: &'static str,
    pub next: &'static str,
    pub next_but_one: &'static str,
    pub others_before: &'static str,
    pub minutes: &'static str,
    pub up_to_minutes: &'static str,
    pub from_today: &'static str,
    pub from_yesterday: &'static str,
    pub from_days: &'static str,
    pub keep_open: &'static str,
    pub not_ready: NotReady,
    pub no_script_waiting: &'static str,
    pub leave: &'static str,
    pub away_title: &'static str,
    pub admitted_title: &'static str,
    pub admitted_no_script: &'static str,
    pub notice: &'static str,
    pub starts_in: &'static str,
    pub start_now: &'static str,
    pub not_yet: &'static str,
    pub not_yet_failed: &'static str,
    pub held: &'static str,
    pub stepped_out: &'static str,
    pub elsewhere_title: &'static str,
    pub elsewhere: &'static str,
    pub use_here: &'static str,
    pub another_title: &'static str,
    pub another_nothing_done: &'static str,
    pub another: &'static str,
    pub another_show: &'static str,
    pub seen_title: &'static str,
    pub seen: &'static str,
    pub no_show_title: &'static str,
    pub no_show: &'static str,
    pub cancelled_by_you: &'static str,
    pub cancelled_by_clinic: &'static str,
    pub cancelled: &'static str,
    pub left_title: &'static str,
    pub left: &'static str,
    pub come_back: &'static str,
    pub cancel_link: &'static str,
    pub cancel_title: &'static str,
    pub cancel_what: &'static str,
    pub cancel_yes: &'static str,
    pub cancel_no: &'static str,
    pub lost: &'static str,
    pub back: &'static str,
    pub trouble: &'static str,
    pub weekdays: [&'static str; 7],
    pub months: [&'static str; 12],
    pub today_at: &'static str,
    pub date_at: &'static str,
    pub two_clocks: &'static str,
    pub clinics_clock: &'static str,
    pub guest_waiting: &'static str,
    pub guest_early: &'static str,
    pub guest_ask: &'static str,
    pub guest_no_show: &'static str,
    pub guest_cancelled: &'static str,
    pub guest_left_title: &'static str,
    pub guest_left: &'static str,
}

/// The sentences in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &en::WORDS,
        Lang::Es => &es::WORDS,
    }
}

/// The sentences of the call in a language.
pub fn call_words(lang: Lang) -> &'static CallWords {
    match lang {
        Lang::En => &ENGLISH,
        Lang::Es => &SPANISH,
    }
}

/// Fills the gaps of a sentence, one after the other.
pub fn fill(sentence: &str, with: &[&str]) -> String {
    with.iter().fold(sentence.to_owned(), |text, word| text.replacen("{}", word, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_leave_the_same_gaps() {
        let gaps = |words: &Words| format!("{words:?}").matches("{}").count();
        assert_eq!(gaps(words(Lang::En)), gaps(words(Lang::Es)));
        assert_eq!(fill("{} and {}", &["a", "b"]), "a and b");
    }
}
