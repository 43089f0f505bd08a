//! Every sequence of up to seven events, and long random ones.

use super::super::*;
use super::world::World;
use crate::domain::Role;
use proptest::prelude::*;
use std::collections::HashSet;

fn provider() -> Remote {
    Remote { publishes: true, ..Remote::new("PA1", "provider-1") }
}

/// The provider once more, in another tab.
fn other_tab() -> Remote {
    Remote { publishes: true, ..Remote::new("PA3", "provider-3") }
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
        Event::Join(MediaWish::MicrophoneOnly),
        Event::Join(MediaWish::CameraOnly),
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
        Report::Connected(vec![provider(), other_tab()]),
        Report::ConnectFailed(None),
        Report::ConnectFailed(Some(code::ROOM_FULL)),
        Report::ParticipantJoined(provider()),
        Report::ParticipantJoined(other_tab()),
        Report::ParticipantJoined(guest()),
        Report::ParticipantLeft("PA1".into()),
        Report::ParticipantLeft("PA3".into()),
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
        Report::Disconnected(Some(53000)),
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

/// How far a walk came.
#[derive(Debug, PartialEq, Eq)]
struct Walked {
    /// Different states of machine and model together, and
    states: usize,
    /// events that one of them was given.
    events: usize,
}

/// Gives every event to every state that so many events lead to. Whatever led to a state, what it does next is the same: so this
/// is every sequence of that length, and each is looked at once.
fn walk(start: World, depth: usize) -> Walked {
    let alphabet = alphabet();
    let mut seen = HashSet::from([start.clone()]);
    let (mut newest, mut events) = (vec![start], 0);
    for _ in 0..depth {
        let mut reached = Vec::new();
        for (world, symbol) in
            newest.iter().flat_map(|world| alphabet.iter().map(move |symbol| (world, symbol)))
        {
            let mut next = world.clone();
            feed(&mut next, symbol);
            events += 1;
            if !seen.contains(&next) {
                seen.insert(next.clone());
                reached.push(next);
            }
        }
        newest = reached;
    }
    Walked { states: seen.len(), events }
}

// The counts are what was counted. They change with the machine, the model and the alphabet, and with nothing else: a walk that
// comes less far, or an event that does nothing any more, does not pass unseen.

#[test]
fn invariant_1_and_5_hold_for_every_sequence_of_seven_events() {
    for (role, states, events) in [(Role::Patient, 8_137, 147_204), (Role::Provider, 7_715, 140_130)] {
        assert_eq!(walk(World::new(role), 7), Walked { states, events }, "as {role:?}");
    }
}

/// Seven events hardly get further than the room: walk on from inside it as well.
#[test]
fn invariant_1_and_5_hold_for_every_sequence_of_six_events_in_the_room() {
    for (name, mut world, states, events) in [
        ("a patient", World::new(Role::Patient), 12_269, 229_662),
        ("a patient in changing rooms", World::in_changing_rooms(Role::Patient), 13_014, 245_322),
        ("a provider", World::new(Role::Provider), 11_585, 214_164),
        ("a guest", World::new(Role::Guest), 12_269, 229_662),
    ] {
        world.feed(Event::Join(MediaWish::CameraAndMicrophone));
        world.report(Report::TicketReady);
        world.report(Report::MediaReady);
        world.report(Report::Connected(vec![guest()]));
        assert_eq!(walk(world, 6), Walked { states, events }, "as {name}");
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
