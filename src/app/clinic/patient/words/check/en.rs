//! English.

use super::{CheckWords, DeviceWords, Fault};

pub(super) static WORDS: CheckWords = CheckWords {
    title: "Try your camera and microphone",
    intro: "Only you see and hear this. You can also skip it.",
    begin: "Check camera and microphone",
    again: "Check again",
    asking: "Please allow the camera and microphone when your browser asks.",
    picture: "Your picture",
    speak: "Say something: the bar moves when we hear you.",
    level: "How loud we hear you",
    sound: "Play a test sound",
    sound_hint: "If you hear nothing, turn up the volume of your device or headset.",
    try_again: "Try again",
    after_all: "Use it after all",
    turn_off: "Finish the check",
    is_off: "Camera and microphone are off until your provider comes.",
    insecure: Fault {
        title: "This address is not secure",
        steps: &[
            "Browsers give camera and microphone only to addresses that begin with https.",
            "Please call the clinic: they will send you the right link.",
        ],
    },
    unavailable: Fault {
        title: "This browser gives us no camera and no microphone",
        steps: &[
            "Open your link in Chrome, Firefox, Edge or Safari. On an iPhone or iPad, use Safari.",
            "If you came from a message or another app: open the link from there in one of these.",
        ],
    },
    camera: DeviceWords {
        name: "Camera",
        works: "Your camera works.",
        denied: Fault {
            title: "The camera is not allowed",
            steps: &[
                "Press the camera or lock sign beside the address of this page, and allow the camera.",
                "On a phone, look in the settings too: your browser may not be allowed to use it.",
                "Then press Try again.",
            ],
        },
        missing: Fault {
            title: "We find no camera",
            steps: &["If you have one that plugs in, plug it in.", "Then press Try again."],
        },
        busy: Fault {
            title: "The camera is busy",
            steps: &["Close other video calls and programs that may use it.", "Then press Try again."],
        },
        go_without: "Continue without camera",
        is_without: "You go on without a camera. We will not ask for it again in this visit.",
    },
    microphone: DeviceWords {
        name: "Microphone",
        works: "We hear you: your microphone works.",
        denied: Fault {
            title: "The microphone is not allowed",
            steps: &[
                "Press the microphone or lock sign beside the address of this page, and allow the microphone.",
                "On a phone, look in the settings too: your browser may not be allowed to use it.",
                "Then press Try again.",
            ],
        },
        missing: Fault {
            title: "We find no microphone",
            steps: &["If you have a headset, plug it in.", "Then press Try again."],
        },
        busy: Fault {
            title: "The microphone is busy",
            steps: &["End phone calls, and close other programs that may use it.", "Then press Try again."],
        },
        go_without: "Continue without microphone",
        is_without: "You go on without a microphone. Your provider can call the number that you gave.",
    },
};
