//! The clinic's use cases on a store of its own: what is acknowledged is kept, and told to whoever watches, once and in order.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "clinic/audit.rs"]
mod audit;

#[path = "clinic/behind.rs"]
mod behind;

#[path = "clinic/backup.rs"]
mod backup;
#[path = "clinic/booking.rs"]
mod booking;
#[path = "clinic/check_in.rs"]
mod check_in;
#[path = "clinic/commits.rs"]
mod commits;
#[path = "support/database.rs"]
#[expect(dead_code, reason = "the tests by HTTP use more of it")]
mod database;
#[path = "clinic/desk_log.rs"]
mod desk_log;
#[path = "clinic/durable.rs"]
mod durable;
#[path = "support/files.rs"]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod files;
#[path = "clinic/hung_up.rs"]
mod hung_up;
#[path = "clinic/nodes.rs"]
mod nodes;
#[path = "support/past.rs"]
mod past;
#[path = "clinic/races.rs"]
mod races;
#[path = "clinic/replayed.rs"]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod replayed;
#[path = "clinic/retention.rs"]
mod retention;
#[path = "clinic/rooms.rs"]
mod rooms;
#[path = "clinic/seat_streams.rs"]
mod seat_streams;
#[path = "clinic/throttle.rs"]
mod throttle;

use database::{Place, on_every_database};
use owl_hospital::{
    api::{
        clinic::{QueueItem, SeatItem},
        wire,
    },
    domain::{
        check::Readiness,
        visit::{
            Actor, Change, Command, Outcome, PatientId, Refusal, RoomName, SeatId, StaffId, StaffRole, Stage,
            VisitId,
        },
    },
    server::clinic::{
        AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, Feed, NewStaff, QueueFeed,
        SeatFeed, SeatSession, StaffSession, Target, Tidings, Whence,
    },
};
use std::sync::Arc;

on_every_database! {
    what_was_acknowledged_is_there_after_a_restart,
    who_watches_misses_nothing_and_sees_nothing_twice,
    somebody_who_had_left_is_back_in_memory_when_they_return,
    what_somebody_else_appended_meanwhile_is_thought_of,
    many_who_write_at_once_all_do,
    of_many_tries_at_once_none_is_forgotten,
    what_a_patients_camera_does_reaches_the_queue_also_one_that_was_not_listening,
    a_stream_that_is_resumed_says_of_which_build_the_server_is,
    what_nobody_kept_is_ended_once_also_by_several_processes,
    what_one_process_corrects_the_pages_of_another_show,
}

const OKAFOR: StaffId = StaffId(7);
const PROVIDER: Actor = Actor::Staff(OKAFOR, StaffRole::Provider);

async fn appointment(clinic: &Clinic) -> VisitId {
    let command = Command::Schedule {
        patient: PatientId::random().unwrap(),
        provider: OKAFOR,
        seat: SeatId::random().unwrap(),
        starts_at: clinic.now(),
        minutes: 20,
        interpreter: false,
    };
    clinic.schedule(command, PROVIDER).await.unwrap()
}

async fn waiting(clinic: &Clinic) -> VisitId {
    let visit = appointment(clinic).await;
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(visit, command, Actor::Patient).await.unwrap();
    }
    visit
}

fn admit() -> Command {
    Command::Admit { room: RoomName::random().unwrap() }
}

async fn what_was_acknowledged_is_there_after_a_restart(place: Place) {
    let first = place.clinic().await;
    let (talking, ended) = (waiting(&first).await, waiting(&first).await);
    let stands = first.carry_out(talking, admit(), PROVIDER).await.unwrap();
    first.carry_out(ended, admit(), PROVIDER).await.unwrap();
    first.carry_out(ended, Command::End { outcome: Outcome::Seen }, PROVIDER).await.unwrap();
    let last = first.hub().last();
    drop(first);

    let second = place.clinic().await;
    assert_eq!(second.hub().last(), last);
    assert_eq!(second.open_visits(), vec![(talking, stands)], "what is over is not in memory");
    assert_eq!(second.visit(ended).await.unwrap().unwrap().stage, Stage::Ended(Outcome::Seen));
    assert!(second.visit(VisitId::random().unwrap()).await.unwrap().is_none());
}

