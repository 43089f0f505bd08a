//! Whose page is there (invariant 4): a stream or a page load within the grace. Who is away for longer is told to the queue; who
//! stays away for too long has left. After a restart everybody gets the full grace. Every process that shares the database looks;
//! what two find at once is written down once.

use super::{Clinic, ClinicError, rounds::Rounds};
use crate::{
    domain::visit::{Actor, Command, Millis, Outcome, Presence, Refusal, Stage, Visit, VisitId},
    server::store::Who,
};
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio_util::sync::CancellationToken;

/// How long a page may be gone, as in a reload or a dead spot, before it counts as away.
pub const GRACE: Duration = Duration::from_secs(30);

/// How often absences are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The patients' places, as their pages tell.
pub(super) struct Seats {
    /// Nobody can be away from before this process was there to see.
    since: Millis,
    seats: Mutex<HashMap<VisitId, Seat>>,
}

struct Seat {
    /// The pages that hold a stream.
    pages: Vec<Page>,
    /// When a page was there last, if none is now.
    seen: Millis,
}

/// What a page calls itself, so that its last word is about no other. None: it has no name.
pub type Page = Option<u32>;

/// A page that listens, as long as this lives.
pub struct Listening {
    clinic: Arc<Clinic>,
    visit: VisitId,
    page: Page,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let now = self.clinic.now();
        if let Some(seat) = self.clinic.presence.lock().get_mut(&self.visit)
            // One that has said goodbye is not here any more, and the grace runs since then.
            && let Some(place) = seat.pages.iter().position(|page| *page == self.page)
        {
            seat.pages.swap_remove(place);
            seat.seen = now;
        }
    }
}

impl Seat {
    fn is_gone(&self, now: Millis) -> bool {
        self.pages.is_empty() && self.seen.plus(GRACE) <= now
    }
}

