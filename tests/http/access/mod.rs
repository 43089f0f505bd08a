//! Who may come to what: every route and server function, called as everybody there is. A route that is not in the table
//! (`table.rs`) fails, and so does whoever gets, changes or reads something that is not theirs.

#[rustfmt::skip]
mod answers;
mod callers;
mod people;
mod record;
mod rows;
mod secrets;
#[rustfmt::skip]
mod table;
mod world;

use super::routes::{self, Route};
use callers::{CALLERS, Outcome, outcome};
use rows::Row;
use std::collections::BTreeSet;
use table::rows;
pub use world::execute;
use world::{World, Worlds};

#[tokio::test]
async fn every_route_is_in_the_table() {
    let (app, _) = super::clinic::clinic(&[]).await;
    let listed: BTreeSet<Route> = rows().iter().map(|row| Route::parse(row.route)).collect();
    let served = routes::all(&app);
    let lacks: Vec<_> = served.difference(&listed).collect();
    let none: Vec<_> = listed.difference(&served).collect();
    assert!(lacks.is_empty(), "tests/http/access/table.rs lacks {lacks:?}");
    assert!(none.is_empty(), "no route of the server: {none:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_what_is_theirs_and_nothing_else() {
    let worlds = Worlds::make().await;
    let mut wrong = Vec::new();
    for row in rows() {
        let mut world = worlds.open(row.stage).await;
        for (index, caller) in CALLERS.into_iter().enumerate() {
            let told = call(&world, &row, caller, row.expected[index], &mut wrong).await;
            let before = world.record.clone();
            world.record = record::of(&world).await;
            let (changed, may) =
                (before.of_the_visit != world.record.of_the_visit, row.changed_by.contains(caller.letter));
            if changed != may {
                wrong.push(format!("{} by {caller:?}: changed is {changed}, and told {told:?}", row.route));
            }
            for trespass in before.trespass(&world.record, &world, caller, (&row, may)) {
                wrong.push(format!("{} by {caller:?} changed {trespass}", row.route));
            }
            if changed {
                world = worlds.anew(world, row.stage).await;
            }
        }
        // What is worth nothing any more opens as much as nothing at all.
        for name in world::WORTHLESS {
            let caller = callers::worthless(name);
            call(&world, &row, caller, row.expected_of_none(name), &mut wrong).await;
            let after = record::of(&world).await;
            let trespasses = world.record.trespass(&after, &world, caller, (&row, false));
            if after.of_the_visit != world.record.of_the_visit || !trespasses.is_empty() {
                wrong.push(format!("{} by {name}: something changed: {trespasses:?}", row.route));
                world = worlds.anew(world, row.stage).await;
            }
        }
        worlds.close(world).await;
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The table is worth as much as what it notices: whatever happens to others, whoever may change the visit itself.
#[tokio::test]
async fn what_is_done_to_others_is_noticed_and_what_is_ones_own_is_not() {
    let worlds = Worlds::make().await;
    let mut world = worlds.open(world::Stage::Waiting).await;
    let by = |letter| CALLERS.into_iter().find(|caller| caller.letter == letter).unwrap();
    let (provider, patient) = (world.stored(by('D')).unwrap(), world.stored(by('Q')).unwrap());
    let other = world.other;
    let row = rows().into_iter().find(|row| row.route == "POST /clinic/appointments/{id}/move").unwrap();
    for (sql, whose) in [
        (format!("UPDATE staff_sessions SET created_at = created_at - 1 WHERE hash = '{provider}'"), 'D'),
        (format!("UPDATE seat_sessions SET taken_at = taken_at + 1 WHERE hash = '{patient}'"), 'Q'),
        (format!("UPDATE links SET expires_at = expires_at + 1 WHERE visit = '{other}'"), 'Q'),
        (format!("UPDATE visit_details SET reason = 'Fever' WHERE visit = '{other}'"), 'Q'),
        (format!("UPDATE visits SET starts_at = starts_at + 1 WHERE id = '{other}'"), 'Q'),
    ] {
        let before = world.record.clone();
        execute(&world.app, &sql).await;
        world.record = record::of(&world).await;
        let noticed = |letter| !before.trespass(&world.record, &world, by(letter), (&row, true)).is_empty();
        assert!(noticed('F') && noticed('A') && noticed('N'), "{sql}");
        assert!(!noticed(whose), "{sql}");
    }
    worlds.close(world).await;
}

/// Calls, and notes what is not as expected, or is told to who may not know.
async fn call(
    world: &World,
    row: &Row,
    caller: callers::Caller,
    expected: &str,
    wrong: &mut Vec<String>,
) -> Outcome {
    let told = outcome(&world.app, row.request(world, caller)).await;
    if told.in_short != expected {
        wrong.push(format!(
            "{} by {caller:?}: {} and not {expected}: {}",
            row.route,
            told.in_short,
            told.said()
        ));
    }
    if let Some(lacks) = told.lacks() {
        wrong.push(format!("{} by {caller:?}: {lacks}", row.route));
    }
    for secret in secrets::kept_from(world, caller) {
        if told.tells(&secret) {
            wrong.push(format!("{} tells {caller:?} “{secret}”", row.route));
        }
    }
    told
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}

super::on_postgres::on_postgres_too! { what_is_done_to_others_is_noticed_and_what_is_ones_own_is_not }
