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
fn help(role: Role) -> &'static str {
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
            "Browsers give camera and microphone only to addresses that begin with https.",
            &["Open the same address with https in front."],
            &[],
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
