//! What must be so after every step, compared with what the simulation itself knows.

use super::{patient::Patient, world::World};
use owl_hospital::domain::{
    queue,
    visit::{Actor, SeatId, StaffId, StaffRole, Visit},
};
use std::collections::HashSet;

/// After something happened to one of them.
pub fn check(world: &World, touched: usize) {
    let patient = &world.patients[touched];
    let (visit, truth) = (&patient.visit, &patient.truth);

    // Invariant 1: the waiting room is visible exactly while the patient waits and no provider is with them.
    let waits = truth.first_check_in.is_some() && !truth.is_over && !truth.provider_is_with_them;
    assert_eq!(
        visit.waiting_room_visible(truth.provider_is_with_them),
        waits,
        "invariant 1: {:?}",
        visit.stage
    );

    // Invariant 2: nobody has a token for anything but the room that a provider has opened, and only who is in the visit.
    assert_eq!(visit.room_for(Actor::Patient).ok(), truth.room, "invariant 2");
    for provider in &world.providers {
        let room = visit.room_for(Actor::Staff(provider.id, StaffRole::Provider)).ok();
        assert_eq!(room, truth.room.filter(|_| visit.provider == provider.id), "invariant 2: providers");
    }
    let others = [
        Actor::Staff(StaffId(91), StaffRole::FrontDesk),
        Actor::Staff(StaffId(92), StaffRole::Admin),
        Actor::Guest(SeatId(93)),
        Actor::System,
    ];
    assert!(others.iter().all(|other| visit.room_for(*other).is_err()), "invariant 2: others");

    // Invariant 3: no two patients are ever in one room.
    let mut rooms = HashSet::new();
    let open = world.patients.iter().filter_map(|patient| patient.visit.room_for(Actor::Patient).ok());
    for room in open {
        assert!(rooms.insert(room), "invariant 3: two patients in a room");
    }

    // Invariant 4: the place and the time of the wait survive whatever happens.
    assert_eq!(visit.checked_in_at, truth.first_check_in, "invariant 4: the original time");
    let mut waiting: Vec<&Patient> = world
        .patients
        .iter()
        .filter(|other| other.visit.is_in_queue() && other.visit.provider == visit.provider)
        .collect();
    waiting.sort_by_key(|patient| queue::order(&patient.visit));
    let came: Vec<_> = waiting.iter().map(|patient| patient.truth.first_check_in).collect();
    assert!(came.is_sorted(), "invariant 4: who came first is first");
    let waited = queue::waited_minutes(visit, world.now);
    let since = truth.first_check_in.map(|since| world.now.since(since).as_secs() / 60);
    assert_eq!(waited, since, "invariant 4: the wait counts from the first check-in");
}

/// When the day is over.
pub fn check_day(world: &World) {
    for patient in &world.patients {
        assert!(patient.visit.stage.is_over(), "{:?} waits for ever: {:?}", patient.id, patient.visit);
        assert_eq!(Visit::of(&patient.log).as_ref(), Some(&patient.visit), "the log is all there is");
        assert_eq!(patient.visit.seq, patient.log.len() as u64);
    }
}
