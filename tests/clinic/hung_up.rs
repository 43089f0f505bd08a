//! Whoever asks for something may be gone before the answer: their request is dropped wherever it stands.

use super::{
    PROVIDER, admit,
    database::{Place, on_every_database},
    waiting,
};
use owl_hospital::{
    domain::visit::{Command, Outcome, VisitId},
    server::clinic::Clinic,
};
use std::{future::poll_fn, pin::pin, task::Poll::Ready, time::Duration};

on_every_database! { what_is_committed_is_told_though_whoever_asked_has_hung_up }

/// How often. Whoever asks may be answered before anybody else can see that it is stored, and then nothing was tried.
const TIMES: usize = 20;

async fn what_is_committed_is_told_though_whoever_asked_has_hung_up(place: Place) {
    let clinic = place.clinic().await;
    let mut hung_up = 0;
    for _ in 0..TIMES {
        let visit = waiting(&clinic).await;
        clinic.carry_out(visit, admit(), PROVIDER).await.unwrap();
        let mut watching = clinic.hub().subscribe();
        hung_up += usize::from(ends_unheard(&clinic, visit).await);
        let told = tokio::time::timeout(Duration::from_secs(10), watching.events.recv()).await;
        assert_eq!(told.unwrap().unwrap().visit, visit, "nobody was told");
        assert!(clinic.hub().open_visit(visit).is_none(), "in memory too it is over");
    }
    assert!(hung_up > 0, "nobody hung up in time");
}

/// Ends a visit one step at a time, until it is stored; then nobody is there any more who could be answered. Whether that was so.
async fn ends_unheard(clinic: &Clinic, visit: VisitId) -> bool {
    let events = clinic.store().read(visit).await.unwrap().len();
    let mut asked = pin!(clinic.carry_out(visit, Command::End { outcome: Outcome::Seen }, PROVIDER));
    while clinic.store().read(visit).await.unwrap().len() == events {
        if let Ready(done) = poll_fn(|cx| Ready(asked.as_mut().poll(cx))).await {
            done.unwrap();
            return false;
        }
    }
    true
}
