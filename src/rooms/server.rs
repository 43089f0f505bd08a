//! Owns the core and the queues of all sockets, and keeps the core's time.

use super::{
    callbacks::Callbacks,
    clock::Clock,
    config::{Limits, RoomsConfig},
    core::{ConnectionId, Core, Input, Now},
    crowd::{Crowd, PeerAddress, Place},
    desk::{Answers, Terms},
    insights,
    journal::{Journal, JournalError, wait_for_lock},
    outbox::{Pending, outbox},
    shell::Shell,
    socket,
};
use crate::tokens::Credentials;
use axum::{
    Extension, Router,
    extract::{State, WebSocketUpgrade},
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
    routing::get,
};
use std::{
    fmt,
    net::IpAddr,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
    time::Duration,
};
use tokio::sync::Notify;
use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

/// A little longer than a socket takes whose client does not answer: see `socket`.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// A running room server; clones share it.
#[derive(Clone)]
pub struct RoomServer {
    pub(super) shared: Arc<Shared>,
    succeeds: bool,
}

/// What all sockets share.
pub(super) struct Shared {
    state: Mutex<Shell>,
    /// Told when the core's next timeout has come nearer.
    pub(super) sooner: Notify,
    pub(super) clock: Clock,
    pub(super) keeps_time: AtomicBool,
    pub callbacks: Callbacks,
    pub terms: Terms,
    pub limits: Limits,
    /// Cancelled once the server is told to stop.
    pub stopping: CancellationToken,
    /// Sockets that were there then, and those that came afterwards: nobody's rooms wait for these.
    sockets: TaskTracker,
    late: TaskTracker,
    crowd: Arc<Crowd>,
    telemetry: Arc<Crowd>,
}

impl RoomServer {
    /// A server without rooms, with the usual [`Limits`]. `credentials` sign the tokens that it accepts.
    pub fn new(config: RoomsConfig, credentials: Credentials) -> Self {
        Self::with_limits(config, Limits::default(), credentials)
    }

    /// The same with other limits.
    pub fn with_limits(config: RoomsConfig, limits: Limits, credentials: Credentials) -> Self {
        let terms = Terms::new(&config, &credentials);
        let shell = Shell::new(config, &limits, credentials);
        Self::with_shell(shell, Clock::new(), limits, terms, Callbacks::default())
    }

    /// The same, whose rooms outlive the process: they are kept in `directory`, which is made when it is missing, and
    /// those that are there are taken over with everybody in them away. Waits up to ten seconds for a predecessor that
    /// is still ending. Must be called within tokio.
    ///
    /// # Errors
    /// When the directory cannot be used, or another server uses it.
    pub async fn restore(
        config: RoomsConfig,
        limits: Limits,
        credentials: Credentials,
        directory: &Path,
    ) -> Result<Self, JournalError> {
        let lock = wait_for_lock(directory).await?;
        let has_waited = lock.has_waited();
        let clock = Clock::new();
        let terms = Terms::new(&config, &credentials);
        let mut shell = Shell::new(config, &limits, credentials);
        let callbacks = Callbacks::default();
        shell.restore(Journal::new(lock), clock, &callbacks).map_err(JournalError::io(directory))?;
        let mut server = Self::with_shell(shell, clock, limits, terms, callbacks);
        server.succeeds = has_waited;
        server.keep_time();
        Ok(server)
    }

    fn with_shell(shell: Shell, clock: Clock, limits: Limits, terms: Terms, callbacks: Callbacks) -> Self {
        // A quarter more get as far as to be told in words to come back later.
        let most = limits.max_connections.saturating_add(limits.max_greeted);
        let most = most.saturating_add(most / 4);
        let crowd = Arc::new(Crowd::new(most, limits.max_connections_per_address));
        let telemetry = Arc::new(Crowd::new(limits.max_telemetry, limits.max_connections_per_address));
        let shared = Shared {
            state: Mutex::new(shell),
            sooner: Notify::new(),
            clock,
            keeps_time: AtomicBool::new(false),
            callbacks,
            terms,
            limits,
            stopping: CancellationToken::new(),
            sockets: TaskTracker::new(),
            late: TaskTracker::new(),
            crowd,
            telemetry,
        };
        Self { shared: Arc::new(shared), succeeds: false }
    }

    /// Whether another server had the rooms until just now. Its address may still be in use for a moment.
    pub fn succeeds_another(&self) -> bool {
        self.succeeds
    }

    /// `GET /signaling`, and `/v1/VideoEvents` beside it. The origin is checked by whoever mounts it.
    pub fn router(&self) -> Router {
        let signaling = Router::new().route("/signaling", get(upgrade)).with_state(self.clone());
        signaling.merge(insights::router(&self.shared))
    }

