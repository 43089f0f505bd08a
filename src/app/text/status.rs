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
    if call.sound_blocked() {
        return "Your browser keeps the sound off. Press Turn on sound.";
    }
    let other = call.role().counterpart();
    let them = || call.remotes().iter().filter(|remote: &&Remote| remote.role() == other);
    let here = them().count();
    let interrupted = here > 0 && them().all(|remote| remote.reconnecting);
    match (other, here, interrupted) {
        (Role::Provider, 0, _) if call.had_company() => {
            "Your provider has left the room. If your visit is over, press Leave Room. If not, please stay."
        }
        (Role::Provider, 0, _) => "You are in the waiting room.",
        (Role::Provider, _, true) => {
            "Your provider’s connection was interrupted. Please stay: it should come back."
        }
        (Role::Provider, _, false) => "Your provider is here.",
        (_, 0, _) if call.had_company() => "Your patient has left the room.",
        (_, 0, _) => "You are in the room. No patient is here yet.",
        (_, _, true) => "Your patient’s connection was interrupted. Please stay: it should come back.",
        (_, 1, _) => "Your patient is here.",
        (_, _, false) => "More than one patient is here. Please check who you are talking with.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::call::{Event, MediaWish, Report};
    use std::time::Duration;

    #[test]
    fn a_provider_who_left_is_not_said_to_come_shortly_only() {
        let mut call = Call::new(Role::Patient, 0);
        let mut feed = |event| call.handle(event, Duration::ZERO);
        feed(Event::Join(MediaWish::Nothing));
        let attempt = call.attempt();
        let report = |call: &mut Call, report| {
            call.handle(Event::reported(attempt, report), Duration::ZERO);
            status(call)
        };
        report(&mut call, Report::TicketReady);
        assert_eq!(report(&mut call, Report::Connected(vec![])), "You are in the waiting room.");
        let provider = Remote::new("PA1", "provider-1");
        assert_eq!(report(&mut call, Report::ParticipantJoined(provider)), "Your provider is here.");
        assert!(
            report(&mut call, Report::ParticipantLeft("PA1".into())).starts_with("Your provider has left")
        );
    }
}