async fn who_watches_misses_nothing_and_sees_nothing_twice(place: Place) {
    let clinic = place.clinic().await;
    let before = waiting(&clinic).await;
    let mut subscription = clinic.hub().subscribe();
    assert_eq!(subscription.visits.len(), 1);

    let visits = futures_util::future::join_all((0..10).map(|_| waiting(&clinic))).await;
    clinic.carry_out(before, Command::GoAway { since: clinic.now() }, Actor::System).await.unwrap();
    for id in subscription.last + 1..=clinic.hub().last() {
        let published = subscription.events.try_recv().unwrap();
        assert_eq!(published.id, id);
        assert!(published.visit == before || visits.contains(&published.visit));
        assert_eq!(published.after.seq, published.event.seq);
    }
    assert!(subscription.events.try_recv().is_err());
}

async fn somebody_who_had_left_is_back_in_memory_when_they_return(place: Place) {
    let clinic = place.clinic().await;
    let visit = waiting(&clinic).await;
    clinic
        .carry_out(visit, Command::End { outcome: Outcome::LeftWithoutBeingSeen }, Actor::Patient)
        .await
        .unwrap();
    assert!(clinic.open_visits().is_empty());
    let back = clinic.carry_out(visit, Command::ComeBack, Actor::Patient).await.unwrap();
    assert_eq!(back.stage, Stage::Waiting);
    assert_eq!(clinic.open_visits(), vec![(visit, back)]);
}

async fn what_somebody_else_appended_meanwhile_is_thought_of(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    let visit = waiting(&one).await;
    // The other's memory knows nothing of it yet.
    other.carry_out(visit, admit(), PROVIDER).await.unwrap();
    let refused = one.carry_out(visit, admit(), PROVIDER).await.unwrap_err();
    assert!(matches!(refused, ClinicError::Refused(Refusal::AdmittedAlready { .. })), "{refused}");
    assert_eq!(one.hub().last(), 4, "and its own memory is up to date then");
}

async fn many_who_write_at_once_all_do(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    let line = AuditEntry {
        actor: AuditActor::System,
        action: AuditAction::AuditRead,
        visit: None,
        patient: None,
        outcome: AuditOutcome::Done,
    };
    let lines = (0..20).map(|n| if n % 2 == 0 { &one } else { &other }.audit(line));
    let visits = (0..10).map(|n| waiting(if n % 2 == 0 { &one } else { &other }));
    let (lines, visits) =
        tokio::join!(futures_util::future::join_all(lines), futures_util::future::join_all(visits));
    lines.into_iter().collect::<Result<Vec<()>, _>>().unwrap();
    one.hub().catch_up(one.store()).await.unwrap();
    assert_eq!(one.hub().last(), 30);
    assert!(visits.iter().all(|visit| one.hub().open_visit(*visit).is_some()));
}

async fn of_many_tries_at_once_none_is_forgotten(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    let target = Target::password("somebody@example.test");
    let tries = (0..20).map(|n| if n % 2 == 0 { &one } else { &other }.try_at(&target));
    let answers = futures_util::future::join_all(tries).await;
    let waits: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(waits.iter().filter(|wait| wait.is_none()).count(), 6, "as many as in a row: {waits:?}");
    one.forget_failures(&target).await.unwrap();
    assert_eq!(other.try_at(&target).await.unwrap(), None);
}

/// Somebody of the front desk, logged in.
async fn at_the_desk(clinic: &Clinic) -> StaffSession {
    let (email, password) = ("desk@owl.example", "owls hunt at night");
    let new = NewStaff {
        email: email.to_owned(),
        name: "Sam Reyes".to_owned(),
        role: StaffRole::FrontDesk,
        password: Some(password.into()),
    };
    clinic.hire(new, AuditActor::System).await.unwrap();
    let logged_in = clinic.log_in(email, password.into(), "", Whence::Unknown).await.unwrap();
    clinic.staff_session(&logged_in.secret, true).await.unwrap().unwrap()
}

/// The patient comes by a link of theirs, and has the place.
async fn seat(clinic: &Clinic, visit: VisitId) -> SeatSession {
    let seat = clinic.visit(visit).await.unwrap().unwrap().seat;
    let link = clinic.issue_link(visit, seat, AuditActor::System).await.unwrap();
    let entered = clinic.enter_by_secret(&link.secret, Whence::Unknown).await.unwrap();
    clinic.take_seat(&clinic.seat_session(&entered.secret).await.unwrap().unwrap()).await.unwrap();
    clinic.seat_session(&entered.secret).await.unwrap().unwrap()
}

