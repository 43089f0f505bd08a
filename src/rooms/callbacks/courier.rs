//! Delivers letters: those of one room one after the other, those of different rooms beside each other.

use super::{CallbacksConfig, letter::Letter};
use crate::rooms::core::RoomSid;
use reqwest::{Client, Method, StatusCode};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{runtime::Handle, sync::Semaphore};
use tokio_util::task::TaskTracker;

/// How many requests are under way at a time.
const MAX_REQUESTS: usize = 32;

/// Delivers letters.
pub(super) struct Courier {
    client: Client,
    config: CallbacksConfig,
    /// A room is in here as long as somebody delivers for it.
    queues: Mutex<Queues>,
    requests: Semaphore,
    rounds: TaskTracker,
}

#[derive(Default)]
struct Queues {
    by_room: HashMap<RoomSid, VecDeque<Letter>>,
    waiting: usize,
}

/// How one try went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Try {
    Taken,
    /// Trying again may help.
    Failed,
    /// It does not.
    Refused,
}

impl Courier {
    pub fn new(client: Client, config: CallbacksConfig) -> Self {
        let requests = Semaphore::new(MAX_REQUESTS);
        Self { client, config, queues: Mutex::default(), requests, rounds: TaskTracker::new() }
    }

    /// Takes a letter. Never waits.
    pub fn post(self: &Arc<Self>, letter: Letter) {
        let Ok(runtime) = Handle::try_current() else { return };
        let room = letter.room;
        if self.enqueue(letter) {
            let courier = Arc::clone(self);
            self.rounds.spawn_on(async move { courier.deliver_for(room).await }, &runtime);
        }
    }

    /// Waits until nothing waits.
    pub async fn finish(&self) {
        self.rounds.close();
        self.rounds.wait().await;
    }

    /// Queues a letter. True if nobody delivers for its room yet.
    fn enqueue(&self, letter: Letter) -> bool {
        let mut queues = self.queues();
        if queues.waiting >= self.config.max_waiting {
            tracing::warn!(room = %letter.room, event = letter.event, "status callback dropped: too many wait");
            return false;
        }
        queues.waiting += 1;
        let Queues { by_room, waiting } = &mut *queues;
        let is_first = !by_room.contains_key(&letter.room);
        let queue = by_room.entry(letter.room).or_default();
        // The oldest goes, so that the last, which says how it ended, arrives.
        if queue.len() >= self.config.max_waiting_per_room
            && let Some(oldest) = queue.pop_front()
        {
            *waiting -= 1;
            tracing::warn!(room = %oldest.room, event = oldest.event, "status callback dropped: too many wait");
        }
        queue.push_back(letter);
        is_first
    }

    async fn deliver_for(&self, room: RoomSid) {
        while let Some(letter) = self.next(room) {
            self.deliver(&letter).await;
        }
    }

    fn next(&self, room: RoomSid) -> Option<Letter> {
        let mut queues = self.queues();
        let letter = queues.by_room.get_mut(&room).and_then(VecDeque::pop_front);
        if letter.is_some() {
            queues.waiting -= 1;
        } else {
            queues.by_room.remove(&room);
        }
        letter
    }

    async fn deliver(&self, letter: &Letter) {
        let mut wait = self.config.first_wait;
        for attempt in 1..=self.config.attempts {
            match self.attempt(letter).await {
                Try::Taken => return,
                Try::Refused => break,
                Try::Failed if attempt < self.config.attempts => {
                    tokio::time::sleep(wait).await;
                    wait = wait.saturating_mul(2);
                }
                Try::Failed => {}
            }
        }
        tracing::warn!(room = %letter.room, event = letter.event, "status callback given up");
    }

    async fn attempt(&self, letter: &Letter) -> Try {
        let Ok(_permit) = self.requests.acquire().await else { return Try::Refused };
        let Ok(sealed) = letter.seal(&self.config.signing_key) else { return Try::Refused };
        let method = if letter.by_get { Method::GET } else { Method::POST };
        let mut request =
            self.client.request(method, sealed.url).header("X-Twilio-Signature", sealed.signature);
        if let Some(form) = sealed.form {
            request = request.form(form);
        }
        match request.send().await.map(|answer| answer.status()) {
            Ok(status) if status.is_success() => Try::Taken,
            Ok(StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS) | Err(_) => Try::Failed,
            Ok(status) if status.is_server_error() => Try::Failed,
            Ok(_) => Try::Refused,
        }
    }

    fn queues(&self) -> MutexGuard<'_, Queues> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
