//! The one line that says where you are. It is a live region: a change is read out.

use crate::domain::{
    Role,
    call::{Call, Phase, Remote},
};

/// Where the person is and what happens next. Empty when a notice says it better.
pub fn status(call: &Call) -> &'static str {
    match call.phase() {
        Phase::Ready => "When you are ready, press Join Room.",
        Phase::AskingForMedia => "Please allow the camera and microphone when your browser asks.",
        Phase::Connecting => "Connecting you…",
        Phase::InRoom => in_room(call),
        Phase::Reconnecting => "Your connection was interrupted. Please stay: we are getting it back.",
        Phase::Rejoining => "The connection was lost. We are bringing you back. There is nothing to press.",
        Phase::Left => "You have left the room. Your camera and microphone are off.",
        Phase::Failed(_) => "",
    }
}

fn in_room(call: &Call) -> &'static str {
    let interrupted = |role| {
        let mut them = call.remotes().iter().filter(|remote: &&Remote| remote.role() == role).peekable();
        them.peek().is_some() && them.all(|remote| remote.reconnecting)
    };
    let here = |role| call.remotes().iter().any(|remote| remote.role() == role);
    match call.role() {
        Role::Patient | Role::Guest => match (here(Role::Provider), interrupted(Role::Provider)) {
            (true, true) => "Your provider’s connection was interrupted. Please stay: it should come back.",
            (true, false) => "Your provider is here.",
            (false, _) => "You are in the waiting room.",
        },
        Role::Provider => match (here(Role::Patient), interrupted(Role::Patient)) {
            (true, true) => "Your patient’s connection was interrupted. Please stay: it should come back.",
            (true, false) => "Your patient is here.",
            (false, _) => "You are in the room. No patient is here yet.",
        },
    }
}
