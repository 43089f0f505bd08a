//! Of two who want what cannot both be, exactly one gets it, and the other is told why; in one process, and in two at one database.

use super::{
    OKAFOR, PROVIDER, admit,
    database::{Place, on_every_database},
    waiting,
};
use owl_hospital::{
    domain::visit::{Actor, Change, Command, Outcome, Refusal, StaffId, StaffRole, VisitId},
    server::clinic::{Clinic, ClinicError},
};

on_every_database! {
    who_admits_races_whoever_else_wants_the_visit_otherwise,
    who_has_taken_a_visit_over_admits_and_who_had_it_is_told_who_has_it_now,
    who_takes_a_visit_over_while_it_is_admitted_never_shares_it,
}

const LINDQVIST: StaffId = StaffId(8);
const COLLEAGUE: Actor = Actor::Staff(LINDQVIST, StaffRole::Provider);

/// As often as that in each setting: who is first must not depend on it.
const ROUNDS: usize = 10;

/// What somebody wants, and why not if they come second to an admission.
type Rival = (fn() -> Command, Actor, Refusal);

const ADMITTED: Refusal = Refusal::AdmittedAlready { provider: OKAFOR };

fn leave() -> Command {
    Command::End { outcome: Outcome::LeftWithoutBeingSeen }
}

async fn who_admits_races_whoever_else_wants_the_visit_otherwise(place: Place) {
    let rivals: [(Rival, Refusal); 4] = [
        ((admit, PROVIDER, ADMITTED), ADMITTED),
        ((leave, Actor::Patient, ADMITTED), Refusal::Ended { outcome: Outcome::LeftWithoutBeingSeen }),
        (
            (|| Command::Cancel, Actor::Patient, ADMITTED),
            Refusal::Ended { outcome: Outcome::CancelledByPatient },
        ),
        ((|| Command::Cancel, COLLEAGUE, ADMITTED), Refusal::Ended { outcome: Outcome::CancelledByClinic }),
    ];
    let (one, other) = (place.clinic().await, place.clinic().await);
    for ((wish, rival, too_late), told) in rivals {
        for elsewhere in [&one, &other] {
            let mut admissions = 0;
            for round in 0..ROUNDS {
                let visit = waiting(&one).await;
                elsewhere.hub().catch_up(elsewhere.store()).await.unwrap();
                let admitting = one.carry_out(visit, admit(), PROVIDER);
                let rivalling = elsewhere.carry_out(visit, wish(), rival);
                // By turns, who asks first.
                let (admitted, got) = if round % 2 == 0 {
                    tokio::join!(admitting, rivalling)
                } else {
                    let (got, admitted) = tokio::join!(rivalling, admitting);
                    (admitted, got)
                };
                assert!(admitted.is_ok() != got.is_ok(), "{:?}: one of them, and not both", wish());
                let (refused, why) = if admitted.is_ok() { (got, too_late) } else { (admitted, told) };
                let refused = refused.unwrap_err();
                assert!(matches!(refused, ClinicError::Refused(refusal) if refusal == why), "{refused}");
                admissions += usize::from(changes(&one, visit).await == ["admitted"]);
            }
            let is_same = std::ptr::eq(&raw const one, &raw const *elsewhere);
            // In one process they go in the order in which they asked.
            assert!(
                !is_same || wish() != leave() || admissions == ROUNDS / 2,
                "both were first: {admissions}"
            );
        }
    }
}

/// What has happened to a visit since its patient waits, but for how it was ended.
async fn changes(clinic: &Clinic, visit: VisitId) -> Vec<&'static str> {
    let log = clinic.store().read(visit).await.unwrap();
    let named = log.iter().skip(3).map(|event| match event.change {
        Change::Admitted { .. } => "admitted",
        Change::Assigned { .. } => "assigned",
        Change::Ended { .. } => "ended",
        _ => "something else",
    });
    named.collect()
}

async fn who_has_taken_a_visit_over_admits_and_who_had_it_is_told_who_has_it_now(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    for _ in 0..ROUNDS {
        let visit = waiting(&one).await;
        other.hub().catch_up(other.store()).await.unwrap();
        other.carry_out(visit, Command::TakeOver, COLLEAGUE).await.unwrap();
        // To this one's memory the visit is still theirs.
        let (before, now) =
            tokio::join!(one.carry_out(visit, admit(), PROVIDER), other.carry_out(visit, admit(), COLLEAGUE));
        assert_eq!(now.unwrap().provider, LINDQVIST);
        let refused = before.unwrap_err();
        let told = Refusal::AnothersPatient { provider: LINDQVIST };
        assert!(matches!(refused, ClinicError::Refused(refusal) if refusal == told), "{refused}");
        assert_eq!(changes(&one, visit).await, ["assigned", "admitted"]);
    }
}

async fn who_takes_a_visit_over_while_it_is_admitted_never_shares_it(place: Place) {
    let (one, other) = (place.clinic().await, place.clinic().await);
    for round in 0..ROUNDS {
        let visit = waiting(&one).await;
        other.hub().catch_up(other.store()).await.unwrap();
        let admitting = one.carry_out(visit, admit(), PROVIDER);
        let taking = async {
            other.carry_out(visit, Command::TakeOver, COLLEAGUE).await.unwrap();
            other.carry_out(visit, admit(), COLLEAGUE).await.unwrap()
        };
        let (admitted, taken) = if round % 2 == 0 {
            tokio::join!(admitting, taking)
        } else {
            let (taken, admitted) = tokio::join!(taking, admitting);
            (admitted, taken)
        };
        // Whoever takes over has it in the end; the first admission came before that, or not at all.
        let expected: &[&str] = match &admitted {
            Ok(_) => &["admitted", "assigned", "admitted"],
            Err(ClinicError::Refused(Refusal::AnothersPatient { provider: LINDQVIST })) => {
                &["assigned", "admitted"]
            }
            Err(error) => panic!("{error}"),
        };
        assert_eq!(changes(&one, visit).await, expected);
        if let Ok(first) = admitted {
            assert_ne!(first.stage.room(), taken.stage.room(), "and in a room of their own");
        }
        one.hub().catch_up(one.store()).await.unwrap();
        assert_eq!(one.visit(visit).await.unwrap().unwrap().provider, LINDQVIST);
    }
}
