//! The clinic's use cases on a store of its own: what is acknowledged is kept, and told to whoever watches, once and in order.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use owl_hospital::{
    domain::visit::{
        Actor, Command, Outcome, PatientId, Refusal, RoomName, SeatId, StaffId, StaffRole, Stage, VisitId,
    },
    server::{
        clinic::{Clinic, ClinicError},
        config::Config,
        store::Store,
    },
};
use std::path::Path;

const OKAFOR: StaffId = StaffId(7);
const PROVIDER: Actor = Actor::Staff(OKAFOR, StaffRole::Provider);

async fn clinic(directory: &Path) -> Clinic {
    let config = Config::read(["owl".into()], |_| None).unwrap();
    let store = Store::open(&config.clinic.database, directory).await.unwrap();
    Clinic::open(store, config.clinic).await.unwrap()
}

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

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let first = clinic(directory.path()).await;
    let (talking, ended) = (waiting(&first).await, waiting(&first).await);
    let stands = first.carry_out(talking, admit(), PROVIDER).await.unwrap();
    first.carry_out(ended, admit(), PROVIDER).await.unwrap();
    first.carry_out(ended, Command::End { outcome: Outcome::Seen }, PROVIDER).await.unwrap();
    let last = first.hub().last();
    drop(first);

    let second = clinic(directory.path()).await;
    assert_eq!(second.hub().last(), last);
    assert_eq!(second.open_visits(), vec![(talking, stands)], "what is over is not in memory");
    assert_eq!(second.visit(ended).await.unwrap().unwrap().stage, Stage::Ended(Outcome::Seen));
    assert!(second.visit(VisitId::random().unwrap()).await.unwrap().is_none());
}

#[tokio::test]
async fn of_two_who_admit_at_once_one_does_and_the_other_is_told_why_not() {
    let directory = tempfile::tempdir().unwrap();
    let clinic = clinic(directory.path()).await;
    for _ in 0..20 {
        let visit = waiting(&clinic).await;
        let (one, other) = tokio::join!(
            clinic.carry_out(visit, admit(), PROVIDER),
            clinic.carry_out(visit, admit(), PROVIDER)
        );
        let refused = one.err().or(other.err()).unwrap();
        assert!(
            matches!(refused, ClinicError::Refused(Refusal::AdmittedAlready { provider: OKAFOR })),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn who_watches_misses_nothing_and_sees_nothing_twice() {
    let directory = tempfile::tempdir().unwrap();
    let clinic = clinic(directory.path()).await;
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

#[tokio::test]
async fn somebody_who_had_left_is_back_in_memory_when_they_return() {
    let directory = tempfile::tempdir().unwrap();
    let clinic = clinic(directory.path()).await;
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

#[tokio::test]
async fn what_somebody_else_appended_meanwhile_is_thought_of() {
    let directory = tempfile::tempdir().unwrap();
    let (one, other) = (clinic(directory.path()).await, clinic(directory.path()).await);
    let visit = waiting(&one).await;
    // The other's memory knows nothing of it yet.
    other.carry_out(visit, admit(), PROVIDER).await.unwrap();
    let refused = one.carry_out(visit, admit(), PROVIDER).await.unwrap_err();
    assert!(matches!(refused, ClinicError::Refused(Refusal::AdmittedAlready { .. })), "{refused}");
    assert_eq!(one.hub().last(), 4, "and its own memory is up to date then");
}
