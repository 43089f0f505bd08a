//! What somebody's page said of other visits while they waited, afterwards and in words: those of the page itself, in English.

use crate::{
    api::clinic::Lang,
    app::clinic::{age_words, place_words, status_words, wait_words, words},
    domain::others::{Told, Why},
};

/// What the page said. `provider`: as patients read their name.
pub(super) fn told(told: &Told, provider: &str) -> String {
    let words = words(Lang::En);
    let status = told.status.map(|status| status_words(words, provider, status));
    let place = told.before.map(|before| place_words(words, before));
    let wait = told.wait.map(|wait| format!("{} {}", wait_words(words, wait), age_words(words, wait)));
    let quoted = [status, place, wait].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let quoted = if quoted.is_empty() { quoted } else { format!("\u{201c}{quoted}\u{201d}") };
    if told.status.is_some() {
        return quoted;
    }
    let unknown = format!(
        "Whether {provider} was at their desk then is not known, nor what the page said of that and of the time it might take."
    );
    [unknown, quoted].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Why it said something new.
pub(super) fn why(why: Why, provider: &str) -> String {
    match why {
        Why::Queue => "The queue moved, or time passed.".to_owned(),
        Why::Desk { is_there: true } => format!("{provider} came to their desk."),
        Why::Desk { is_there: false } => format!("{provider} was not at their desk any more."),
        Why::Time => "Time passed, and the page said something new of the wait.".to_owned(),
    }
}
