//! The sentences of a call, in each language. One struct, so that none can be missing in one of them.

mod advice;
mod devices;
mod en;
mod es;
mod people;
mod status;

pub use advice::{Advice, advice, media_stuck_advice};
pub use devices::devices_advice;
pub use en::ENGLISH;
pub use es::SPANISH;
pub use people::role_label;
pub use status::status;

/// What happened, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub title: &'static str,
    /// What it means for the person.
    pub what: &'static str,
    /// What to do, in this order.
    pub steps: &'static [&'static str],
}

/// The words on the button of a device: what a press does to one that is on, to one that is off, to one that has failed.
pub type SwitchWords = [&'static str; 3];

/// The sentences of a call.
#[derive(Debug)]
#[expect(missing_docs, reason = "each name says which sentence it is; the English is the documentation")]
pub struct CallWords {
    pub join: &'static str,
    pub leave: &'static str,
    pub sound_only: &'static str,
    pub watch: &'static str,
    pub turn_on_sound: &'static str,
    pub microphone: SwitchWords,
    pub camera: SwitchWords,
    pub in_the_room: &'static str,
    pub you: &'static str,
    pub your_picture: &'static str,
    pub picture: &'static str,
    pub patient: &'static str,
    pub provider: &'static str,
    pub guest: &'static str,
    pub muted: &'static str,
    pub reconnects: &'static str,
    pub fire: FireWords,
    pub status: StatusWords,
    pub advice: AdviceWords,
    pub devices: DevicesWords,
}

/// The campfire of the waiting room.
#[derive(Debug)]
#[expect(missing_docs, reason = "each name says which words they are; the English is the documentation")]
pub struct FireWords {
    pub picture: &'static str,
    pub crackle: &'static str,
    pub silence: &'static str,
}

/// The line that says where one is.
#[derive(Debug)]
#[expect(missing_docs, reason = "each name says which sentence it is; the English is the documentation")]
pub struct StatusWords {
    pub ready: &'static str,
    pub asking: &'static str,
    pub connecting: &'static str,
    pub reconnecting: &'static str,
    pub rejoining: &'static str,
    pub left: &'static str,
    pub sound_blocked: &'static str,
    pub waiting: &'static str,
    pub provider_left: &'static str,
    pub provider_interrupted: &'static str,
    pub provider_here: &'static str,
    pub patient_left: &'static str,
    pub no_patient: &'static str,
    pub patient_interrupted: &'static str,
    pub patient_here: &'static str,
    pub more_patients: &'static str,
}

/// The notices of failures.
#[derive(Debug)]
#[expect(missing_docs, reason = "each name says which failure it is; the English is the documentation")]
pub struct AdviceWords {
    pub help: &'static str,
    pub help_provider: &'static str,
    pub denied: Told,
    pub no_device: Told,
    pub in_use: Told,
    pub insecure: Told,
    pub not_loaded: Told,
    pub token: Told,
    pub unreachable: Told,
    pub no_room: Told,
    pub unsupported: Told,
    pub put_out: Told,
    pub full: Told,
    pub completed: Told,
    pub time_is_up: Told,
    pub media_stuck: Told,
}

/// The notice of a device that fails in a call: title and meaning, and the steps by what is wrong with it.
#[derive(Debug)]
#[expect(missing_docs, reason = "each name says which case it is; the English is the documentation")]
pub struct DevicesWords {
    pub both: [&'static str; 2],
    pub camera: [&'static str; 2],
    pub microphone: [&'static str; 2],
    pub silent: [&'static str; 2],
    pub denied: [&'static str; 2],
    pub missing: [&'static str; 2],
    pub refused: [&'static str; 2],
    pub ended: [&'static str; 2],
}
