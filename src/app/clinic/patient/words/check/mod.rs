//! The sentences of trying camera and microphone out, in each language.

mod en;
mod es;

use crate::{
    api::clinic::Lang,
    domain::call::{MediaFailure, TrackKind},
};

/// What failed, and what to do.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// What failed.
    pub title: &'static str,
    /// What to do, in this order.
    pub steps: &'static [&'static str],
}

/// The sentences about one of the two devices.
#[derive(Debug)]
pub struct DeviceWords {
    pub name: &'static str,
    pub works: &'static str,
    pub denied: Fault,
    pub missing: Fault,
    pub busy: Fault,
    pub go_without: &'static str,
    pub is_without: &'static str,
}

/// The sentences of trying both out.
#[derive(Debug)]
pub struct CheckWords {
    pub title: &'static str,
    pub intro: &'static str,
    pub begin: &'static str,
    pub again: &'static str,
    pub asking: &'static str,
    pub picture: &'static str,
    pub speak: &'static str,
    pub level: &'static str,
    pub sound: &'static str,
    pub sound_hint: &'static str,
    pub try_again: &'static str,
    pub after_all: &'static str,
    pub turn_off: &'static str,
    pub is_off: &'static str,
    pub insecure: Fault,
    pub unavailable: Fault,
    pub camera: DeviceWords,
    pub microphone: DeviceWords,
}

/// The sentences in a language.
pub fn check_words(lang: Lang) -> &'static CheckWords {
    match lang {
        Lang::En => &en::WORDS,
        Lang::Es => &es::WORDS,
    }
}

impl CheckWords {
    /// Those about one of the two.
    pub fn of(&self, kind: TrackKind) -> &DeviceWords {
        match kind {
            TrackKind::Video => &self.camera,
            TrackKind::Audio => &self.microphone,
        }
    }

    /// What to say of a failure.
    pub fn fault(&self, kind: TrackKind, failure: MediaFailure) -> Fault {
        let device = self.of(kind);
        match failure {
            MediaFailure::Denied => device.denied,
            MediaFailure::NoDevice => device.missing,
            MediaFailure::InUse => device.busy,
            MediaFailure::Insecure => self.insecure,
            MediaFailure::Unavailable => self.unavailable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn invariant_9_every_failure_of_a_device_is_told_with_what_to_do_in_every_language() {
        let mut titles = HashSet::new();
        for lang in [Lang::En, Lang::Es] {
            for kind in [TrackKind::Audio, TrackKind::Video] {
                for failure in [
                    MediaFailure::Denied,
                    MediaFailure::NoDevice,
                    MediaFailure::InUse,
                    MediaFailure::Insecure,
                    MediaFailure::Unavailable,
                ] {
                    let Fault { title, steps } = check_words(lang).fault(kind, failure);
                    titles.insert(title);
                    assert!(!steps.is_empty() && steps.iter().all(|step| step.ends_with('.')), "{title}");
                }
            }
        }
        assert_eq!(titles.len(), 2 * (3 * 2 + 2), "each has words of its own");
    }
}