    /// Closes every socket with 1012, so that clients come back elsewhere, and waits until they are closed: as long as
    /// the clients take, at most five seconds. Who comes afterwards is told to come back later (`busy`).
    pub async fn shutdown(&self) {
        self.shared.stopping.cancel();
        self.shared.handle(Input::Shutdown);
        self.shared.sockets.close();
        tokio::join!(
            tokio::time::timeout(SHUTDOWN_TIMEOUT, self.shared.sockets.wait()),
            self.shared.callbacks.finish()
        )
        .0
        .ok();
    }

    /// Waits for those who came after the [`shutdown`](Self::shutdown), at most five seconds: until the listener was closed, and
    /// what it had accepted was answered. They are closing, too; if the process ended in the middle of that, their clients
    /// would give up.
    pub async fn finish(&self) {
        self.shared.late.close();
        tokio::time::timeout(SHUTDOWN_TIMEOUT, self.shared.late.wait()).await.ok();
    }

    /// Leaves the rooms to a successor, who waits for that. After [`shutdown`](Self::shutdown) nothing changes in them
    /// any more.
    pub fn release(&self) {
        self.shared.lock().journal = None;
    }
}

impl fmt::Debug for RoomServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoomServer").finish_non_exhaustive()
    }
}

async fn upgrade(
    State(server): State<RoomServer>,
    address: Option<Extension<PeerAddress>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let address = address.map(|Extension(PeerAddress(address))| address);
    let Some(place) = server.shared.crowd.enter(address) else { return too_many() };
    server.keep_time();
    // The socket itself tolerates twice the limit, so that a message just above it gets a proper 1009.
    let hard_limit = server.shared.limits.max_message_bytes.saturating_mul(2);
    // Small buffers: thousands of sockets are open and hardly any has much to say.
    let upgrade = upgrade
        .max_message_size(hard_limit)
        .max_frame_size(hard_limit)
        .read_buffer_size(4 * 1024)
        .write_buffer_size(0);
    // Counted from here on, so that a shutdown waits also for a socket that is just being opened.
    let guard = server.shared.track();
    upgrade.on_upgrade(async move |socket| {
        socket::run(socket, server.shared).await;
        drop((guard, place));
    })
}

/// There are too many sockets, in all or from one address.
pub(super) fn too_many() -> Response {
    (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "5")]).into_response()
}

impl Shared {
    /// While this is held, a shutdown waits for a socket.
    pub(super) fn track(&self) -> TaskTrackerToken {
        if self.stopping.is_cancelled() { self.late.token() } else { self.sockets.token() }
    }

    /// A place for one more socket for telemetry.
    pub(super) fn telemetry_place(&self, address: Option<IpAddr>) -> Option<Place> {
        self.telemetry.enter(address)
    }

    fn lock(&self) -> MutexGuard<'_, Shell> {
        // A panic elsewhere must not take every call with it; the core has no half-done states worth more than that.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Passes an input to the core and carries out its outputs, in one step, so that they keep their order.
    pub fn handle(&self, input: Input<'_>) -> bool {
        self.answer(input, |answers, _, _| answers.is_true)
    }

    /// The same, and reads the answer in the same step.
    pub fn answer<T>(&self, input: Input<'_>, read: impl FnOnce(Answers, &Core, Now) -> T) -> T {
        let mut shell = self.lock();
        let answers = shell.handle(input, self.clock, &self.callbacks);
        let read = read(answers, &shell.core, self.clock.now());
        let is_sooner =
            shell.core.next_timeout().is_some_and(|next| shell.armed.is_none_or(|armed| next < armed));
        drop(shell);
        if is_sooner {
            self.sooner.notify_one();
        }
        read
    }

    /// Reads the rooms.
    pub fn read<T>(&self, read: impl FnOnce(&Core, Now) -> T) -> T {
        let shell = self.lock();
        read(&shell.core, self.clock.now())
    }

    /// A new socket.
    pub fn open(&self) -> (ConnectionId, Pending) {
        let (sender, pending) = outbox(&self.limits);
        let mut shell = self.lock();
        shell.last_id += 1;
        let id = ConnectionId(shell.last_id);
        shell.outboxes.insert(id, sender);
        drop(shell);
        self.handle(Input::Opened(id));
        (id, pending)
    }

    /// Leaves a sign of life while there are rooms, and tries again what could not be kept.
    pub(super) fn pulse(&self) {
        let mut shell = self.lock();
        let Shell { core, journal: Some(journal), .. } = &mut *shell else { return };
        if core.has_rooms() || journal.is_failing() {
            journal.pulse(self.clock, |book| core.snapshot(book));
        }
    }

    /// Until when the timekeeper may sleep.
    pub(super) fn arm(&self) -> Option<Duration> {
        let mut shell = self.lock();
        shell.armed = shell.core.next_timeout();
        shell.armed
    }
}
