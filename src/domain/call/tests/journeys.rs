//! Single journeys, told one by one.

use super::super::*;
use super::world::World;
use crate::domain::Role;
use std::time::Duration;

fn joined(role: Role, remotes: Vec<Remote>) -> World {
    joined_in(World::new(role), remotes)
}

fn joined_in(mut world: World, remotes: Vec<Remote>) -> World {
    world.feed(Event::Join(MediaWish::CameraAndMicrophone));
    world.report(Report::MediaReady);
    world.report(Report::TicketReady);
    world.report(Report::Connected(remotes));
    world
}

fn provider() -> Remote {
    Remote { publishes: true, ..Remote::new("PA1", "provider-1") }
}

#[test]
fn ticket_and_media_are_asked_for_together() {
    let mut world = World::new(Role::Patient);
    let effects = world.feed(Event::Join(MediaWish::MicrophoneOnly));
    let attempt = world.call.attempt();
    assert_eq!(
        effects,
        [Effect::FetchTicket(attempt), Effect::AskForMedia(attempt, MediaWish::MicrophoneOnly)]
    );
    assert_eq!(world.report(Report::TicketReady), []);
    assert_eq!(world.report(Report::MediaReady), [Effect::Connect(attempt)]);
}

#[test]
fn a_reconnecting_provider_still_counts_as_in_the_room() {
    let mut world = joined(Role::Patient, vec![provider()]);
    world.report(Report::ParticipantReconnecting("PA1".into(), true));
    assert!(!world.call.waiting_room_visible());
    assert!(world.call.remotes()[0].reconnecting);
    world.report(Report::ParticipantLeft("PA1".into()));
    assert!(world.call.waiting_room_visible());
}

#[test]
fn one_of_two_providers_leaving_does_not_bring_the_waiting_room_back() {
    let mut world = joined(Role::Patient, vec![provider(), Remote::new("PA9", "provider-9")]);
    world.report(Report::ParticipantLeft("PA1".into()));
    assert!(!world.call.waiting_room_visible());
}

#[test]
fn a_call_that_the_sdk_gave_up_is_rejoined_with_a_new_ticket_and_the_camera_on() {
    for code in [53405, 53001, 53000] {
        let mut world = joined(Role::Patient, vec![provider()]);
        assert_eq!(world.report(Report::Disconnected(Some(code))), [Effect::Disconnect]);
        assert_eq!(world.call.phase(), Phase::Rejoining);
        assert!(world.call.waiting_room_visible());
        world.now = world.call.next_deadline().expect("a time to try again");
        assert!(world.now <= Duration::from_secs(1));
        assert_eq!(world.feed(Event::Tick), [Effect::FetchTicket(world.call.attempt())]);
        assert_eq!(world.report(Report::TicketFailed(TicketFailure::Unreachable)), [Effect::Disconnect]);
        world.now = world.call.next_deadline().expect("another time to try again");
        world.feed(Event::Tick);
        assert_eq!(world.report(Report::TicketReady), [Effect::Connect(world.call.attempt())]);
        world.report(Report::Connected(vec![provider()]));
        assert_eq!(world.call.phase(), Phase::InRoom);
        assert!(!world.call.waiting_room_visible());
    }
}

#[test]
fn a_visit_goes_on_in_another_room_with_the_camera_on() {
    for code in [Some(code::ROOM_COMPLETED), None] {
        let mut world = joined_in(World::in_changing_rooms(Role::Patient), vec![provider()]);
        assert_eq!(world.report(Report::Disconnected(code)), [Effect::Disconnect]);
        assert!(world.call.waiting_room_visible());
        world.now = world.call.next_deadline().expect("a time to ask");
        world.feed(Event::Tick);
        assert_eq!(world.report(Report::TicketReady), [Effect::Connect(world.call.attempt())]);
        world.report(Report::Connected(vec![provider()]));
        assert_eq!(world.call.phase(), Phase::InRoom);
        // Another trouble is no end of the room.
        world.report(Report::Disconnected(Some(53001)));
        world.now = world.call.next_deadline().expect("a time to ask");
        world.feed(Event::Tick);
        world.report(Report::TicketFailed(TicketFailure::Refused));
        assert_eq!(world.call.phase(), Phase::Failed(Failure::Token));
    }
}

