//! A camera or microphone that fails in a call, told one by one.

use super::super::*;
use super::world::World;
use crate::domain::Role;

const CAMERA: TrackKind = TrackKind::Video;
const MICROPHONE: TrackKind = TrackKind::Audio;

fn joined(wish: MediaWish) -> (World, Attempt) {
    let mut world = World::new(Role::Patient);
    world.feed(Event::Join(wish));
    let asked = world.call.attempt();
    world.report(Report::MediaReady);
    world.report(Report::TicketReady);
    world.report(Report::Connected(vec![]));
    (world, asked)
}

fn say(world: &mut World, asked: Attempt, kind: TrackKind, news: DeviceNews) {
    assert_eq!(world.feed(Event::Device { asked, kind, news }), [], "news ask for nothing");
}

#[test]
fn a_camera_that_ends_is_not_said_to_be_on_and_the_call_goes_on() {
    let (mut world, asked) = joined(MediaWish::CameraAndMicrophone);
    say(&mut world, asked, CAMERA, DeviceNews::Ended);
    assert_eq!(world.call.phase(), Phase::InRoom);
    assert!(world.call.device_fails(CAMERA) && !world.call.sends(CAMERA));
    assert!(!world.call.device_fails(MICROPHONE) && world.call.sends(MICROPHONE));
}

#[test]
fn a_device_that_ended_is_started_again_when_asked_and_not_twice_at_a_time() {
    let (mut world, asked) = joined(MediaWish::CameraAndMicrophone);
    assert_eq!(world.feed(Event::Restart(CAMERA)), [], "it works");
    say(&mut world, asked, CAMERA, DeviceNews::Ended);
    let begun = [Effect::Switch(CAMERA, true), Effect::Restart(asked, CAMERA)];
    assert_eq!(world.feed(Event::Restart(CAMERA)), begun);
    assert_eq!(world.feed(Event::Restart(CAMERA)), []);
    say(&mut world, asked, CAMERA, DeviceNews::Ended);
    assert_eq!(world.call.device(CAMERA), Device::Restarting, "the old track's end is part of it");
    say(&mut world, asked, CAMERA, DeviceNews::Refused(MediaFailure::NoDevice));
    assert_eq!(world.call.device(CAMERA), Device::Refused(MediaFailure::NoDevice));
    assert_eq!(world.feed(Event::Restart(CAMERA)), begun);
    say(&mut world, asked, CAMERA, DeviceNews::Works);
    assert!(world.call.sends(CAMERA) && !world.call.device_fails(CAMERA));
}

#[test]
fn who_was_muted_when_the_microphone_went_is_heard_after_turning_it_on() {
    let (mut world, asked) = joined(MediaWish::MicrophoneOnly);
    world.feed(Event::Switch(MICROPHONE, false));
    say(&mut world, asked, MICROPHONE, DeviceNews::Ended);
    world.feed(Event::Restart(MICROPHONE));
    say(&mut world, asked, MICROPHONE, DeviceNews::Works);
    assert!(world.call.sends(MICROPHONE));
}

#[test]
fn a_silence_is_told_when_it_lasts_and_taken_back_when_it_ends() {
    let (mut world, asked) = joined(MediaWish::CameraAndMicrophone);
    say(&mut world, asked, MICROPHONE, DeviceNews::Silent(true));
    assert!(world.call.sends(MICROPHONE), "a moment is nothing");
    say(&mut world, asked, MICROPHONE, DeviceNews::Silent(false));
    assert_eq!(world.call.next_deadline(), None);

    say(&mut world, asked, MICROPHONE, DeviceNews::Silent(true));
    world.now = world.call.next_deadline().expect("a time to tell it");
    assert_eq!(world.now, SILENCE_PATIENCE);
    world.feed(Event::Tick);
    assert_eq!(world.call.device(MICROPHONE), Device::Silent);
    say(&mut world, asked, MICROPHONE, DeviceNews::Works);
    assert!(world.call.device_fails(MICROPHONE), "started, and still silent");
    say(&mut world, asked, MICROPHONE, DeviceNews::Silent(false));
    assert!(world.call.sends(MICROPHONE));
}

#[test]
fn devices_outlive_a_rejoin_and_their_news_too() {
    let (mut world, asked) = joined(MediaWish::CameraAndMicrophone);
    world.report(Report::Disconnected(Some(53001)));
    assert_ne!(world.call.attempt(), asked);
    say(&mut world, asked, CAMERA, DeviceNews::Ended);
    assert!(world.call.device_fails(CAMERA));
    assert_eq!(
        world.feed(Event::Restart(CAMERA)),
        [Effect::Switch(CAMERA, true), Effect::Restart(asked, CAMERA)]
    );
}

#[test]
fn the_devices_of_an_earlier_join_say_nothing_about_this_one() {
    let (mut world, earlier) = joined(MediaWish::CameraAndMicrophone);
    world.feed(Event::Leave);
    say(&mut world, earlier, CAMERA, DeviceNews::Ended);
    world.feed(Event::Join(MediaWish::CameraAndMicrophone));
    let asked = world.call.attempt();
    world.report(Report::MediaReady);
    world.report(Report::TicketReady);
    world.report(Report::Connected(vec![]));
    say(&mut world, earlier, CAMERA, DeviceNews::Ended);
    assert!(world.call.sends(CAMERA));
    say(&mut world, asked, CAMERA, DeviceNews::Ended);
    assert!(!world.call.sends(CAMERA));
    world.feed(Event::Leave);
    world.feed(Event::Join(MediaWish::CameraAndMicrophone));
    assert!(world.call.sends(CAMERA), "a new join begins anew");
}