async fn what_a_patients_camera_does_reaches_the_queue_also_one_that_was_not_listening(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let patient = seat(&clinic, visit).await;
    let before = clinic.hub().last();
    clinic.tell_devices(&patient, Readiness::WithoutCamera).await.unwrap();
    clinic.tell_devices(&patient, Readiness::WithoutCamera).await.unwrap();
    assert_eq!(clinic.hub().last(), before + 1, "said twice, it is told once");

    let mut feed = QueueFeed::open(&clinic, at_the_desk(&clinic).await, "build", Some(before)).await.unwrap();
    let mut items = Vec::new();
    for _ in 0..3 {
        items.push(wire::from_text::<QueueItem>(&feed.next().await.unwrap().text).unwrap());
    }
    let [QueueItem::Build(build), QueueItem::Providers(_), QueueItem::Entry(entry)] = &items[..] else {
        panic!("{items:?}")
    };
    assert_eq!((build.as_str(), entry.devices), ("build", Readiness::WithoutCamera));

    let early = appointment(&clinic).await;
    let refused = clinic.tell_devices(&seat(&clinic, early).await, Readiness::Ready).await;
    assert!(matches!(refused, Err(ClinicError::Refused(Refusal::NotWaiting))), "nobody has come yet");
    assert_eq!(clinic.store().details(early).await.unwrap().devices, "", "and nothing is written down");
}

async fn a_stream_that_is_resumed_says_of_which_build_the_server_is(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    let visit = waiting(&clinic).await;
    let last = clinic.hub().last();
    clinic.carry_out(visit, admit(), PROVIDER).await.unwrap();
    let patient = seat(&clinic, visit).await;
    let mut feed = SeatFeed::open(&clinic, patient, "new", Some(last), None).await.unwrap();
    let first = feed.next().await.unwrap();
    assert_eq!(first.id, None, "the stream is resumed by events alone");
    assert_eq!(wire::from_text(&first.text), Some(SeatItem::Build("new".into())));
    let second = wire::from_text(&feed.next().await.unwrap().text);
    assert!(
        matches!(second, Some(SeatItem::Event(event)) if matches!(event.change, Change::Admitted { .. }))
    );
}

async fn what_nobody_kept_is_ended_once_also_by_several_processes(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    let schedule = |starts_at| Command::Schedule {
        patient: PatientId(1),
        provider: OKAFOR,
        seat: SeatId::random().unwrap(),
        starts_at,
        minutes: 20,
        interpreter: false,
    };
    let closed = one.now().minus(one.policy().closes_after + std::time::Duration::from_secs(1));
    let mut unkept = Vec::new();
    for _ in 0..5 {
        unkept.push(one.schedule(schedule(closed), PROVIDER).await.unwrap());
    }
    let (due, kept) = (one.schedule(schedule(one.now()), PROVIDER).await.unwrap(), waiting(&one).await);
    other.hub().catch_up(other.store()).await.unwrap();
    let (by_one, by_other) = tokio::join!(one.end_unkept(one.now()), other.end_unkept(other.now()));
    assert_eq!(by_one.unwrap() + by_other.unwrap(), unkept.len());
    one.hub().catch_up(one.store()).await.unwrap();
    for id in unkept {
        assert_eq!(one.visit(id).await.unwrap().unwrap().stage, Stage::Ended(Outcome::NoShow));
    }
    assert_eq!(one.visit(due).await.unwrap().unwrap().stage, Stage::Scheduled, "they can still come");
    assert_eq!(one.visit(kept).await.unwrap().unwrap().stage, Stage::Waiting);
    assert_eq!(one.end_unkept(one.now()).await.unwrap(), 0);
}

async fn what_one_process_corrects_the_pages_of_another_show(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    let visit = waiting(&one).await;
    other.hub().catch_up(other.store()).await.unwrap();
    let mut tidings = other.hub().watch(OKAFOR);
    let mut tx = one.store().begin().await.unwrap();
    tx.record_changed(visit, one.now()).await.unwrap();
    tx.commit().await.unwrap();
    other.tell_of_records().await.unwrap();
    let told = tidings.try_recv().unwrap();
    assert!(matches!(told, Tidings::Record(about) if about == visit), "{told:?}");
    other.tell_of_records().await.unwrap();
    assert!(tidings.try_recv().is_err(), "told once");
}
