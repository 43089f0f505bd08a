//! Several processes at one PostgreSQL: what is done at one is seen at all, once, and who is at one is there for all.

use super::{
    OKAFOR, PROVIDER, admit, at_the_desk,
    database::Place,
    past::{in_the_room, past_visits, waits},
    seat, waiting,
};
use owl_hospital::{
    api::{clinic::SeatItem, wire},
    domain::visit::{Actor, Command, Millis, Outcome, Presence, StaffRole, VisitId},
    server::{
        clinic::{AuditActor, Clinic, Feed, QueueFeed, SeatFeed, Tidings, Whence, keep_company},
        store::Staff,
    },
};
use sqlx::Executor;
use std::{sync::Arc, time::Duration};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A process: its clinic, and what keeps it in touch with the others.
struct Node {
    clinic: Arc<Clinic>,
    stopping: CancellationToken,
    company: JoinHandle<()>,
}

impl Node {
    async fn start(place: &Place) -> Self {
        let (clinic, stopping) = (Arc::new(place.clinic().await), CancellationToken::new());
        let company =
            tokio::spawn(keep_company(Arc::clone(&clinic), Some("one".to_owned()), stopping.clone()));
        Self { clinic, stopping, company }
    }

    async fn stop(self) {
        self.stopping.cancel();
        self.company.await.unwrap();
    }

    /// As by `kill -9`: nobody is told.
    async fn kill(self) {
        self.company.abort();
        assert!(self.company.await.unwrap_err().is_cancelled());
    }
}

/// Comes back as soon as it is so; fails the test if it never is.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let coming = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_mins(1), coming).await.is_ok(), "never: {what}");
}

/// How the patient stands in the log.
async fn presence(clinic: &Clinic, visit: VisitId) -> Presence {
    clinic.keep_up().await.unwrap();
    clinic.visit(visit).await.unwrap().unwrap().presence
}

fn much_later(clinic: &Clinic) -> Millis {
    clinic.now().plus(Duration::from_mins(2))
}