#[test]
fn an_ended_visit_is_told_as_one_once_there_is_no_ticket_for_it() {
    let mut world = joined_in(World::in_changing_rooms(Role::Patient), vec![provider()]);
    world.report(Report::Disconnected(Some(code::ROOM_COMPLETED)));
    world.now = world.call.next_deadline().expect("a time to ask");
    world.feed(Event::Tick);
    assert_eq!(
        world.report(Report::TicketFailed(TicketFailure::Refused)),
        [Effect::Disconnect, Effect::StopMedia]
    );
    assert_eq!(world.call.phase(), Phase::Failed(Failure::Completed));
}

#[test]
fn a_seat_taken_over_is_not_taken_back() {
    let mut world = joined(Role::Patient, vec![]);
    let effects = world.report(Report::Disconnected(Some(code::DUPLICATE_IDENTITY)));
    assert_eq!(effects, [Effect::Disconnect, Effect::StopMedia]);
    assert_eq!(world.call.phase(), Phase::Failed(Failure::PutOut));
}

#[test]
fn who_has_stayed_for_as_long_as_the_room_allows_does_not_come_back_by_itself() {
    let mut world = joined(Role::Patient, vec![provider()]);
    let effects = world.report(Report::Disconnected(Some(53216)));
    assert_eq!(effects, [Effect::Disconnect, Effect::StopMedia]);
    assert_eq!(world.call.phase(), Phase::Failed(Failure::TimeIsUp));
}

#[test]
fn media_that_does_not_come_is_told_after_ten_seconds_and_taken_back_when_it_does() {
    let mut world = joined(Role::Patient, vec![]);
    assert_eq!(world.call.next_deadline(), None, "alone, nothing is missing");
    world.now = Duration::from_secs(100);
    world.report(Report::ParticipantJoined(provider()));
    assert_eq!(world.call.next_deadline(), Some(Duration::from_secs(110)));
    world.now = Duration::from_secs(110);
    world.feed(Event::Tick);
    assert!(world.call.media_stuck());
    world.report(Report::MediaFlows("PA1".into()));
    assert!(!world.call.media_stuck());
}

#[test]
fn the_media_warning_outlives_the_rejoining_that_the_same_trouble_causes() {
    let mut world = joined(Role::Patient, vec![provider()]);
    world.now = Duration::from_secs(10);
    world.feed(Event::Tick);
    world.report(Report::Disconnected(Some(53405)));
    assert!(world.call.media_stuck());
}

#[test]
fn somebody_who_sends_nothing_is_not_missed() {
    let world = joined(Role::Provider, vec![Remote::new("PA2", "patient-2")]);
    assert_eq!(world.call.next_deadline(), None);
}

#[test]
fn a_server_that_says_nothing_for_ten_seconds_is_unreachable() {
    let mut world = World::new(Role::Patient);
    world.feed(Event::Join(MediaWish::CameraAndMicrophone));
    world.report(Report::MediaReady);
    world.now = world.call.next_deadline().expect("an end of patience");
    assert_eq!(world.now, TICKET_PATIENCE);
    assert_eq!(world.feed(Event::Tick), [Effect::Disconnect, Effect::StopMedia]);
    assert_eq!(world.call.phase(), Phase::Failed(Failure::Unreachable));
}

#[test]
fn what_was_switched_off_stays_off_while_rejoining_and_is_on_at_the_next_join() {
    let mut world = joined(Role::Provider, vec![]);
    assert_eq!(world.feed(Event::Switch(TrackKind::Audio, false)), [Effect::Switch(TrackKind::Audio, false)]);
    world.report(Report::Disconnected(Some(53001)));
    assert!(!world.call.sends(TrackKind::Audio) && world.call.sends(TrackKind::Video));
    world.feed(Event::Leave);
    world.feed(Event::Join(MediaWish::MicrophoneOnly));
    assert!(world.call.sends(TrackKind::Audio) && !world.call.sends(TrackKind::Video));
}

