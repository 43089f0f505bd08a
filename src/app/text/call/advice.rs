//! What went wrong and what to do about it.

use super::{CallWords, Told};
use crate::domain::{
    Role,
    call::{Failure, MediaFailure, MediaWish},
};

/// A notice in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// What happened, and what to do.
    pub told: Told,
    /// Whom to turn to if that does not help.
    pub help: &'static str,
    /// Other ways in that may work, each a button.
    pub offers: &'static [MediaWish],
}

const SOUND_ONLY: MediaWish = MediaWish::MicrophoneOnly;
const WATCH: MediaWish = MediaWish::Nothing;

/// The last step of every notice.
pub(super) fn help(words: &CallWords, role: Role) -> &'static str {
    match role {
        Role::Patient | Role::Guest => words.advice.help,
        Role::Provider => words.advice.help_provider,
    }
}

/// The notice for a failure.
pub fn advice(words: &CallWords, failure: Failure, role: Role) -> Advice {
    let all = &words.advice;
    let (told, offers): (_, &[MediaWish]) = match failure {
        Failure::Media(MediaFailure::Denied) => (all.denied, &[SOUND_ONLY, WATCH]),
        Failure::Media(MediaFailure::NoDevice) => (all.no_device, &[SOUND_ONLY, WATCH]),
        Failure::Media(MediaFailure::InUse) => (all.in_use, &[SOUND_ONLY, WATCH]),
        Failure::Media(MediaFailure::Insecure) => (all.insecure, &[WATCH]),
        Failure::Media(MediaFailure::Unavailable) => (all.not_loaded, &[]),
        Failure::Token => (all.token, &[]),
        Failure::Unreachable => (all.unreachable, &[]),
        Failure::NoRoom => (all.no_room, &[]),
        Failure::Unsupported => (all.unsupported, &[]),
        Failure::PutOut => (all.put_out, &[]),
        Failure::Full => (all.full, &[]),
        Failure::Completed => (all.completed, &[]),
        Failure::TimeIsUp => (all.time_is_up, &[]),
    };
    Advice { told, help: help(words, role), offers }
}

/// The notice while the call goes on, but picture and sound do not come.
pub fn media_stuck_advice(words: &CallWords, role: Role) -> Advice {
    Advice { told: words.advice.media_stuck, help: help(words, role), offers: &[] }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ENGLISH, SPANISH},
        *,
    };
    use std::collections::HashSet;

    const ALL: [Failure; 13] = [
        Failure::Media(MediaFailure::Denied),
        Failure::Media(MediaFailure::NoDevice),
        Failure::Media(MediaFailure::InUse),
        Failure::Media(MediaFailure::Insecure),
        Failure::Media(MediaFailure::Unavailable),
        Failure::Token,
        Failure::Unreachable,
        Failure::NoRoom,
        Failure::Unsupported,
        Failure::PutOut,
        Failure::Full,
        Failure::Completed,
        Failure::TimeIsUp,
    ];

    #[test]
    fn invariant_9_every_failure_has_words_of_its_own_and_something_to_do_in_every_language() {
        let mut titles = HashSet::new();
        for words in [&ENGLISH, &SPANISH] {
            for failure in ALL {
                for role in [Role::Patient, Role::Provider] {
                    let Advice { told, help, .. } = advice(words, failure, role);
                    for sentence in told.steps.iter().chain([&told.what, &help]) {
                        assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
                    }
                    assert!(!told.steps.is_empty(), "{failure:?}");
                    assert!(!told.title.ends_with('.'), "{failure:?}");
                    titles.insert(told.title);
                }
            }
        }
        assert_eq!(titles.len(), 2 * ALL.len());
    }

    #[test]
    fn a_sentence_that_names_a_button_names_it_as_it_is_called() {
        for words in [&ENGLISH, &SPANISH] {
            let all = format!("{:?} {:?}", words.status, words.advice);
            for button in [words.join, words.leave, words.turn_on_sound] {
                assert!(all.contains(button), "{button}");
            }
        }
        assert!(!format!("{SPANISH:?}").contains("Room"), "left in English");
    }

    #[test]
    fn who_joins_from_an_insecure_address_is_offered_to_watch_only() {
        let offers = advice(&ENGLISH, Failure::Media(MediaFailure::Insecure), Role::Patient).offers;
        assert_eq!(offers, [WATCH]);
    }
}
