//! What went wrong and what to do about it.

use crate::domain::{
    Role,
    call::{Failure, MediaFailure, MediaWish},
};

/// A notice in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// What happened.
    pub title: &'static str,
    /// What it means for the person.
    pub what: &'static str,
    /// What to do, in this order.
    pub steps: &'static [&'static str],
    /// Whom to turn to if that does not help.
    pub help: &'static str,
    /// Other ways in that may work.
    pub offers: &'static [Offer],
}

/// A button that joins in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The words on it.
    pub label: &'static str,
    /// What is sent then.
    pub wish: MediaWish,
}

const SOUND_ONLY: Offer = Offer { label: "Join with sound only", wish: MediaWish::MicrophoneOnly };
const WATCH: Offer = Offer { label: "Join without camera or microphone", wish: MediaWish::Nothing };

const OFF: &str = "Your camera and microphone are off.";

/// The last step of every notice.
pub(super) fn help(role: Role) -> &'static str {
    match role {
        Role::Patient | Role::Guest => "If nothing helps, please call the clinic.",
        Role::Provider => "If nothing helps, please call your IT support, and your patient by phone.",
    }
}

/// The notice for a failure.
pub fn advice(failure: Failure, role: Role) -> Advice {
    let (title, what, steps, offers): (_, _, &'static [&'static str], &'static [Offer]) = match failure {
        Failure::Media(MediaFailure::Denied) => (
            "The camera or microphone is not allowed",
            "Your browser or your device said no, so we cannot see or hear you.",
            &[
                "Press the camera or lock sign beside the address of this page and allow camera and microphone.",
                "On a phone, look in the settings too: your browser may not be allowed to use them.",
                "Then press Join Room again.",
            ],
            &[SOUND_ONLY, WATCH],
        ),
        Failure::Media(MediaFailure::NoDevice) => (
            "We cannot find a camera or microphone",
            "You can still join: with sound only, or just to watch and listen.",
            &["If you have one that plugs in, plug it in and press Join Room again."],
            &[SOUND_ONLY, WATCH],
        ),
        Failure::Media(MediaFailure::InUse) => (
            "The camera or microphone is busy",
            "Another program may be using it.",
            &["Close other video calls and camera programs.", "Then press Join Room again."],
            &[SOUND_ONLY, WATCH],
        ),
        Failure::Media(MediaFailure::Insecure) => (
            "This address is not secure",
            "Browsers give camera and microphone only to addresses that begin with https. From here you can only watch and \
             listen.",
            &[
                "Open the same address with https in front.",
                "If that does not work, tell the clinic about it.",
            ],
            &[WATCH],
        ),
        Failure::Media(MediaFailure::Unavailable) => (
            "The video part of this page did not load",
            OFF,
            &["Check your internet connection.", "Reload this page, then press Join Room."],
            &[],
        ),
        Failure::Token => (
            "The room did not let you in",
            OFF,
            &["Press Join Room again.", "If that does not work, reload this page."],
            &[],
        ),
        Failure::Unreachable => (
            "We cannot reach the room",
            OFF,
            &["Check your internet connection.", "Press Join Room again."],
            &[],
        ),
        Failure::NoRoom => (
            "The room cannot be opened right now",
            "The video service is there, but it has no room for this visit. Your camera and microphone are off.",
            &["Wait a minute, then press Join Room again.", "If that does not work, reload this page."],
            &[],
        ),
        Failure::Unsupported => (
            "This browser cannot make video calls",
            "It is too old, or it is the small browser inside another app.",
            &[
                "Open this page in Chrome, Firefox, Edge or Safari. On an iPhone or iPad, use Safari.",
                "If you came from a message or another app, copy the address of this page and open it there.",
                "If you use one of these already, bring it up to date.",
            ],
            &[],
        ),
        Failure::PutOut => (
            "You joined somewhere else",
            "This visit is now open in another tab or on another device. Here, camera and microphone are off.",
            &["Go on there, or press Join Room to come back here."],
            &[],
        ),
        Failure::Full => ("The room is full", OFF, &["Wait a moment, then press Join Room again."], &[]),
        Failure::Completed => {
            ("The visit has ended", OFF, &["If it ended too early, press Join Room or call the clinic."], &[])
        }
        Failure::TimeIsUp => (
            "The time for this visit is up",
            "A visit may last only so long, and this one has reached its limit. Your camera and microphone are off.",
            &["If you need more time, press Join Room to go on."],
            &[],
        ),
    };
    Advice { title, what, steps, help: help(role), offers }
}

/// The notice while the call goes on, but picture and sound do not come.
pub fn media_stuck_advice(role: Role) -> Advice {
    Advice {
        title: "Picture and sound do not get through",
        what: "You are in the room, but this network or the other side’s seems to block the video.",
        steps: &[
            "Try another network: mobile data instead of Wi-Fi, or the other way round.",
            "Turn off a VPN if you use one.",
        ],
        help: help(role),
        offers: &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn invariant_9_every_failure_has_words_of_its_own_and_something_to_do() {
        let titles: HashSet<_> = ALL.map(|failure| advice(failure, Role::Patient).title).into();
        assert_eq!(titles.len(), ALL.len());
        for failure in ALL {
            for role in [Role::Patient, Role::Provider] {
                let advice = advice(failure, role);
                let sentences = advice.steps.iter().chain([&advice.what, &advice.help]);
                for sentence in sentences {
                    assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
                }
                assert!(!advice.steps.is_empty(), "{failure:?}");
                assert!(!advice.title.ends_with('.'), "{failure:?}");
            }
        }
    }

    #[test]
    fn who_joins_from_an_insecure_address_is_offered_to_watch_only() {
        let offers = advice(Failure::Media(MediaFailure::Insecure), Role::Patient).offers;
        assert_eq!(offers, [WATCH]);
    }
}