#[test]
fn a_room_that_is_not_there_is_told_and_while_rejoining_tried_again() {
    for code in [53103, 53104, 53106] {
        let mut world = joined(Role::Patient, vec![]);
        world.report(Report::Disconnected(Some(53001)));
        world.now = world.call.next_deadline().expect("a time to try again");
        world.feed(Event::Tick);
        world.report(Report::TicketReady);
        world.report(Report::ConnectFailed(Some(code)));
        assert_eq!(world.call.phase(), Phase::Rejoining);

        world.feed(Event::Leave);
        world.feed(Event::Join(MediaWish::Nothing));
        world.report(Report::TicketReady);
        world.report(Report::ConnectFailed(Some(code)));
        assert_eq!(world.call.phase(), Phase::Failed(Failure::NoRoom));
    }
}

#[test]
fn a_room_that_lets_in_and_throws_out_is_tried_less_and_less_often() {
    let mut world = joined(Role::Patient, vec![]);
    let mut waits = Vec::new();
    for _ in 0..8 {
        world.report(Report::Disconnected(Some(53000)));
        let at = world.call.next_deadline().expect("a time to try again");
        waits.push(at.saturating_sub(world.now));
        world.now = at;
        world.feed(Event::Tick);
        world.report(Report::TicketReady);
        world.report(Report::Connected(vec![]));
    }
    assert!(waits[0] <= Duration::from_millis(250) && waits[7] >= Duration::from_secs(4), "{waits:?}");
    world.now += Duration::from_secs(10);
    world.report(Report::Disconnected(Some(53000)));
    let wait = world.call.next_deadline().expect("a time to try again").saturating_sub(world.now);
    assert!(wait <= Duration::from_millis(250), "a call that lasted begins anew: {wait:?}");
}

#[test]
fn the_sound_button_goes_with_the_last_one_who_can_be_heard() {
    let mut world = joined(Role::Patient, vec![provider()]);
    world.report(Report::SoundBlocked(true));
    assert!(!world.call.sound_blocked(), "there is nothing to hear yet");
    let sound = RemoteTrack { sid: "MT1".into(), kind: TrackKind::Audio, enabled: true };
    world.report(Report::TrackAdded("PA1".into(), sound));
    world.report(Report::SoundBlocked(true));
    assert!(world.call.sound_blocked());
    world.report(Report::ParticipantLeft("PA1".into()));
    assert!(!world.call.sound_blocked());
}

#[test]
fn a_ticket_that_grew_old_while_the_browser_asked_is_fetched_again() {
    let mut world = World::new(Role::Patient);
    world.feed(Event::Join(MediaWish::CameraAndMicrophone));
    world.report(Report::TicketReady);
    world.now = Duration::from_mins(5);
    assert_eq!(world.report(Report::MediaReady), [Effect::FetchTicket(world.call.attempt())]);
    assert_eq!(world.report(Report::TicketReady), [Effect::Connect(world.call.attempt())]);
}

#[test]
fn who_is_held_back_is_in_the_room_and_publishes_only_when_released() {
    let mut world = World::new(Role::Patient);
    world.feed(Event::Hold(true));
    world.feed(Event::Join(MediaWish::CameraAndMicrophone));
    world.report(Report::MediaReady);
    world.report(Report::TicketReady);
    assert_eq!(world.report(Report::Connected(vec![provider()])), []);
    assert!(!world.call.waiting_room_visible() && !world.call.sends(TrackKind::Video));
    assert_eq!(world.feed(Event::Hold(false)), [Effect::Publish]);
    assert!(world.call.sends(TrackKind::Video));
    assert_eq!(world.feed(Event::Hold(false)), []);
}

#[test]
fn who_is_released_on_the_way_in_publishes_on_arrival() {
    let mut world = World::new(Role::Patient);
    world.feed(Event::Hold(true));
    world.feed(Event::Join(MediaWish::MicrophoneOnly));
    world.report(Report::MediaReady);
    world.report(Report::TicketReady);
    assert_eq!(world.feed(Event::Hold(false)), []);
    assert_eq!(world.report(Report::Connected(vec![])), [Effect::Publish]);
}