#[tokio::test]
async fn a_feed_at_one_node_misses_nothing_of_the_other_and_repeats_nothing() {
    let Some(place) = Place::postgres().await else { return };
    let (one, other) = (Node::start(&place).await, Node::start(&place).await);
    waiting(&one.clinic).await;
    one.clinic.keep_up().await.unwrap();
    let session = at_the_desk(&one.clinic).await;
    // The page knows an event that this node has not heard of yet.
    let mut feed = QueueFeed::open(&other.clinic, session, "", Some(3)).await.unwrap();
    let work = async {
        let visits = (0..20).map(|n| waiting(if n % 2 == 0 { &one.clinic } else { &other.clinic }));
        futures_util::future::join_all(visits).await;
    };
    let read = async {
        let mut ids = Vec::new();
        while ids.last() != Some(&63) {
            ids.extend(feed.next().await.unwrap().id);
        }
        ids
    };
    let ((), ids) =
        tokio::join!(work, async { tokio::time::timeout(Duration::from_mins(1), read).await.unwrap() });
    assert_eq!(ids, (4..=63).collect::<Vec<u64>>());
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn what_one_node_has_answered_another_knows_when_it_is_asked() {
    let Some(place) = Place::postgres().await else { return };
    let (one, other) = (place.clinic().await, place.clinic().await);
    let visit = waiting(&one).await;
    assert!(other.hub().open_visit(visit).is_none(), "nobody has told it");
    other.keep_up().await.unwrap();
    assert!(other.hub().open_visit(visit).is_some());
}

#[tokio::test]
async fn what_is_told_while_nobody_listens_is_found_all_the_same() {
    let Some(place) = Place::postgres().await else { return };
    let (one, other) = (Node::start(&place).await, Node::start(&place).await);
    let listeners =
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let pool = one.clinic.store().pool();
    until("both listen", async || pool.fetch_all(listeners).await.unwrap().len() == 2).await;
    let kill = format!("SELECT pg_terminate_backend(pid) FROM ({listeners}) AS listening");
    pool.execute(sqlx::AssertSqlSafe(kill)).await.unwrap();
    let visit = waiting(&one.clinic).await;
    until("the log is read", async || other.clinic.hub().open_visit(visit).is_some()).await;
    until("both listen again", async || pool.fetch_all(listeners).await.unwrap().len() == 2).await;
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn a_patient_at_one_node_is_away_at_none() {
    let Some(place) = Place::postgres().await else { return };
    let (one, other) = (Node::start(&place).await, Node::start(&place).await);
    let visit = waiting(&one.clinic).await;
    let nowhere = waiting(&one.clinic).await;
    let page = other.clinic.listen(visit, None).await.unwrap();
    other.clinic.show_up().await.unwrap();
    one.clinic.look_around(false).await.unwrap();
    one.clinic.look_for_absences(much_later(&one.clinic)).await.unwrap();
    assert_eq!(presence(&one.clinic, visit).await, Presence::Here);
    assert!(matches!(presence(&one.clinic, nowhere).await, Presence::Away { .. }));
    drop(page);
    other.stop().await;
    one.clinic.look_around(false).await.unwrap();
    one.clinic.look_for_absences(one.clinic.now()).await.unwrap();
    assert_eq!(presence(&one.clinic, visit).await, Presence::Here, "the grace begins when the node goes");
    one.clinic.look_for_absences(much_later(&one.clinic)).await.unwrap();
    assert!(matches!(presence(&one.clinic, visit).await, Presence::Away { .. }));
    one.stop().await;
}

#[tokio::test]
async fn who_sits_at_one_node_is_at_their_desk_for_all() {
    let Some(place) = Place::postgres().await else { return };
    let (one, other) = (Node::start(&place).await, Node::start(&place).await);
    let (mut desks, mut waits) = (one.clinic.watch_desks(), one.clinic.hub().watch(OKAFOR));
    let (at_desk, second_page) = (other.clinic.sit_down(OKAFOR), other.clinic.sit_down(OKAFOR));
    assert_eq!(desks.recv().await.unwrap(), (OKAFOR, true));
    assert!(matches!(waits.recv().await.unwrap(), Tidings::Desk));
    assert!(one.clinic.is_at_desk(OKAFOR));
    drop(second_page);
    drop(at_desk);
    assert_eq!(desks.recv().await.unwrap(), (OKAFOR, false));
    assert!(!one.clinic.is_at_desk(OKAFOR));
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn a_place_taken_at_one_node_is_told_at_the_other() {
    let Some(place) = Place::postgres().await else { return };
    let (one, other) = (Node::start(&place).await, Node::start(&place).await);
    let visit = waiting(&one.clinic).await;
    other.clinic.keep_up().await.unwrap();
    let mut told = other.clinic.hub().watch(OKAFOR);
    let seat = one.clinic.visit(visit).await.unwrap().unwrap().seat;
    let link = one.clinic.issue_link(visit, seat, AuditActor::System).await.unwrap();
    one.clinic.enter_by_secret(&link.secret, Whence::Unknown).await.unwrap();
    assert!(matches!(told.recv().await.unwrap(), Tidings::Seat(known) if known == seat));
    one.clinic.revoke_links(visit, seat, AuditActor::System).await.unwrap();
    assert!(matches!(told.recv().await.unwrap(), Tidings::Seat(known) if known == seat));
    let mut tx = one.clinic.store().begin().await.unwrap();
    tx.record_changed(visit, one.clinic.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(told.recv().await.unwrap(), Tidings::Record(about) if about == visit));
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn a_node_that_is_killed_leaves_no_ghosts_and_its_patients_get_the_full_grace() {
    let Some(place) = Place::postgres().await else { return };
    let (one, other) = (place.clinic().await, Node::start(&place).await);
    let visit = waiting(&one).await;
    let _page = other.clinic.listen(visit, None).await.unwrap();
    let _desk = other.clinic.sit_down(OKAFOR);
    until("it is known", async || {
        one.look_around(false).await.unwrap();
        one.is_at_desk(OKAFOR)
    })
    .await;
    other.kill().await;
    let mut beats = 0;
    while one.is_at_desk(OKAFOR) {
        one.look_for_absences(much_later(&one)).await.unwrap();
        assert_eq!(presence(&one, visit).await, Presence::Here, "as long as it may live");
        one.show_up().await.unwrap();
        one.look_around(true).await.unwrap();
        beats += 1;
        assert!(beats < 10, "it is never given up");
    }
    assert!(beats > 3, "one silent beat is no death");
    assert_eq!(one.store().nodes().await.unwrap().len(), 1);
    one.look_for_absences(one.now()).await.unwrap();
    assert_eq!(presence(&one, visit).await, Presence::Here, "the grace begins now");
    one.look_for_absences(much_later(&one)).await.unwrap();
    assert!(matches!(presence(&one, visit).await, Presence::Away { .. }));
}

#[tokio::test]
async fn a_node_that_was_taken_for_dead_is_known_again_with_all_its_pages() {
    let Some(place) = Place::postgres().await else { return };
    let (one, other) = (place.clinic().await, Arc::new(place.clinic().await));
    let visit = waiting(&one).await;
    let _page = other.listen(visit, None).await.unwrap();
    other.show_up().await.unwrap();
    one.look_around(false).await.unwrap();
    one.store().leave_nodes(other.store().node(), Some(-1), Millis(1)).await.unwrap();
    assert_eq!(one.store().nodes().await.unwrap().len(), 1, "not if it has moved since");
    one.store().leave_nodes(other.store().node(), Some(0), Millis(1)).await.unwrap();
    one.look_around(false).await.unwrap();
    assert!(one.store().nodes().await.unwrap().is_empty());

    other.show_up().await.unwrap();
    one.look_around(false).await.unwrap();
    one.look_for_absences(much_later(&one)).await.unwrap();
    assert_eq!(presence(&one, visit).await, Presence::Here);
}

#[tokio::test]
async fn after_all_nodes_have_started_anew_everybody_gets_the_full_grace() {
    let Some(place) = Place::postgres().await else { return };
    let before = place.clinic().await;
    let visit = waiting(&before).await;
    drop(before);
    let (one, other) = (Node::start(&place).await, Node::start(&place).await);
    for node in [&one, &other] {
        until("it knows the others", async || node.clinic.knows_the_others()).await;
        node.clinic.look_for_absences(node.clinic.now().plus(Duration::from_secs(20))).await.unwrap();
    }
    assert_eq!(presence(&one.clinic, visit).await, Presence::Here);
    let (first, second) = tokio::join!(
        one.clinic.look_for_absences(much_later(&one.clinic)),
        other.clinic.look_for_absences(much_later(&other.clinic))
    );
    first.and(second).unwrap();
    assert!(matches!(presence(&one.clinic, visit).await, Presence::Away { .. }));
    assert_eq!(one.clinic.store().read(visit).await.unwrap().len(), 4, "both looked, and it is written once");
    one.clinic.carry_out(visit, Command::ComeBack, Actor::Patient).await.unwrap();
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn a_visit_that_ends_at_one_node_tells_those_who_wait_at_the_other_how_long_they_may_have_to() {
    let Some(place) = Place::postgres().await else { return };
    let store = place.store().await;
    let mut tx = store.begin().await.unwrap();
    let name = "Dr. Ada Okafor".to_owned();
    let email = "okafor@owl.example".to_owned();
    let okafor = Staff { id: OKAFOR, email, name, role: StaffRole::Provider, disabled: false };
    tx.put_staff(&okafor, Millis(0)).await.unwrap();
    tx.commit().await.unwrap();
    past_visits(&store, OKAFOR, 7).await;
    let (in_the_room, first) = (in_the_room(&store, OKAFOR).await, waits(&store, OKAFOR).await);
    store.close().await;

    let (one, other) = (Node::start(&place).await, Node::start(&place).await);
    let visit = waiting(&one.clinic).await;
    let patient = seat(&one.clinic, visit).await;
    let mut feed = SeatFeed::open(&other.clinic, patient, "", None, None).await.unwrap();
    let Some(SeatItem::Snapshot(view)) = wire::from_text(&feed.next().await.unwrap().text) else { panic!() };
    assert_eq!(view.facts.wait, None, "seven visits are too few");
    one.clinic.carry_out(in_the_room, Command::End { outcome: Outcome::Seen }, PROVIDER).await.unwrap();
    one.clinic.carry_out(first, admit(), PROVIDER).await.unwrap();
    let heard = async {
        loop {
            if let Some(SeatItem::Facts(facts)) = wire::from_text(&feed.next().await.unwrap().text)
                && let Some(wait) = facts.wait
            {
                return (wait.from, wait.to);
            }
        }
    };
    assert_eq!(tokio::time::timeout(Duration::from_mins(1), heard).await.unwrap(), (5, 25));
    one.stop().await;
    other.stop().await;
}
