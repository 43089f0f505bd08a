//! A morning with some patients, a provider and a colleague: what each page said of the others, moment by moment, is what the replay says
//! that it said.

use super::{
    OKAFOR, PROVIDER, admit, appointment, at_the_desk,
    database::{Place, on_every_database},
    past::past_visits,
    seat,
};
use owl_hospital::{
    api::clinic::SeatFacts,
    domain::{
        others::Told,
        visit::{
            Actor, Cause, Command, Millis, ORIGIN, Outcome, Reader, Recording, StaffId, StaffRole, VisitId,
        },
    },
    server::{
        clinic::{Clinic, keep_desk_log},
        store::Staff,
    },
};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

on_every_database! {
    what_a_replay_says_of_others_is_what_pages_said,
    old_visits_beyond_the_last_ones_are_not_read_for_a_replay,
}

const LINDQVIST: StaffId = StaffId(8);

/// A clinic whose provider has seen so many patients before.
async fn clinic(place: &Place, visits: u64) -> Arc<Clinic> {
    let store = place.store().await;
    let mut tx = store.begin().await.unwrap();
    for (id, name) in [(OKAFOR, "Okafor"), (LINDQVIST, "Lindqvist")] {
        let (email, name) = (format!("{name}@owl.example"), format!("Dr. {name}"));
        let staff = Staff { id, email, name, role: StaffRole::Provider, disabled: false };
        tx.put_staff(&staff, Millis(0)).await.unwrap();
    }
    tx.commit().await.unwrap();
    past_visits(&store, OKAFOR, visits).await;
    store.close().await;
    Arc::new(place.clinic().await)
}

/// What was told, to whom, and when.
type Heard = Vec<(VisitId, Millis, SeatFacts)>;

/// What those who wait are told now. What comes next is not in the same millisecond.
async fn listen(clinic: &Clinic, visits: &[VisitId], heard: &mut Heard) {
    let now = next_millisecond(clinic);
    for id in visits {
        let visit = clinic.visit(*id).await.unwrap().unwrap();
        if visit.is_in_queue() {
            let facts = clinic.seat_facts(&seat(clinic, *id).await, &visit, String::new());
            heard.push((*id, now, facts));
        }
    }
    next_millisecond(clinic);
}

pub fn next_millisecond(clinic: &Clinic) -> Millis {
    let before = clinic.now();
    while clinic.now() <= before {
        std::hint::spin_loop();
    }
    before
}

/// What the patient's page said of others at a time, as the recording has it.
pub fn told(recording: &Recording, first: Millis, at: Millis) -> Option<Told> {
    let at = Millis(ORIGIN.0 + at.0 - first.0);
    let moment = recording.moments.iter().rev().find(|moment| moment.at <= at)?;
    moment.pages.iter().find(|(reader, _)| *reader == Reader::Patient)?.1.others
}

async fn what_a_replay_says_of_others_is_what_pages_said(place: Place) {
    // So many that the visits of this test, which take some milliseconds, move no quantile: whether the rest of one is one of them would
    // hang on the millisecond at which somebody looks.
    let clinic = clinic(&place, 60).await;
    let stopping = CancellationToken::new();
    let writing = tokio::spawn(keep_desk_log(Arc::clone(&clinic), stopping.clone()));
    let mut heard = Heard::new();
    let mut visits = Vec::new();
    for _ in 0..4 {
        visits.push(appointment(&clinic).await);
    }
    let (first, second, third, fourth) = (visits[0], visits[1], visits[2], visits[3]);
    let colleague = Actor::Staff(LINDQVIST, StaffRole::Provider);
    let away = Command::GoAway { since: clinic.now() };
    let mut at_desk = None;
    for (who, command, by) in [
        // Before all others, and in the end a colleague's.
        (fourth, Command::CheckIn, Actor::Patient),
        (fourth, Command::Wait, Actor::Patient),
        (first, Command::CheckIn, Actor::Patient),
        (first, Command::Wait, Actor::Patient),
        (second, Command::CheckIn, Actor::Patient),
        (third, Command::CheckIn, Actor::Patient),
        (third, Command::Wait, Actor::Patient),
        (second, Command::Wait, Actor::Patient),
        (first, admit(), PROVIDER),
        (second, away, Actor::System),
        (first, Command::End { outcome: Outcome::Seen }, PROVIDER),
        (third, admit(), PROVIDER),
        (second, Command::ComeBack, Actor::System),
        (third, Command::SendBack, PROVIDER),
        (second, Command::HandOver { to: LINDQVIST }, PROVIDER),
        (fourth, Command::HandOver { to: LINDQVIST }, PROVIDER),
        (second, Command::HandOver { to: OKAFOR }, colleague),
        (second, admit(), PROVIDER),
        (second, Command::End { outcome: Outcome::Seen }, PROVIDER),
        (third, Command::End { outcome: Outcome::LeftWithoutBeingSeen }, Actor::Patient),
        (third, Command::ComeBack, Actor::Patient),
    ] {
        clinic.carry_out(who, command, by).await.unwrap();
        listen(&clinic, &visits, &mut heard).await;
        // They come and go all the time.
        at_desk = at_desk.is_none().then(|| clinic.sit_down(OKAFOR));
        listen(&clinic, &visits, &mut heard).await;
    }
    drop(at_desk);
    let desk = at_the_desk(&clinic).await;
    let mut known = 0;
    for id in visits {
        let recording = clinic.recording(id, &desk).await.unwrap();
        let begins = clinic.store().read(id).await.unwrap()[0].at;
        for (_, at, facts) in heard.iter().filter(|(heard, ..)| *heard == id) {
            let told = told(&recording, begins, *at).expect("a page that waits is told of others");
            let SeatFacts { status, before, wait, .. } = *facts;
            assert_eq!(
                told,
                Told { status: Some(status), before, wait },
                "on the left what the replay says, on the right what was told"
            );
            known += usize::from(told.wait.is_some());
        }
        let read: Recording = serde_json::from_str(&serde_json::to_string(&recording).unwrap()).unwrap();
        assert_eq!(read.replayed(), recording.moments);
    }
    stopping.cancel();
    writing.await.unwrap();
    assert!(heard.len() > 30 && known > 5, "{known} of {}", heard.len());
}

async fn old_visits_beyond_the_last_ones_are_not_read_for_a_replay(place: Place) {
    // 22 minutes each: they reach back for more than a week, of which two days and the last eighty before them count.
    let clinic = clinic(&place, 500).await;
    let visit = super::waiting(&clinic).await;
    let (from, to) = (clinic.now().minus(std::time::Duration::from_hours(48)), clinic.now());
    let around = clinic.store().logs_around(OKAFOR, from, to).await.unwrap();
    let before = clinic.store().last_logs(OKAFOR, 80, Some(from), None).await.unwrap();
    let events_of_one = 5;
    assert!(around.len() < 140 * events_of_one, "{}", around.len());
    assert_eq!(before.len(), 80 * events_of_one);
    assert!(around.iter().any(|stored| stored.visit == visit));
    let nobody = clinic.store().logs_around(LINDQVIST, from, to).await.unwrap();
    assert!(nobody.is_empty(), "{nobody:?}");
    let recording = clinic.recording(visit, &at_the_desk(&clinic).await).await.unwrap();
    assert!(recording.moments.iter().all(|moment| !matches!(moment.cause, Cause::Others(_))));
}
