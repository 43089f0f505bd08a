//! The one line that says where you are. It is a live region: a change is read out.

use super::{CallWords, StatusWords};
use crate::domain::{
    Role,
    call::{Call, Phase, Remote},
};

/// Where the person is and what happens next. Empty when a notice says it better.
pub fn status(words: &CallWords, call: &Call) -> &'static str {
    let words = &words.status;
    match call.phase() {
        Phase::Ready => words.ready,
        Phase::AskingForMedia => words.asking,
        Phase::Connecting => words.connecting,
        Phase::InRoom => in_room(words, call),
        Phase::Reconnecting => words.reconnecting,
        Phase::Rejoining => words.rejoining,
        Phase::Left => words.left,
        Phase::Failed(_) => "",
    }
}

fn in_room(words: &StatusWords, call: &Call) -> &'static str {
    if call.sound_blocked() {
        return words.sound_blocked;
    }
    let other = call.role().counterpart();
    let them = || call.remotes().iter().filter(|remote: &&Remote| remote.role() == other);
    let here = them().count();
    let interrupted = here > 0 && them().all(|remote| remote.reconnecting);
    match (other, here, interrupted) {
        (Role::Provider, 0, _) if call.had_company() => words.provider_left,
        (Role::Provider, 0, _) => words.waiting,
        (Role::Provider, _, true) => words.provider_interrupted,
        (Role::Provider, _, false) => words.provider_here,
        (_, 0, _) if call.had_company() => words.patient_left,
        (_, 0, _) => words.no_patient,
        (_, _, true) => words.patient_interrupted,
        (_, 1, _) => words.patient_here,
        (_, _, false) => words.more_patients,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::ENGLISH, *};
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
            status(&ENGLISH, call)
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
