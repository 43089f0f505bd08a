//! Every sequence of up to six events, and long random ones.

use super::super::*;
use super::world::World;
use crate::domain::Role;
use proptest::prelude::*;

fn provider() -> Remote {
    Remote { publishes: true, ..Remote::new("PA1", "provider-1") }
}

fn guest() -> Remote {
    Remote::new("PA2", "guest-2")
}

/// Of the newest join; [`feed`] puts in which one that is.
fn camera(news: DeviceNews) -> Event {
    Event::Device { asked: Attempt::default(), kind: TrackKind::Video, news }
}

/// Everything that can happen. A `None` attempt is the current one; `Some` is a late answer.
fn alphabet() -> Vec<(Option<Attempt>, Result<Event, Report>)> {
    let events = [
        Event::Join(MediaWish::CameraAndMicrophone),
        Event::Join(MediaWish::Nothing),
        Event::Leave,
        Event::PageHidden,
        Event::Tick,
        Event::Switch(TrackKind::Video, false),
        Event::Switch(TrackKind::Audio, true),
        Event::Restart(TrackKind::Video),
        Event::Hold(true),
        Event::Hold(false),
        camera(DeviceNews::Ended),
        camera(DeviceNews::Silent(true)),
        camera(DeviceNews::Works),
        camera(DeviceNews::Refused(MediaFailure::Denied)),
    ];
    let reports = [
        Report::MediaReady,
        Report::MediaFailed(MediaFailure::Denied),
        Report::TicketReady,
        Report::TicketFailed(TicketFailure::Unreachable),
        Report::TicketFailed(TicketFailure::Refused),
        Report::Connected(vec![]),
        Report::Connected(vec![provider(), guest()]),
        Report::ConnectFailed(None),
        Report::ConnectFailed(Some(code::ROOM_FULL)),
        Report::ParticipantJoined(provider()),
        Report::ParticipantJoined(guest()),
        Report::ParticipantLeft("PA1".into()),
        Report::ParticipantReconnecting("PA1".into(), true),
        Report::ParticipantReconnecting("PA1".into(), false),
        Report::ParticipantPublishes("PA2".into()),
        Report::TrackEnabled("PA1".into(), "MT1".into(), false),
        Report::TrackAdded(
            "PA1".into(),
            RemoteTrack { sid: "MT1".into(), kind: TrackKind::Audio, enabled: true },
        ),
        Report::TrackRemoved("PA1".into(), "MT1".into()),
        Report::MediaFlows("PA1".into()),
        Report::Reconnecting,
        Report::Reconnected,
        Report::Disconnected(Some(53001)),
        Report::Disconnected(Some(53405)),
        Report::Disconnected(Some(53216)),
        Report::Disconnected(Some(code::DUPLICATE_IDENTITY)),
        Report::Disconnected(Some(code::ROOM_COMPLETED)),
        Report::Disconnected(None),
        Report::SoundBlocked(true),
        Report::SoundBlocked(false),
        Report::Unsupported,
    ];
    let late = [
        Report::MediaReady,
        Report::TicketReady,
        Report::Connected(vec![provider()]),
        Report::Disconnected(None),
    ];
    events
        .into_iter()
        .map(|event| (None, Ok(event)))
        .chain(reports.into_iter().map(|report| (None, Err(report))))
        .chain(late.into_iter().map(|report| (Some(Attempt(u32::MAX)), Err(report))))
        .collect()
}

fn feed(world: &mut World, symbol: &(Option<Attempt>, Result<Event, Report>)) -> Vec<Effect> {
    match symbol {
        (_, Ok(Event::Tick)) => {
            world.now = world.call.next_deadline().unwrap_or(world.now).max(world.now);
            world.feed(Event::Tick)
        }
        (_, Ok(Event::Device { kind, news, .. })) => {
            world.feed(Event::Device { asked: world.call.devices.asked, kind: *kind, news: *news })
        }
        (_, Ok(event)) => world.feed(event.clone()),
        (None, Err(report)) => world.report(report.clone()),
        (Some(attempt), Err(report)) => world.feed(Event::reported(*attempt, report.clone())),
    }
}

/// Walks on from a world. An event that changes nothing and asks for nothing makes the sequence equal to a shorter one.
fn walk(
    world: &World,
    alphabet: &[(Option<Attempt>, Result<Event, Report>)],
    depth: usize,
    walked: &mut u64,
) {
    for symbol in alphabet {
        let mut next = world.clone();
        let effects = feed(&mut next, symbol);
        *walked += 1;
        if depth > 1 && !(effects.is_empty() && next.call == world.call) {
            walk(&next, alphabet, depth - 1, walked);
        }
    }
}

#[test]
fn invariant_1_and_5_hold_for_every_sequence_of_six_events() {
    for role in [Role::Patient, Role::Provider] {
        let mut walked = 0;
        walk(&World::new(role), &alphabet(), 6, &mut walked);
        assert!(walked > 20_000, "only {walked} sequences: the walk was cut short");
    }
}

/// Six events hardly get further than the room: walk on from inside it as well.
#[test]
fn invariant_1_and_5_hold_for_every_sequence_of_five_events_in_the_room() {
    for mut world in [World::new(Role::Patient), World::in_changing_rooms(Role::Patient)] {
        world.feed(Event::Join(MediaWish::CameraAndMicrophone));
        world.report(Report::TicketReady);
        world.report(Report::MediaReady);
        world.report(Report::Connected(vec![guest()]));
        let mut walked = 0;
        walk(&world, &alphabet(), 5, &mut walked);
        assert!(walked > 50_000, "only {walked} sequences: the walk was cut short");
    }
}

proptest! {
    #[test]
    fn invariant_1_and_5_hold_for_long_random_sequences(
        changing in any::<bool>(),
        choices in prop::collection::vec(any::<prop::sample::Index>(), 1..200),
    ) {
        let alphabet = alphabet();
        let start = if changing { World::in_changing_rooms } else { World::new };
        let mut world = start(Role::Patient);
        for choice in choices {
            feed(&mut world, choice.get(&alphabet));
        }
    }
}
