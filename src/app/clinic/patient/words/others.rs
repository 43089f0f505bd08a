//! What is said of other visits to somebody who waits.

use super::{Words, fill};
use crate::api::clinic::{ProviderStatus, WaitRange};

/// What the provider of this name does.
pub fn status_words(words: &Words, provider: &str, status: ProviderStatus) -> String {
    let whom = match status {
        ProviderStatus::NotHere => words.provider_away,
        ProviderStatus::Here => words.provider_here,
        ProviderStatus::WithAnother => words.provider_busy,
    };
    fill(whom, &[provider])
}

/// How many come before.
pub fn place_words(words: &Words, before: u32) -> String {
    match before {
        0 => words.next.to_owned(),
        1 => words.next_but_one.to_owned(),
        more => fill(words.others_before, &[&more.to_string()]),
    }
}

/// How long it may take.
pub fn wait_words(words: &Words, wait: WaitRange) -> String {
    match wait.from {
        0 => fill(words.up_to_minutes, &[&wait.to.to_string()]),
        from => fill(words.minutes, &[&from.to_string(), &wait.to.to_string()]),
    }
}

/// What that was made from.
pub fn age_words(words: &Words, wait: WaitRange) -> String {
    match wait.days {
        0 => words.from_today.to_owned(),
        1 => words.from_yesterday.to_owned(),
        days => fill(words.from_days, &[&days.to_string()]),
    }
}
