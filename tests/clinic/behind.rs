//! Streams that fall behind: a page that reads too slowly, or was away for long, learns how everything stands.

use crate::{
    OKAFOR, PROVIDER, admit, at_the_desk, database::Place, database::on_every_database, seat, waiting,
};
use owl_hospital::{
    api::{
        clinic::{QueueItem, SeatItem},
        wire,
    },
    domain::{
        check::Readiness,
        visit::{Actor, Change, Command, StaffId, StaffRole},
    },
    server::clinic::{AuditActor, Clinic, Feed, Message, QueueFeed, SeatFeed, Tidings},
};
use std::{sync::Arc, time::Duration};

on_every_database! {
    a_patients_page_that_fell_behind_follows_whoever_has_the_visit_now,
    a_patients_page_that_fell_behind_learns_that_its_link_was_taken_away,
    a_queue_that_missed_too_much_gets_everything_anew,
}

const LINDQVIST: StaffId = StaffId(8);

/// More than anybody's stream holds of what concerns one provider's patients.
const MANY: usize = 300;

/// What comes next. A stream that has nothing to say would wait for ever.
pub async fn message(feed: &mut impl Feed) -> Message {
    tokio::time::timeout(Duration::from_secs(20), feed.next()).await.unwrap().unwrap()
}

pub async fn next(feed: &mut SeatFeed) -> SeatItem {
    wire::from_text(&message(feed).await.text).unwrap()
}

/// Nobody has read meanwhile: what was told first is lost.
fn much_happens(clinic: &Clinic) {
    for _ in 0..MANY {
        clinic.hub().tell_those_who_wait(OKAFOR, Tidings::Desk);
    }
}

async fn a_patients_page_that_fell_behind_follows_whoever_has_the_visit_now(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let session = seat(&clinic, visit).await;
    let mut feed = SeatFeed::open(&clinic, session, "", None, None).await.unwrap();
    assert!(matches!(next(&mut feed).await, SeatItem::Snapshot(_)));

    let lindqvist = Actor::Staff(LINDQVIST, StaffRole::Provider);
    clinic.carry_out(visit, Command::TakeOver, lindqvist).await.unwrap();
    much_happens(&clinic);
    let SeatItem::Snapshot(view) = next(&mut feed).await else { panic!("no snapshot") };
    assert_eq!(view.visit.provider, LINDQVIST);

    clinic.carry_out(visit, admit(), lindqvist).await.unwrap();
    loop {
        if let SeatItem::Event(event) = next(&mut feed).await {
            assert!(matches!(event.change, Change::Admitted { .. }), "{event:?}");
            break;
        }
    }
}

async fn a_patients_page_that_fell_behind_learns_that_its_link_was_taken_away(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let session = seat(&clinic, visit).await;
    let place_in_it = session.seat;
    let mut feed = SeatFeed::open(&clinic, session, "", None, None).await.unwrap();
    assert!(matches!(next(&mut feed).await, SeatItem::Snapshot(_)));
    clinic.revoke_links(visit, place_in_it, AuditActor::System).await.unwrap();
    much_happens(&clinic);
    let last = message(&mut feed).await;
    assert!(last.is_last);
    assert_eq!(wire::from_text(&last.text), Some(SeatItem::Over));
}

async fn a_queue_that_missed_too_much_gets_everything_anew(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let patient = seat(&clinic, visit).await;
    let before = clinic.hub().last();
    for count in 0..500 {
        let tried = if count % 2 == 0 { Readiness::WithoutCamera } else { Readiness::Ready };
        clinic.tell_devices(&patient, tried).await.unwrap();
    }
    let mut feed = QueueFeed::open(&clinic, at_the_desk(&clinic).await, "build", Some(before)).await.unwrap();
    let mut items = Vec::new();
    for _ in 0..2 {
        items.push(wire::from_text::<QueueItem>(&message(&mut feed).await.text).unwrap());
    }
    let [QueueItem::Build(_), QueueItem::Snapshot(view)] = &items[..] else { panic!("{items:?}") };
    assert_eq!(view.last, clinic.hub().last());
    // And goes on from there.
    clinic.carry_out(visit, admit(), PROVIDER).await.unwrap();
    loop {
        let item = wire::from_text(&message(&mut feed).await.text).unwrap();
        if let QueueItem::Event(id, event) = item {
            assert!(id == visit && matches!(event.change, Change::Admitted { .. }), "{event:?}");
            break;
        }
    }
}