impl Seats {
    pub fn new(since: Millis) -> Self {
        Self { since, seats: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<VisitId, Seat>> {
        // Numbers only: they are whole at every moment.
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The patients whose pages are there, or were within the grace.
    pub fn counted(&self, now: Millis) -> Vec<Who> {
        self.lock()
            .iter()
            .filter(|(_, seat)| !seat.is_gone(now))
            .map(|(visit, _)| Who::Patient(*visit))
            .collect()
    }

    /// When the patient's page was there last; now, if it is.
    fn last_seen(&self, visit: VisitId, now: Millis) -> Millis {
        match self.lock().get(&visit) {
            Some(seat) if seat.pages.is_empty() => seat.seen,
            Some(_) => now,
            None => self.since,
        }
    }

    /// Whose pages are gone, and were not here within the grace.
    fn gone(&self, now: Millis) -> Vec<VisitId> {
        self.lock().iter().filter(|(_, seat)| seat.is_gone(now)).map(|(visit, _)| *visit).collect()
    }

    /// Forgets them, unless a page has come meanwhile.
    fn forget(&self, visit: VisitId, now: Millis) {
        if let Entry::Occupied(seat) = self.lock().entry(visit)
            && seat.get().is_gone(now)
        {
            seat.remove();
        }
    }

    fn is_listening(&self, visit: VisitId) -> bool {
        self.lock().get(&visit).is_some_and(|seat| !seat.pages.is_empty())
    }
}

impl Clinic {
    /// The patient's page was asked for just now.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn saw(&self, visit: VisitId) -> Result<(), ClinicError> {
        let now = self.now();
        self.presence
            .lock()
            .entry(visit)
            .and_modify(|seat| seat.seen = now)
            .or_insert(Seat { pages: Vec::new(), seen: now });
        self.welcome_back(visit).await
    }

    /// A patient's page says that it goes. The grace begins at once, and not when its connection is found dead: whatever stream it
    /// still holds keeps nobody there.
    pub fn says_goodbye(&self, visit: VisitId, page: Page) {
        let now = self.now();
        if let Some(seat) = self.presence.lock().get_mut(&visit) {
            seat.pages.retain(|here| page.is_none() || *here != page);
            seat.seen = now;
        }
    }

    /// The patient's page listens from now on, until the answer is dropped.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub async fn listen(self: &Arc<Self>, visit: VisitId, page: Page) -> Result<Listening, ClinicError> {
        let now = self.now();
        self.presence
            .lock()
            .entry(visit)
            .or_insert_with(|| Seat { pages: Vec::new(), seen: now })
            .pages
            .push(page);
        let listening = Listening { clinic: Arc::clone(self), visit, page };
        self.welcome_back(visit).await?;
        Ok(listening)
    }

    async fn welcome_back(&self, visit: VisitId) -> Result<(), ClinicError> {
        let is_away = |visit: &Visit| {
            visit.checked_in_at.is_some()
                && !visit.stage.is_over()
                && matches!(visit.presence, Presence::Away { .. })
        };
        if self.hub().open_visit(visit).is_some_and(|visit| is_away(&visit)) {
            unless_pointless(self.carry_out(visit, Command::ComeBack, Actor::Patient).await)?;
        }
        Ok(())
    }

    /// When the patient's page was last at any process; now, if it is.
    fn last_seen(&self, visit: VisitId, now: Millis) -> Millis {
        let here = self.presence.last_seen(visit, now);
        self.neighbours.last_seen(visit, now).map_or(here, |elsewhere| here.max(elsewhere))
    }

    /// Notes who is away now, and who has been for too long.
    ///
    /// # Errors
    /// See [`ClinicError`]. The rest is looked at the next time.
    pub async fn look_for_absences(&self, now: Millis) -> Result<(), ClinicError> {
        self.forget_pages(now);
        for (id, visit) in self.open_visits() {
            let waits = matches!(visit.stage, Stage::CheckedIn | Stage::Waiting);
            match visit.presence {
                _ if visit.checked_in_at.is_none() => {}
                Presence::Here => {
                    let since = self.last_seen(id, now);
                    if since.plus(GRACE) <= now {
                        unless_pointless(self.carry_out(id, Command::GoAway { since }, Actor::System).await)?;
                    }
                }
                Presence::Away { since } if waits => {
                    // A page is there all the same: its return could not be written down when it came.
                    if self.last_seen(id, now).plus(GRACE) > now && self.presence.is_listening(id) {
                        unless_pointless(self.carry_out(id, Command::ComeBack, Actor::System).await)?;
                    } else if since.max(self.presence.since).plus(self.policy().keeps_place) <= now {
                        let outcome = Outcome::LeftWithoutBeingSeen;
                        unless_pointless(self.carry_out(id, Command::End { outcome }, Actor::System).await)?;
                    }
                }
                Presence::Away { .. } => {}
            }
        }
        Ok(())
    }

    /// Forgets where pages were of visits that are over, once none of them is there any more: else one process would remember
    /// every visit that it has ever seen.
    fn forget_pages(&self, now: Millis) {
        for visit in self.presence.gone(now) {
            if self.hub().open_visit(visit).is_none() {
                self.presence.forget(visit, now);
            }
        }
    }
}

/// Somebody else may have been quicker, or the visit may be over: then there is nothing left to do.
fn unless_pointless<T>(outcome: Result<T, ClinicError>) -> Result<(), ClinicError> {
    match outcome {
        Ok(_)
        | Err(ClinicError::Refused(
            Refusal::NothingToDo | Refusal::Ended { .. } | Refusal::AdmittedAlready { .. },
        )) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Looks for absences until the server stops.
pub async fn keep_watch(clinic: Arc<Clinic>, stopping: CancellationToken) {
    let mut rounds = Rounds::every(LOOK_EVERY, stopping);
    while rounds.next().await {
        // Somebody may be at a process that this one has not heard of lately.
        if !clinic.knows_the_others() {
            continue;
        }
        if let Err(error) = clinic.look_for_absences(clinic.now()).await {
            tracing::error!(%error, "absences could not be noted; they will be");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::visit::{PatientId, RoomName, SeatId, StaffId, StaffRole},
        server::{config::Config, store::Store},
    };

    const PROVIDER: Actor = Actor::Staff(StaffId(7), StaffRole::Provider);

    async fn waiting(clinic: &Clinic) -> VisitId {
        let command = Command::Schedule {
            patient: PatientId::random().unwrap(),
            provider: StaffId(7),
            seat: SeatId::random().unwrap(),
            starts_at: clinic.now(),
            minutes: 20,
            interpreter: false,
        };
        let visit = clinic.schedule(command, PROVIDER).await.unwrap();
        for command in [Command::CheckIn, Command::Wait] {
            clinic.carry_out(visit, command, Actor::Patient).await.unwrap();
        }
        visit
    }

    #[tokio::test]
    async fn the_pages_of_a_visit_are_forgotten_once_it_is_over_and_they_are_gone() {
        let directory = tempfile::tempdir().unwrap();
        let config = Config::read(["owl".into()], |_| None).unwrap();
        let store = Store::open(&config.clinic.database, directory.path()).await.unwrap();
        let clinic = Arc::new(Clinic::open(store, config.clinic).await.unwrap());
        let (over, watched, open) = (waiting(&clinic).await, waiting(&clinic).await, waiting(&clinic).await);
        let (gone, stays) =
            (clinic.listen(over, None).await.unwrap(), clinic.listen(watched, None).await.unwrap());
        clinic.saw(open).await.unwrap();
        drop(gone);
        for visit in [over, watched] {
            let admit = Command::Admit { room: RoomName::random().unwrap() };
            clinic.carry_out(visit, admit, PROVIDER).await.unwrap();
            clinic.carry_out(visit, Command::End { outcome: Outcome::Seen }, PROVIDER).await.unwrap();
        }
        let remembered = |clinic: &Clinic| {
            let seats = clinic.presence.lock();
            [over, watched, open].map(|visit| seats.contains_key(&visit))
        };
        clinic.look_for_absences(clinic.now()).await.unwrap();
        assert_eq!(remembered(&clinic), [true, true, true], "the page may only be loading anew");
        let later = clinic.now().plus(GRACE);
        clinic.look_for_absences(later).await.unwrap();
        assert_eq!(remembered(&clinic), [false, true, true], "one still shows how it ended");
        drop(stays);
        clinic.look_for_absences(clinic.now().plus(GRACE)).await.unwrap();
        assert_eq!(remembered(&clinic), [false, false, true], "and who is away may come back");
    }
}
