//! English.

use super::{AdviceWords, CallWords, DevicesWords, FireWords, StatusWords, Told};

const OFF: &str = "Your camera and microphone are off.";

/// The sentences of a call in English.
pub static ENGLISH: CallWords = CallWords {
    join: "Join Room",
    leave: "Leave Room",
    sound_only: "Join with sound only",
    watch: "Join without camera or microphone",
    turn_on_sound: "Turn on sound",
    microphone: ["Mute", "Unmute", "Turn on microphone"],
    camera: ["Stop camera", "Start camera", "Turn on camera"],
    in_the_room: "In the room",
    you: "You",
    your_picture: "Your picture",
    picture: "picture",
    patient: "Patient",
    provider: "Provider",
    guest: "Guest",
    muted: "muted",
    reconnects: "Reconnecting…",
    fire: FireWords {
        picture: "A campfire",
        crackle: "Turn on the crackle",
        silence: "Turn off the crackle",
    },
    status: StatusWords {
        ready: "When you are ready, press Join Room.",
        asking: "Please allow the camera and microphone when your browser asks.",
        connecting: "Connecting you…",
        reconnecting: "Your connection was interrupted. Please stay: we are getting it back.",
        rejoining: "The connection was lost. We are bringing you back. There is nothing to press.",
        left: "You have left the room. Your camera and microphone are off.",
        sound_blocked: "Your browser keeps the sound off. Press Turn on sound.",
        waiting: "You are in the waiting room.",
        provider_left: "Your provider has left the room. If your visit is over, press Leave Room. If not, please stay.",
        provider_interrupted: "Your provider’s connection was interrupted. Please stay: it should come back.",
        provider_here: "Your provider is here.",
        patient_left: "Your patient has left the room.",
        no_patient: "You are in the room. No patient is here yet.",
        patient_interrupted: "Your patient’s connection was interrupted. Please stay: it should come back.",
        patient_here: "Your patient is here.",
        more_patients: "More than one patient is here. Please check who you are talking with.",
    },
    advice: AdviceWords {
        help: "If nothing helps, please call the clinic.",
        help_provider: "If nothing helps, please call your IT support, and your patient by phone.",
        denied: Told {
            title: "The camera or microphone is not allowed",
            what: "Your browser or your device said no, so we cannot see or hear you.",
            steps: &[
                "Press the camera or lock sign beside the address of this page and allow camera and microphone.",
                "On a phone, look in the settings too: your browser may not be allowed to use them.",
                "Then press Join Room again.",
            ],
        },
        no_device: Told {
            title: "We cannot find a camera or microphone",
            what: "You can still join: with sound only, or just to watch and listen.",
            steps: &["If you have one that plugs in, plug it in and press Join Room again."],
        },
        in_use: Told {
            title: "The camera or microphone is busy",
            what: "Another program may be using it.",
            steps: &["Close other video calls and camera programs.", "Then press Join Room again."],
        },
        insecure: Told {
            title: "This address is not secure",
            what: "Browsers give camera and microphone only to addresses that begin with https. From here you can only watch and \
                   listen.",
            steps: &[
                "Open the same address with https in front.",
                "If that does not work, tell the clinic about it.",
            ],
        },
        not_loaded: Told {
            title: "The video part of this page did not load",
            what: OFF,
            steps: &["Check your internet connection.", "Reload this page, then press Join Room."],
        },
        token: Told {
            title: "The room did not let you in",
            what: OFF,
            steps: &["Press Join Room again.", "If that does not work, reload this page."],
        },
        unreachable: Told {
            title: "We cannot reach the room",
            what: OFF,
            steps: &["Check your internet connection.", "Press Join Room again."],
        },
        no_room: Told {
            title: "The room cannot be opened right now",
            what: "The video service is there, but it has no room for this visit. Your camera and microphone are off.",
            steps: &[
                "Wait a minute, then press Join Room again.",
                "If that does not work, reload this page.",
            ],
        },
        unsupported: Told {
            title: "This browser cannot make video calls",
            what: "It is too old, or it is the small browser inside another app.",
            steps: &[
                "Open this page in Chrome, Firefox, Edge or Safari. On an iPhone or iPad, use Safari.",
                "If you came from a message or another app, copy the address of this page and open it there.",
                "If you use one of these already, bring it up to date.",
            ],
        },
        put_out: Told {
            title: "You joined somewhere else",
            what: "This visit is now open in another tab or on another device. Here, camera and microphone are off.",
            steps: &["Go on there, or press Join Room to come back here."],
        },
        full: Told {
            title: "The room is full",
            what: OFF,
            steps: &["Wait a moment, then press Join Room again."],
        },
        completed: Told {
            title: "The visit has ended",
            what: OFF,
            steps: &["If it ended too early, press Join Room or call the clinic."],
        },
        time_is_up: Told {
            title: "The time for this visit is up",
            what: "A visit may last only so long, and this one has reached its limit. Your camera and microphone are off.",
            steps: &["If you need more time, press Join Room to go on."],
        },
        media_stuck: Told {
            title: "Picture and sound do not get through",
            what: "You are in the room, but this network or the other side’s seems to block the video.",
            steps: &[
                "Try another network: mobile data instead of Wi-Fi, or the other way round.",
                "Turn off a VPN if you use one.",
            ],
        },
    },
    devices: DevicesWords {
        both: [
            "Your camera and microphone have stopped",
            "Nobody can see or hear you now, but you are still in the room.",
        ],
        camera: ["Your camera has stopped", "Nobody can see you now, but you are still in the room."],
        microphone: [
            "Your microphone has stopped",
            "Nobody can hear you now, but you are still in the room.",
        ],
        silent: [
            "A phone call or another program may be using it: end that. It should then come back by itself.",
            "If it does not, turn it on with the button below.",
        ],
        denied: [
            "Your browser or your device does not allow it. Press the camera or lock sign beside the address of this page \
             and allow it.",
            "Then turn it on with the button below.",
        ],
        missing: [
            "We still cannot find it. Plug it in again, or plug in another one.",
            "Then turn it on with the button below.",
        ],
        refused: [
            "It could not be turned on. Another program may be using it: close other video calls and camera programs.",
            "Then turn it on with the button below.",
        ],
        ended: [
            "If it was unplugged, plug it in again. If a phone call or another program uses it, end that.",
            "Then turn it on with the button below.",
        ],
    },
};
