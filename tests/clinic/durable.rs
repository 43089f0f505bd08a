//! Invariant 8: what is acknowledged is durable, whoever wishes what in whatever order, and whenever the process ends.

use super::{
    OKAFOR, PROVIDER, admit, appointment,
    database::{Place, on_every_database},
};
use owl_hospital::{
    domain::visit::{Actor, Command, Event, Outcome, RoomName, SeatId, StaffId, StaffRole, Visit, VisitId},
    server::{
        clinic::{Clinic, ClinicError},
        store::Store,
    },
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use std::{collections::HashMap, sync::Arc};
use tokio::runtime::Handle;

on_every_database! { invariant_8_what_is_acknowledged_is_durable }

const COLLEAGUE: Actor = Actor::Staff(StaffId(8), StaffRole::Provider);
const DESK: Actor = Actor::Staff(StaffId(9), StaffRole::FrontDesk);
const GUEST: SeatId = SeatId(0xe7);

/// So many at once, so that what happens to one visit is not lost with another's.
const VISITS: usize = 3;

#[derive(Debug, Clone)]
enum Step {
    /// Somebody wants something of one of the visits.
    Wish(usize, Actor, Command),
    /// The process is gone, without a word, and there is a new one.
    Dies,
}

fn wish() -> impl Strategy<Value = (Actor, Command)> {
    let end = |outcome| Command::End { outcome };
    // Mostly by whom it is usually wanted, so that visits get somewhere.
    let usual = prop::sample::select(vec![
        (Actor::Patient, Command::CheckIn),
        (Actor::Patient, Command::Wait),
        (Actor::Patient, Command::Wait),
        (Actor::Patient, Command::TellDevices),
        (Actor::Patient, Command::ComeBack),
        (Actor::Patient, Command::ComeBack),
        (Actor::Patient, Command::StartNow),
        (Actor::Patient, Command::PutOff),
        (Actor::Patient, Command::InviteGuest { seat: GUEST }),
        (Actor::Patient, end(Outcome::LeftWithoutBeingSeen)),
        (Actor::System, Command::GoAway { since: owl_hospital::domain::visit::Millis(1) }),
        (PROVIDER, Command::Admit { room: RoomName(0) }),
        (PROVIDER, Command::Admit { room: RoomName(0) }),
        (PROVIDER, Command::Admit { room: RoomName(0) }),
        (PROVIDER, Command::SendBack),
        (PROVIDER, Command::StepOut),
        (PROVIDER, Command::StepBack),
        (PROVIDER, Command::HandOver { to: StaffId(8) }),
        (COLLEAGUE, Command::TakeOver),
        (COLLEAGUE, Command::Admit { room: RoomName(0) }),
        (COLLEAGUE, Command::HandOver { to: OKAFOR }),
        (DESK, Command::RemoveGuest { seat: GUEST, room: RoomName(0) }),
        (DESK, Command::ChangeRoom { room: RoomName(0) }),
    ]);
    let last = prop::sample::select(vec![
        (PROVIDER, end(Outcome::Seen)),
        (Actor::Patient, Command::Cancel),
        (DESK, Command::Cancel),
    ]);
    let anybody = prop::sample::select(vec![Actor::Patient, PROVIDER, COLLEAGUE, DESK, Actor::System]);
    prop_oneof![
        30 => usual.clone(),
        1 => last,
        4 => (anybody, usual).prop_map(|(actor, (_, command))| (actor, command)),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let wish = (0..VISITS, wish()).prop_map(|(visit, (actor, command))| Step::Wish(visit, actor, command));
    prop::collection::vec(prop_oneof![30 => wish, 1 => Just(Step::Dies)], 1..80)
}

/// As the server does: each room is a new one.
fn with_new_room(command: Command) -> Command {
    let room = RoomName::random().unwrap();
    match command {
        Command::Admit { .. } => admit(),
        Command::RemoveGuest { seat, .. } => Command::RemoveGuest { seat, room },
        Command::ChangeRoom { .. } => Command::ChangeRoom { room },
        other => other,
    }
}

/// What was answered of each visit, last.
type Acknowledged = HashMap<VisitId, Arc<Visit>>;

async fn invariant_8_what_is_acknowledged_is_durable(place: Place) {
    let (handle, place) = (Handle::current(), Arc::new(place));
    let tested = tokio::task::spawn_blocking(move || {
        let mut runner =
            TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
        let counted = std::cell::Cell::new((0, 0));
        let tested = runner.run(&steps(), |steps| {
            let (done, refused) = handle.block_on(go_through(&place, steps))?;
            let (all_done, all_refused) = counted.get();
            counted.set((all_done + done, all_refused + refused));
            Ok(())
        });
        (tested.map_err(|error| error.to_string()), counted.get())
    });
    let (tested, (done, refused)) = tested.await.unwrap();
    tested.unwrap_or_else(|error| panic!("{error}"));
    assert!(done > 100 && refused > 100, "{done} done, {refused} refused");
}

/// How many wishes were done, and how many refused.
async fn go_through(place: &Place, steps: Vec<Step>) -> Result<(u32, u32), TestCaseError> {
    let mut clinic = place.clinic().await;
    let witness = place.store().await;
    let (mut visits, mut acknowledged) = (Vec::new(), Acknowledged::new());
    for _ in 0..VISITS {
        let visit = appointment(&clinic).await;
        acknowledged.insert(visit, clinic.visit(visit).await.unwrap().unwrap());
        visits.push(visit);
    }
    let (mut done, mut refused) = (0, 0);
    for step in steps {
        let Step::Wish(visit, actor, command) = step else {
            drop(clinic);
            clinic = place.clinic().await;
            is_all_there(&clinic, &acknowledged).await?;
            continue;
        };
        let visit = visits[visit];
        match clinic.carry_out(visit, with_new_room(command), actor).await {
            Ok(stands) => {
                // Read at once by a connection that took no part in it.
                prop_assert_eq!(folded(&witness, visit).await, Some(Visit::clone(&stands)));
                acknowledged.insert(visit, stands);
                done += 1;
            }
            Err(ClinicError::Refused(_)) => refused += 1,
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        }
    }
    drop(clinic);
    is_all_there(&place.clinic().await, &acknowledged).await?;
    Ok((done, refused))
}

async fn folded(store: &Store, visit: VisitId) -> Option<Visit> {
    Visit::of(&store.read(visit).await.unwrap())
}

/// In a new process: in its memory, in its database, and nothing besides.
async fn is_all_there(clinic: &Clinic, acknowledged: &Acknowledged) -> Result<(), TestCaseError> {
    for (visit, stands) in acknowledged {
        prop_assert_eq!(clinic.visit(*visit).await.unwrap(), Some(Arc::clone(stands)));
        let log: Vec<Event> = clinic.store().read(*visit).await.unwrap();
        prop_assert_eq!(Visit::of(&log), Some(Visit::clone(stands)));
        prop_assert_eq!(log.len() as u64, stands.seq, "not a word more");
    }
    Ok(())
}
