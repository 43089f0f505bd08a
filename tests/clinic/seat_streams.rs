//! A patient's stream knows who may be here, and whose queue counts, as of the moment from which it listens (invariant 4): whatever
//! happened between the page's request and that, or between two providers, is not lost.

use crate::{
    OKAFOR,
    behind::{message, next},
    database::{Place, on_every_database},
    seat, waiting,
};
use owl_hospital::{
    api::{clinic::SeatItem, wire},
    domain::visit::{Actor, Command, Presence, StaffId, StaffRole, VisitId},
    server::clinic::{AuditActor, Clinic, SeatFeed, SeatSession, Tidings, Whence},
};
use std::{sync::Arc, time::Duration};

on_every_database! {
    invariant_4_a_page_whose_place_was_taken_before_its_stream_listens_says_so_and_keeps_nobody_here,
    a_page_whose_link_was_taken_away_before_its_stream_listens_is_told_that_it_is_over,
    invariant_4_a_page_learns_that_another_device_came_while_the_visit_was_handed_over,
    a_page_follows_a_visit_that_is_handed_over_twice_at_once,
    a_page_whose_link_is_taken_away_while_the_visit_is_handed_over_is_told_so,
    who_takes_a_place_tells_the_queue_in_which_the_visit_is_by_then,
    a_stream_that_is_resumed_says_what_was_corrected_meanwhile,
}

const LINDQVIST: Actor = Actor::Staff(StaffId(8), StaffRole::Provider);
const MOREAU: Actor = Actor::Staff(StaffId(9), StaffRole::Provider);

/// A page's stream, which has said how everything stands.
async fn stream(clinic: &Arc<Clinic>, session: SeatSession) -> SeatFeed {
    let mut feed = SeatFeed::open(clinic, session, "", None, None).await.unwrap();
    assert!(matches!(next(&mut feed).await, SeatItem::Snapshot(_)));
    feed
}

async fn is_over(mut feed: SeatFeed) {
    let last = message(&mut feed).await;
    assert!(last.is_last, "{}", last.text);
    assert_eq!(wire::from_text(&last.text), Some(SeatItem::Over));
}

/// The first that says where the place is.
async fn elsewhere(feed: &mut SeatFeed) -> bool {
    loop {
        match next(feed).await {
            SeatItem::Facts(facts) => return facts.elsewhere,
            SeatItem::Snapshot(view) => return view.facts.elsewhere,
            _ => {}
        }
    }
}

async fn is_away(clinic: &Clinic, visit: VisitId) -> bool {
    clinic.look_for_absences(clinic.now().plus(Duration::from_secs(40))).await.unwrap();
    matches!(clinic.visit(visit).await.unwrap().unwrap().presence, Presence::Away { .. })
}

async fn invariant_4_a_page_whose_place_was_taken_before_its_stream_listens_says_so_and_keeps_nobody_here(
    place: Place,
) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    for after in [None, Some(clinic.hub().last())] {
        // It was recognised, and then another device came.
        let recognised = seat(&clinic, visit).await;
        seat(&clinic, visit).await;
        let mut feed = SeatFeed::open(&clinic, recognised, "", after, None).await.unwrap();
        assert!(elsewhere(&mut feed).await);
        assert!(is_away(&clinic, visit).await, "a page that has the place no more keeps nobody here");
    }
}

async fn a_page_whose_link_was_taken_away_before_its_stream_listens_is_told_that_it_is_over(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    for after in [None, Some(clinic.hub().last())] {
        let recognised = seat(&clinic, visit).await;
        clinic.revoke_links(visit, recognised.seat, AuditActor::System).await.unwrap();
        is_over(SeatFeed::open(&clinic, recognised, "", after, None).await.unwrap()).await;
    }
}

async fn invariant_4_a_page_learns_that_another_device_came_while_the_visit_was_handed_over(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let mut feed = stream(&clinic, seat(&clinic, visit).await).await;
    // It has not heard of the new provider yet, so nobody listens there.
    clinic.carry_out(visit, Command::TakeOver, LINDQVIST).await.unwrap();
    seat(&clinic, visit).await;
    assert!(elsewhere(&mut feed).await);
    assert!(is_away(&clinic, visit).await);
}

async fn a_page_follows_a_visit_that_is_handed_over_twice_at_once(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let mut feed = stream(&clinic, seat(&clinic, visit).await).await;
    clinic.carry_out(visit, Command::TakeOver, LINDQVIST).await.unwrap();
    clinic.carry_out(visit, Command::TakeOver, MOREAU).await.unwrap();
    assert!(!elsewhere(&mut feed).await);
    // Told to those who wait for the one who has the visit now.
    seat(&clinic, visit).await;
    assert!(elsewhere(&mut feed).await);
}

async fn a_page_whose_link_is_taken_away_while_the_visit_is_handed_over_is_told_so(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let patient = seat(&clinic, visit).await;
    let feed = stream(&clinic, patient.clone()).await;
    clinic.carry_out(visit, Command::TakeOver, LINDQVIST).await.unwrap();
    clinic.revoke_links(visit, patient.seat, AuditActor::System).await.unwrap();
    is_over(feed).await;
}

async fn who_takes_a_place_tells_the_queue_in_which_the_visit_is_by_then(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let patient = seat(&clinic, visit).await;
    let link = clinic.issue_link(visit, patient.seat, AuditActor::System).await.unwrap();
    let mut told = clinic.hub().watch(StaffId(8));
    // Both wait until nobody writes: who comes in has seen then that the visit is Dr. Okafor's.
    let writing = clinic.store().begin().await.unwrap();
    let handing_over = clinic.carry_out(visit, Command::TakeOver, LINDQVIST);
    let coming = clinic.enter_by_secret(&link.secret, Whence::Unknown);
    let until_both_wait = async {
        for _ in 0..50 {
            clinic.store().read(visit).await.unwrap();
        }
        assert_eq!(clinic.visit(visit).await.unwrap().unwrap().provider, OKAFOR);
        drop(writing);
    };
    let (handed_over, came, ()) = tokio::join!(handing_over, coming, until_both_wait);
    handed_over.unwrap();
    came.unwrap();
    let mut seats = std::iter::from_fn(|| told.try_recv().ok());
    assert!(seats.any(|told| matches!(told, Tidings::Seat(seat) if seat == patient.seat)));
}

async fn a_stream_that_is_resumed_says_what_was_corrected_meanwhile(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let (visit, other) = (waiting(&clinic).await, waiting(&clinic).await);
    let (patient, another) = (seat(&clinic, visit).await, seat(&clinic, other).await);
    let last = clinic.hub().last();
    // While no stream of theirs is open.
    let mut tx = clinic.store().begin().await.unwrap();
    let details = owl_hospital::server::store::VisitDetails { language: "es".into(), ..Default::default() };
    tx.put_details(visit, &details).await.unwrap();
    tx.record_changed(visit, clinic.now()).await.unwrap();
    tx.commit().await.unwrap();
    clinic.tell_of_records().await.unwrap();

    let mut feed = SeatFeed::open(&clinic, patient, "", Some(last), None).await.unwrap();
    assert!(matches!(next(&mut feed).await, SeatItem::Build(_)));
    let SeatItem::Snapshot(view) = next(&mut feed).await else { panic!("nothing of the correction") };
    assert_eq!(view.lang.tag(), "es");

    let mut feed = SeatFeed::open(&clinic, another, "", Some(last), None).await.unwrap();
    assert!(matches!(next(&mut feed).await, SeatItem::Build(_)));
    assert!(matches!(next(&mut feed).await, SeatItem::Facts(_)), "nobody else is told of it");
}
