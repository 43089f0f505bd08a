//! Turns at hashing. Passwords and codes are hashed slowly on purpose: each takes a processor for some tens of milliseconds, and
//! 19 MiB. Without a bound, a stranger who posts many at once would fill the memory, and everybody would wait.
//!
//! As many hash at once as there are processors; the others wait in line, and of those who may be strangers only so many. Who finds
//! the line full is told to come again, before anything is read or written for them. A turn is taken before the throttle counts a
//! try: so there are never more strangers among the writers of the store than there are turns.

use super::Whence;
use std::{
    collections::HashMap,
    num::NonZero,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many strangers wait in line: a whole clinic in the morning. The last of them has waited for a second or two.
const LINE: usize = 64;

/// How many of them from one network, so that a single one who floods us leaves places for others.
const OF_ONE_NETWORK: usize = 48;

/// Who hashes, and who waits for it. One for each process.
pub struct Hashing {
    turns: Arc<Semaphore>,
    at_once: usize,
    line: Mutex<HashMap<Whence, usize>>,
}

/// The right to hash something, once. Dropped, it is the next one's.
#[derive(Debug)]
pub struct Turn {
    _permit: Option<OwnedSemaphorePermit>,
}

/// Too many wait in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

impl Default for Hashing {
    fn default() -> Self {
        Self::of(std::thread::available_parallelism().map_or(1, NonZero::get))
    }
}

impl Hashing {
    fn of(at_once: usize) -> Self {
        Self { turns: Arc::new(Semaphore::new(at_once)), at_once, line: Mutex::default() }
    }

    /// How many may hash at once.
    pub fn at_once(&self) -> usize {
        self.at_once
    }

    /// Waits for a turn, for whoever is known: what they do is bounded otherwise. Nobody may wait here who keeps other writers of
    /// the store waiting.
    pub async fn turn(&self) -> Turn {
        // The semaphore is never closed; if it were, there would be no bound, but still an answer.
        Turn { _permit: Arc::clone(&self.turns).acquire_owned().await.ok() }
    }

    /// Waits for a turn, for anybody. `from`: where they are on the network.
    ///
    /// # Errors
    /// [`Busy`], at once, when the line is full.
    pub async fn turn_of_stranger(&self, from: Whence) -> Result<Turn, Busy> {
        let _place = self.place(from)?;
        Ok(self.turn().await)
    }

    fn place(&self, from: Whence) -> Result<Place<'_>, Busy> {
        let mut line = self.line();
        let of_this_network = line.get(&from).copied().unwrap_or(0);
        if of_this_network >= OF_ONE_NETWORK || line.values().sum::<usize>() >= LINE {
            return Err(Busy);
        }
        line.insert(from, of_this_network + 1);
        Ok(Place { hashing: self, from })
    }

    fn line(&self) -> MutexGuard<'_, HashMap<Whence, usize>> {
        // Numbers only: they are whole at every moment.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the line. It is given back also when whoever waits goes away.
struct Place<'a> {
    hashing: &'a Hashing,
    from: Whence,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut line = self.hashing.line();
        if let Some(count) = line.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                line.remove(&self.from);
            }
        }
    }
}

impl Turn {
    /// Does it, off the threads that answer requests. None when it panicked. The turn lasts as long as the work, also when nobody
    /// waits for it any more.
    pub async fn run<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(self);
            done
        })
        .await
        .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use std::{
        net::{IpAddr, Ipv4Addr},
        sync::{
            atomic::{AtomicUsize, Ordering},
            mpsc,
        },
    };

    fn network(number: u32) -> Whence {
        Whence::from(Some(IpAddr::from(Ipv4Addr::from_bits(number))))
    }

    #[tokio::test]
    async fn no_more_hash_at_once_than_there_are_turns_however_many_come() {
        let hashing = Hashing::of(2);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let one = |number: u32| {
            let (hashing, now, most) = (&hashing, Arc::clone(&now), Arc::clone(&most));
            async move {
                let turn = hashing.turn_of_stranger(network(number)).await?;
                let work = move || {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    now.fetch_sub(1, Ordering::SeqCst);
                };
                Ok::<_, Busy>(turn.run(work).await)
            }
        };
        let came = join_all((0..200).map(one)).await;
        assert_eq!(came.iter().filter(|one| **one == Ok(Some(()))).count(), 2 + LINE);
        assert_eq!(came.iter().filter(|one| **one == Err(Busy)).count(), 200 - 2 - LINE);
        assert!(most.load(Ordering::SeqCst) <= 2, "{most:?} at once");
        assert!(hashing.line().is_empty(), "and nobody waits any more");
    }

    #[tokio::test]
    async fn one_network_leaves_places_for_others_and_who_goes_away_leaves_theirs() {
        let hashing = Hashing::of(1);
        let first = hashing.turn().await;
        let mut waiting: Vec<_> =
            (0..OF_ONE_NETWORK).map(|_| Box::pin(hashing.turn_of_stranger(network(1)))).collect();
        for one in &mut waiting {
            assert!(futures_util::poll!(one).is_pending());
        }
        assert_eq!(hashing.turn_of_stranger(network(1)).await.err(), Some(Busy));
        let mut other = Box::pin(hashing.turn_of_stranger(network(2)));
        assert!(futures_util::poll!(&mut other).is_pending(), "somebody else still waits in line");
        waiting.pop();
        let mut again = Box::pin(hashing.turn_of_stranger(network(1)));
        assert!(futures_util::poll!(&mut again).is_pending(), "there is a place again");
        drop((waiting, again, first));
        assert!(other.await.is_ok());
    }

    #[tokio::test]
    async fn a_turn_lasts_as_long_as_its_work_also_when_whoever_asked_has_gone() {
        let hashing = Hashing::of(1);
        let (go, wait) = mpsc::channel::<()>();
        let turn = hashing.turn().await;
        let mut work = Box::pin(turn.run(move || wait.recv()));
        assert!(futures_util::poll!(&mut work).is_pending());
        drop(work);
        let mut next = Box::pin(hashing.turn());
        assert!(futures_util::poll!(&mut next).is_pending(), "it is hashed still");
        go.send(()).unwrap();
        next.await;
    }
}
