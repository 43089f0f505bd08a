//! Status callbacks: tells an address of the application's what happens in a room.
//!
//! Signed as Twilio signs them, in order for each room, tried several times, and never in the way of a call: what waits
//! is bounded, and what cannot be delivered is dropped with a line in the log. Nothing may depend on them: what was not
//! delivered when the process ends is lost. Addresses and identities are never logged.
//!
//! Source: <https://www.twilio.com/docs/video/api/status-callbacks>.

mod courier;
mod letter;

use super::{
    clock::Clock,
    core::StatusEvent,
    http_client::{HttpClientError, http_client},
};
use courier::Courier;
use letter::Letter;
use secrecy::SecretString;
use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

/// How status callbacks are delivered.
#[derive(Debug, Clone)]
pub struct CallbacksConfig {
    /// The key of the signatures: what the application's `validateRequest` is given as the auth token.
    pub signing_key: SecretString,
    /// How often one event is tried (4).
    pub attempts: u32,
    /// How long to wait before the second try (1 s). Doubled before each further one.
    pub first_wait: Duration,
    /// How long one try may take (10 s).
    pub timeout: Duration,
    /// How many events of one room may wait (100). More: the oldest is dropped.
    pub max_waiting_per_room: usize,
    /// How many events may wait in all (10,000). More: the new one is dropped.
    pub max_waiting: usize,
}

impl CallbacksConfig {
    /// The usual values.
    pub fn new(signing_key: SecretString) -> Self {
        Self {
            signing_key,
            attempts: 4,
            first_wait: Duration::from_secs(1),
            timeout: Duration::from_secs(10),
            max_waiting_per_room: 100,
            max_waiting: 10_000,
        }
    }
}

/// How many events wait until it is known how they are delivered.
const MAX_EARLY: usize = 1000;

/// Delivers events, once it was told how.
#[derive(Default)]
pub(super) struct Callbacks {
    courier: OnceLock<(Arc<Courier>, String)>,
    /// What happened while rooms were restored.
    early: Mutex<Vec<(StatusEvent, u64)>>,
}

impl Callbacks {
    /// Delivers from now on. Said a second time it changes nothing.
    pub fn begin(&self, config: CallbacksConfig, account_sid: String) -> Result<(), HttpClientError> {
        let client = http_client(config.timeout, None)?;
        let mut early = self.early.lock().unwrap_or_else(PoisonError::into_inner);
        let (courier, account) =
            self.courier.get_or_init(|| (Arc::new(Courier::new(client, config)), account_sid));
        for (event, unix_millis) in early.drain(..) {
            courier.post(Letter::write(event, account, unix_millis));
        }
        Ok(())
    }

    /// Whether events are delivered.
    pub fn is_on(&self) -> bool {
        self.courier.get().is_some()
    }

    /// Takes an event for delivery. Never waits.
    pub fn send(&self, event: StatusEvent) {
        let unix_millis = Clock::unix_millis();
        if let Some((courier, account)) = self.courier.get() {
            return courier.post(Letter::write(event, account, unix_millis));
        }
        let mut early = self.early.lock().unwrap_or_else(PoisonError::into_inner);
        if early.len() < MAX_EARLY {
            early.push((event, unix_millis));
        }
    }

    /// Gives what is under way a last moment.
    pub async fn finish(&self) {
        const LAST_MOMENT: Duration = Duration::from_secs(1);
        if let Some((courier, _)) = self.courier.get() {
            tokio::time::timeout(LAST_MOMENT, courier.finish()).await.ok();
        }
    }
}
